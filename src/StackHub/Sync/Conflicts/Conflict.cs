using StackHub.Records;

namespace StackHub.Sync.Conflicts;

public enum ConflictKind
{
    /// <summary>Systems keep overwriting each other; the field is frozen until a person releases it.</summary>
    Fight,

    /// <summary>Two records claim one address and their names disagree.</summary>
    Contested,

    /// <summary>Two records may be the same one.</summary>
    PossibleDuplicate,

    /// <summary>Several records of a system match one of ours.</summary>
    Ambiguous,

    /// <summary>What a record refers to does not come to be in the system.</summary>
    MissingReference,

    /// <summary>Nobody can take a lead; it waits.</summary>
    LeadWaits,

    /// <summary>A system took an opt-out back by itself.</summary>
    OptOutReverted,
}

/// <summary>Something only a person can decide; ids and codes, never values.</summary>
public sealed record Conflict(ConflictKind Kind, RecordId Record, DateTimeOffset At)
{
    public SystemId? System { get; init; }

    public string? Field { get; init; }

    /// <summary>The other record of a pair.</summary>
    public RecordId? Other { get; init; }

    /// <summary>Why, in words without values.</summary>
    public string? Detail { get; init; }

    /// <summary>For pairs: how likely they are one, 0 to 1.</summary>
    public double? Probability { get; init; }

    public bool Open { get; init; } = true;

    public static Conflict OfAddress(RecordId record, RecordId rival, DateTimeOffset at) =>
        new(ConflictKind.Contested, record, at) { Other = rival, Detail = "Both have this address; their names do not agree, or it is a shared mailbox" };

    /// <summary>The same situation has the same id, however often it is met.</summary>
    public string Id
    {
        get
        {
            var (first, second) = Other is { } other && other.CompareTo(Record) < 0 ? (other, (RecordId?)Record) : (Record, Other);
            return $"{Kind}-{first}-{second?.ToString() ?? System?.Name ?? "all"}{(Field is null ? "" : "-" + Field)}{(Kind == ConflictKind.OptOutReverted ? $"-{At.ToUnixTimeMilliseconds()}" : "")}"; // each time is one of its own
        }
    }
}
