using System.Globalization;
using System.Text.Json;

namespace StackHub.Connectors.Klaviyo;

/// <summary>A profile as Klaviyo answers it.</summary>
internal sealed record KlaviyoProfile(string? Id, JsonElement Attributes)
{
    public DateTimeOffset? Updated => Time("updated");

    public DateTimeOffset? Created => Time("created");

    public string? Email => Text(KlaviyoFields.Email);

    public string? Phone => Text(KlaviyoFields.Phone);

    public string? ExternalId => Text(KlaviyoFields.ExternalId);

    public KlaviyoSubscription Subscription => KlaviyoSubscription.Of(Attributes);

    public override string ToString() => Id ?? "profile";

    private string? Text(string name) =>
        Attributes.ValueKind == JsonValueKind.Object && Attributes.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
