using StackHub.Records;

namespace StackHub.Lifecycle.Journeys;

/// <summary>What an event says of an opportunity, which may be one of several.</summary>
public enum DealState
{
    None,
    Open,
    Won,
    Lost,
}

/// <summary>
/// Somebody said, or a fact shows, that a person is at a stage. What is in the ledger is never changed: when the hub learns better, a
/// later revision says so.
/// </summary>
/// <param name="Id">Derived from what happened, so that the same news twice is one event.</param>
/// <param name="Person">Whose ledger it is in.</param>
/// <param name="Authority">In which capacity it was said: crm, map, billing, cs, hub or privacy.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="RecordedAt">When the hub came to know.</param>
public sealed record LifecycleEvent(string Id, RecordId Person, string Stage, string Authority, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt)
{
    /// <summary>The system, or the rule, it comes from; no personal data.</summary>
    public string Source { get; init; } = "";

    /// <summary>The cell it was read from; null for what no cell says.</summary>
    public string? Cell { get; init; }

    /// <summary>Counts what the hub came to know of it, one by one.</summary>
    public int Revision { get; init; }

    /// <summary>It did not happen then, as the hub knows now.</summary>
    public bool Withdrawn { get; init; }

    public Motion Motion { get; init; } = Motion.New;

    /// <summary>The account it concerns; null while the person has none.</summary>
    public RecordId? Account { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? RevisitAt { get; init; }

    /// <summary>When the reason stops to hold; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The person's last engagement that the event rests on.</summary>
    public DateTimeOffset? EngagedAt { get; init; }

    /// <summary>The person must not be marketed to at that moment.</summary>
    public bool Suppressed { get; init; }

    /// <summary>The version of the scoring rule that made it.</summary>
    public int? RuleVersion { get; init; }

    /// <summary>The fast lane it came by.</summary>
    public string? Lane { get; init; }

    /// <summary>Two people said so, whether or not a reason has expired.</summary>
    public bool IsOverride { get; init; }

    /// <summary>The opportunity it is about.</summary>
    public RecordId? Deal { get; init; }

    public DealState DealState { get; init; }

    /// <summary>The same news, whenever it was recorded.</summary>
    public bool SaysTheSame(LifecycleEvent other) => this with { RecordedAt = other.RecordedAt, Revision = other.Revision } == other;

    public override string ToString() => $"{Id} ({Stage})";
}
