namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>Who wants which kind of e-mail.</summary>
internal sealed class Consents
{
    private readonly Dictionary<string, Dictionary<long, Consent>> statuses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, DateTimeOffset> everything = new(StringComparer.OrdinalIgnoreCase);

    public static readonly IReadOnlyList<SubscriptionType> Types =
    [
        new(7, "Marketing Information", "Marketing offers and updates."), new(8, "Newsletter", "The monthly newsletter."), new(9, "One to One", "One to One emails"),
    ];

    public bool IsOutOfEverything(string email) => everything.ContainsKey(email);

    public DateTimeOffset? OutSince(string email) => everything.TryGetValue(email, out var since) ? since : null;

    public Consent Of(string email, long type) =>
        statuses.TryGetValue(email, out var own) && own.TryGetValue(type, out var consent) ? consent : new("NOT_SPECIFIED", DateTimeOffset.UnixEpoch, null, null);

    public void Set(string email, long type, Consent consent)
    {
        if (!statuses.TryGetValue(email, out var own))
            statuses.Add(email, own = []);
        own[type] = consent;
    }

    public void LeaveEverything(string email, DateTimeOffset now)
    {
        everything.TryAdd(email, now);
        foreach (var type in Types)
            Set(email, type.Id, new("UNSUBSCRIBED", now, null, null));
    }

    public void ComeBack(string email) => everything.Remove(email);
}

/// <summary>A kind of e-mail one can subscribe to.</summary>
internal sealed record SubscriptionType(long Id, string Name, string Description);

/// <summary>One answer of one person for one kind of e-mail.</summary>
internal sealed record Consent(string Status, DateTimeOffset At, string? LegalBasis, string? Explanation);
