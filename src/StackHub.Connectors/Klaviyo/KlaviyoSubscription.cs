using System.Collections.Immutable;
using System.Text.Json;

namespace StackHub.Connectors.Klaviyo;

/// <summary>What a profile says of e-mail marketing. It is told only when it is asked for (additional-fields).</summary>
/// <param name="Consent">SUBSCRIBED, UNSUBSCRIBED or NEVER_SUBSCRIBED; null when it was not told.</param>
/// <param name="Reasons">Why the address is suppressed.</param>
/// <param name="LeftLists">Lists the person left.</param>
internal sealed record KlaviyoSubscription(string? Consent, ImmutableHashSet<string> Reasons, ImmutableHashSet<string> LeftLists)
{
    public const string Unsubscribed = "UNSUBSCRIBED";
    public const string ByUs = "USER_SUPPRESSED";

    public static readonly KlaviyoSubscription Unknown = new(null, [], []);

    // A bounce or a bad address says nothing of what the person wants.
    private static readonly ImmutableHashSet<string> Wishes = ["UNSUBSCRIBE", ByUs, "SPAM_COMPLAINT"];

    public static KlaviyoSubscription Of(JsonElement attributes)
    {
        if (Member(Member(Member(attributes, "subscriptions"), "email"), "marketing") is not { ValueKind: JsonValueKind.Object } marketing)
            return Unknown;
        return new(Member(marketing, "consent")?.GetString() ?? "NEVER_SUBSCRIBED", All(marketing, "suppression", "reason"), All(marketing, "list_suppressions", "list_id"));
    }

    /// <summary>
    /// Who never subscribed has not opted out: a hub that took it for an opt-out would spread it, and one that took it for unknown would
    /// subscribe people nobody asked.
    /// </summary>
    public bool IsOptedOut(string? list) => Consent == Unsubscribed || !Reasons.Intersect(Wishes).IsEmpty || (list is not null && LeftLists.Contains(list));

    /// <summary>The only reason is one that we (or a user of the account) gave, so we may take it back.</summary>
    public bool IsOnlySuppressedByUs(string? list) => (this with { Reasons = Reasons.Remove(ByUs) }).IsOptedOut(list) is false;

    private static ImmutableHashSet<string> All(JsonElement marketing, string array, string name) =>
        Member(marketing, array) is { ValueKind: JsonValueKind.Array } items
            ? [.. items.EnumerateArray().Select(item => Member(item, name)?.GetString()).OfType<string>()]
            : [];

    private static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } item && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
