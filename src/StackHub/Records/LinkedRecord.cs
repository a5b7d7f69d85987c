using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// A record's presence in one system: the vendor's record it is linked to, and a cell for each canonical field known there. Two
/// vendor records of one person in one tool (a duplicate there) are two linked records.
/// </summary>
public sealed record LinkedRecord(ExternalRef Ref)
{
    private static readonly ImmutableSortedDictionary<string, Cell> NoCells = ImmutableSortedDictionary.Create<string, Cell>(StringComparer.Ordinal);
    private static readonly ImmutableSortedDictionary<string, Refusal> NoRefusals = ImmutableSortedDictionary.Create<string, Refusal>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Cell> Cells { get; init; } = NoCells;

    /// <summary>The newest time the system showed the record alive.</summary>
    public DateTimeOffset SeenAt { get; init; }

    /// <summary>The newest time the system said it was deleted; a record seen later was restored.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Where it went on: a merge's survivor, a converted lead's contact.</summary>
    public ExternalRef? MovedTo { get; init; }

    /// <summary>All mapped fields were read or written at least once, so an absent cell means "the vendor has no such value".</summary>
    public bool Complete { get; init; }

    /// <summary>Values the vendor refused for good, by canonical field ("*" for the record); not sent again until they change or are replayed.</summary>
    public ImmutableSortedDictionary<string, Refusal> Refusals { get; init; } = NoRefusals;

    public bool Active => MovedTo is null && (DeletedAt is not { } deleted || SeenAt > deleted);

    public LinkedRecord WithCell(string field, Cell cell) => this with { Cells = Cells.SetItem(field, cell) };

    public Cell Cell(string field) => Cells.GetValueOrDefault(field, Records.Cell.Empty);

    public LinkedRecord Union(LinkedRecord other, Horizon horizon)
    {
        var cells = Cells.ToBuilder();
        foreach (var (field, cell) in other.Cells)
            cells[field] = Cell(field).Union(cell, horizon);
        return this with
        {
            Cells = cells.ToImmutable(),
            SeenAt = SeenAt > other.SeenAt ? SeenAt : other.SeenAt,
            DeletedAt = DeletedAt is null || other.DeletedAt > DeletedAt ? other.DeletedAt : DeletedAt,
            MovedTo = MovedTo ?? other.MovedTo,
            Complete = Complete || other.Complete,
            Refusals = Refusals.SetItems(other.Refusals),
        };
    }

    public bool Equals(LinkedRecord? other) =>
        ReferenceEquals(this, other) || (other is not null
            && Ref == other.Ref && SeenAt == other.SeenAt && DeletedAt == other.DeletedAt && MovedTo == other.MovedTo && Complete == other.Complete
            && Cells.Count == other.Cells.Count && Cells.SequenceEqual(other.Cells) && Refusals.SequenceEqual(other.Refusals));

    public override int GetHashCode() => HashCode.Combine(Ref, SeenAt, Cells.Count);

    public override string ToString() => $"{Ref} ({Cells.Count} cells)";
}

/// <summary>A vendor's refusal: a hash of the refused value, the vendor's code, and when.</summary>
public readonly record struct Refusal(string ValueHash, string Code, DateTimeOffset At);
