using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Klaviyo.Records;

/// <summary>One profile.</summary>
internal sealed record KlaviyoProfile(long Number, string Id, DateTimeOffset Created)
{
    public DateTimeOffset Updated { get; set; }

    public string? Email { get; set; }

    public string? Phone { get; set; }

    public string? ExternalId { get; set; }

    /// <summary>first_name, last_name, organization, locale, title, image.</summary>
    public Dictionary<string, string?> Texts { get; private init; } = [];

    public Dictionary<string, JsonNode?> Location { get; private init; } = [];

    public Dictionary<string, JsonNode?> Properties { get; private init; } = [];

    public Subscription Subscription { get; set; } = Subscription.Never;

    public HashSet<string> Lists { get; private init; } = [];

    /// <summary>As it is now, for an index that does not see it change.</summary>
    public KlaviyoProfile Snapshot() => this with { Texts = new(Texts), Location = new(Location), Properties = new(Properties), Lists = [.. Lists] };

    public bool Equals(KlaviyoProfile? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Number.GetHashCode();
}
