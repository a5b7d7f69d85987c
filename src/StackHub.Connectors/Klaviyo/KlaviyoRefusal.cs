using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>What Klaviyo's errors about one record mean.</summary>
internal static class KlaviyoRefusal
{
    public const string Duplicate = "duplicate_profile";

    /// <summary>The vendor's words, with the field they are about where the pointer names one that was written.</summary>
    public static WriteOutcome.Refused Of(KlaviyoError error, RecordWrite write)
    {
        var field = KlaviyoFields.OfPointer(error.Source?.Pointer);
        return new(error.Code ?? "refused", error.Detail ?? "", write.Fields.Any(sent => sent.VendorField == field) ? field : null);
    }

    /// <summary>A phone is shared by a household or a switchboard: its owner is not the same person because of it.</summary>
    public static WriteOutcome.Refused PhoneTaken() => new(Duplicate, "Another profile has this phone number.", KlaviyoFields.Phone);
}
