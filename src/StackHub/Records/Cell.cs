using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// What is known of one field in one linked record: a set of observations and a set of receipts. Both only grow (inside the
/// <see cref="Horizon"/>), union is commutative, associative and idempotent, and everything else is derived; so any order, repetition
/// or interleaving of the same facts gives the same cell.
/// </summary>
public sealed class Cell : IEquatable<Cell>
{
    public static readonly Cell Empty = new([], []);

    private CellState? state;

    private Cell(ImmutableArray<Observation> seen, ImmutableArray<HubWrite> written)
    {
        Seen = seen;
        Written = written;
    }

    /// <summary>By time, then value.</summary>
    public ImmutableArray<Observation> Seen { get; }

    /// <summary>By time (and end of it), then value.</summary>
    public ImmutableArray<HubWrite> Written { get; }

    /// <summary>What the facts say; computed once.</summary>
    public CellState State => state ??= CellState.Of(Seen, Written);

    public static Cell Of(IEnumerable<Observation> seen, IEnumerable<HubWrite> written, Horizon horizon) =>
        horizon.Prune(new([.. seen.Distinct().Order(ByTime.Seen)], [.. written.Distinct().Order(ByTime.Written)]));

    /// <summary>The same instance when the observation is known already.</summary>
    public Cell With(Observation observation, Horizon horizon)
    {
        var index = Seen.BinarySearch(observation, ByTime.Seen);
        return index >= 0 ? this : horizon.Prune(new(Seen.Insert(~index, observation), Written));
    }

    /// <summary>A later receipt of the same write (same times and value) replaces the earlier one.</summary>
    public Cell With(HubWrite write, Horizon horizon)
    {
        var index = Written.BinarySearch(write, ByTime.Written);
        var written = index >= 0 ? Written.SetItem(index, write) : Written.Insert(~index, write);
        return horizon.Prune(new(Seen, written));
    }

    public Cell Union(Cell other, Horizon horizon) =>
        Equals(other) ? this : Of(Seen.Concat(other.Seen), Written.Concat(other.Written), horizon);

    public bool Equals(Cell? other) =>
        ReferenceEquals(this, other) || (other is not null && Seen.SequenceEqual(other.Seen) && Written.SequenceEqual(other.Written));

    public override bool Equals(object? obj) => Equals(obj as Cell);

    public override int GetHashCode() => HashCode.Combine(Seen.Length, Written.Length, Seen.IsEmpty ? default : Seen[^1]);

    public override string ToString() => $"cell ({Seen.Length} seen, {Written.Length} written)";

    /// <summary>For storage, which keeps what it read in the order it was written.</summary>
    internal static Cell Stored(ImmutableArray<Observation> seen, ImmutableArray<HubWrite> written) => new(seen, written);

    private static class ByTime
    {
        public static readonly IComparer<Observation> Seen = Comparer<Observation>.Create((left, right) =>
            left.At != right.At ? left.At.CompareTo(right.At) : left.Value.CompareTo(right.Value));

        public static readonly IComparer<HubWrite> Written = Comparer<HubWrite>.Create((left, right) =>
            left.At != right.At ? left.At.CompareTo(right.At)
            : left.Unanswered != right.Unanswered ? right.Unanswered.CompareTo(left.Unanswered) // an answered one came after it
            : left.Until != right.Until ? left.Until.CompareTo(right.Until) // the later answer within the same second
            : left.Value.CompareTo(right.Value));
    }
}
