using System.Collections.Immutable;

namespace StackHub.Sandbox.Vendors.Klaviyo.Records;

/// <summary>A profile's e-mail consent and what keeps its address from being written to.</summary>
internal sealed record Subscription(string Consent)
{
    public static readonly Subscription Never = new("NEVER_SUBSCRIBED");

    public DateTimeOffset? At { get; init; }

    public ImmutableSortedDictionary<string, DateTimeOffset> Suppressions { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>Lists the person left.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> LeftLists { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    public bool CanReceive => Consent != "UNSUBSCRIBED" && Suppressions.IsEmpty;

    /// <summary>Takes back what a person or the account decided, but not what the mail server said.</summary>
    public Subscription Subscribed(string list, DateTimeOffset now) => new("SUBSCRIBED")
    {
        At = now,
        Suppressions = Suppressions.RemoveRange(["UNSUBSCRIBE", "SPAM_COMPLAINT", "USER_SUPPRESSED"]),
        LeftLists = LeftLists.Remove(list),
    };

    public Subscription Unsubscribed(DateTimeOffset now) => this with { Consent = "UNSUBSCRIBED", At = now, Suppressions = Suppressions.SetItem("UNSUBSCRIBE", now) };

    public Subscription Left(string list, DateTimeOffset now) => this with { LeftLists = LeftLists.SetItem(list, now) };

    public Subscription Suppressed(string reason, DateTimeOffset now) => this with { Suppressions = Suppressions.SetItem(reason, now) };

    public Subscription Unsuppressed() => this with { Suppressions = Suppressions.Remove("USER_SUPPRESSED") };
}
