using System.Collections.Immutable;

namespace StackHub.Records;

/// <summary>
/// How much of a cell is kept: everything within <paramref name="Span"/> of its newest fact, but at most <paramref name="Facts"/> facts.
/// Nothing is dropped inside, since dropping the middle of a run would make its date depend on the order of arrival. Behind it only
/// the first authored run, the last authored run and the last thing held stay.
/// </summary>
public sealed record Horizon(TimeSpan Span, int Facts)
{
    public static readonly Horizon Default = new(TimeSpan.FromDays(7), 64);

    public Cell Prune(Cell cell)
    {
        var count = cell.Seen.Length + cell.Written.Length;
        if (count <= 2 || !Overflows(cell, count))
            return cell;
        var cut = Cut(cell, count);
        var seen = cell.Seen.RemoveAll(observation => observation.At >= cut);
        var written = cell.Written.RemoveAll(write => write.At >= cut);
        var old = CellState.Of(seen, written);
        return Cell.Stored(
            [.. KeptSeen(seen, old), .. cell.Seen.Where(observation => observation.At >= cut)],
            [.. KeptWritten(old), .. cell.Written.Where(write => write.At >= cut)]);
    }

    private bool Overflows(Cell cell, int count) => count > Facts || Newest(cell) - Oldest(cell) > Span;

    private static DateTimeOffset Newest(Cell cell) =>
        Later(cell.Seen.IsEmpty ? default : cell.Seen[^1].At, cell.Written.IsEmpty ? default : cell.Written[^1].At);

    private static DateTimeOffset Oldest(Cell cell) => Earlier(
        cell.Seen.IsEmpty ? DateTimeOffset.MaxValue : cell.Seen[0].At,
        cell.Written.IsEmpty ? DateTimeOffset.MaxValue : cell.Written[0].At);

    private DateTimeOffset Cut(Cell cell, int count)
    {
        var bySpan = Newest(cell) - Span;
        if (count <= Facts)
            return bySpan;
        var times = cell.Seen.Select(observation => observation.At).Concat(cell.Written.Select(write => write.At)).Order().ToArray();
        return Later(bySpan, times[count - Facts]);
    }

    private static SortedSet<Observation> KeptSeen(ImmutableArray<Observation> seen, CellState old)
    {
        var kept = new SortedSet<Observation>(Comparer<Observation>.Create((left, right) =>
            left.At != right.At ? left.At.CompareTo(right.At) : left.Value.CompareTo(right.Value)));
        if (!old.Authored.IsEmpty)
        {
            kept.Add(old.Authored[0]);
            kept.Add(old.Authored[^1]);
        }
        else if (!seen.IsEmpty && old.Held is { IsBlank: true } && old.HeldWrite is null)
        {
            kept.Add(seen[0]); // never had a value: keep knowing that it was seen blank
        }
        return kept;
    }

    private static IEnumerable<HubWrite> KeptWritten(CellState old) =>
        old.HeldWrite is { } write ? [write with { Stored = old.Held ?? write.Stored }] : [];

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
