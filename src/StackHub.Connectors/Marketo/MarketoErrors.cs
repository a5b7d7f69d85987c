using System.Text.RegularExpressions;
using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>What the codes mean that are about records; pure. The others are put into HTTP's words by <see cref="MarketoTranslation"/>.</summary>
internal static partial class MarketoErrors
{
    public const string TooLarge = "413";

    private const string FieldNotFound = "1006";

    /// <summary>A lead, or a company or opportunity, that is not there.</summary>
    public static bool IsMissing(MarketoError? error) => error?.Code is "1004" or "1013";

    /// <summary>A lead with the address exists, or several do.</summary>
    public static bool IsTaken(MarketoError? error) => error?.Code is "1005" or "1007";

    /// <summary>Nothing the hub writes or reads will do before a person has changed something in Marketo or in the configuration.</summary>
    public static bool NeedsPerson(MarketoError error) =>
        error.Code is FieldNotFound or "1008" or "1009" or "1010" or "1018" or "1035" || error.Message?.Contains("filterType", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The field that the call was refused for.</summary>
    public static string? UnknownField(MarketoError error) =>
        error.Code == FieldNotFound && Quoted().Match(error.Message ?? "") is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>No record's fault: the field that records are looked up by is not there, or cannot be looked up by.</summary>
    public static bool IsAbout(MarketoError error, string lookupField) =>
        error.Message is { } message && (message.Contains($"'{lookupField}'", StringComparison.Ordinal) || message.Contains("lookupField", StringComparison.OrdinalIgnoreCase));

    public static WriteOutcome.Refused Refused(MarketoError? error, RecordWrite? write)
    {
        var named = Quoted().Matches(error?.Message ?? "").Select(match => match.Groups[1].Value);
        var field = write is null ? null : named.FirstOrDefault(name => write.Fields.Any(f => f.VendorField == name));
        return new(error?.Code ?? "skipped", error?.Message ?? error?.Code ?? "skipped", field);
    }

    [GeneratedRegex("'([A-Za-z0-9_]+)'")]
    private static partial Regex Quoted();
}
