using StackHub.Records;

namespace StackHub.Audit.Drills;

/// <summary>A trial erasure: a person who never was is made in a system, seen there, erased, and looked for until nobody finds them. It holds nothing of any real person.</summary>
/// <param name="Id">Sorts by time; it is also the hub's id of the person.</param>
/// <param name="StartedBy">Who asked for it, as the hub names them.</param>
public sealed record Trial(string Id, string System, string ObjectType, DateTimeOffset StartedAt, string? StartedBy)
{
    /// <summary>The vendor's id of the synthetic person.</summary>
    public string? Record { get; init; }

    /// <summary>Since then it could be seen there: only what was seen can be found gone.</summary>
    public DateTimeOffset? FoundAt { get; init; }

    /// <summary>Noted before the vendor is asked, so that a lost answer shortens nothing.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>By which the vendor is asked whether it is done.</summary>
    public string? Ticket { get; init; }

    /// <summary>The vendor says that it is done.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>It could no longer be found.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Not before then anything is done for it.</summary>
    public DateTimeOffset NextAt { get; init; } = StartedAt;

    /// <summary>Calls in a row that brought it no further.</summary>
    public int Tries { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended without the person being gone, in words without personal data.</summary>
    public string? Failure { get; init; }

    public TrialStage Stage => this switch
    {
        { EndedAt: not null, GoneAt: not null } => TrialStage.Passed,
        { EndedAt: not null, FoundAt: null } => TrialStage.NotMade,
        { EndedAt: not null } => TrialStage.Failed,
        { Record: null } => TrialStage.Making,
        { FoundAt: null } => TrialStage.Looking,
        { ConfirmedAt: null } => TrialStage.Erasing,
        _ => TrialStage.Proving,
    };

    public bool IsOver => EndedAt is not null;

    /// <summary>How long it took from asking until nobody found it; null while it is found.</summary>
    public TimeSpan? Took => GoneAt - AskedAt;

    /// <summary>By this the synthetic person is known again in whatever the vendor makes of its name.</summary>
    public string Mark => Id[^12..];

    public RecordId Person => RecordId.Parse(Id);

    public override string ToString() => $"trial {Id} in {System}";
}

public enum TrialStage
{
    /// <summary>The synthetic person is being made.</summary>
    Making,

    /// <summary>It was made, and was not seen yet.</summary>
    Looking,

    /// <summary>The vendor is asked to erase it.</summary>
    Erasing,

    /// <summary>The vendor says that it is done; it is looked for.</summary>
    Proving,

    Passed,

    Failed,

    /// <summary>There was nobody to erase: it says nothing of the tool's erasure.</summary>
    NotMade,
}
