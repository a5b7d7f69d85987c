using System.Collections.Immutable;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Evidence;

/// <summary>What is wrong with a chain, and where.</summary>
public enum LedgerFaultKind
{
    /// <summary>The entry is not as the hub wrote it.</summary>
    EntryChanged,

    /// <summary>The entry was written and is gone.</summary>
    EntryMissing,

    /// <summary>The entry does not follow the one before it.</summary>
    ChainBroken,

    /// <summary>The end of the chain is gone, or is not as the hub wrote it.</summary>
    HeadChanged,

    /// <summary>The end of the chain is an older one than was seen.</summary>
    RolledBack,
}

/// <param name="Sequence">The entry; 0 for the head.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, int Sequence);

/// <summary>A chain, and every fault in it.</summary>
public sealed record LedgerVerdict(LedgerHead? Head, ImmutableArray<EvidenceEntry> Entries, ImmutableArray<LedgerFault> Faults)
{
    public bool Intact => Faults.IsEmpty;
}

/// <summary>Finds and locates what was edited, deleted, cut off or put back: each entry and the head carry a keyed hash nobody else can make.</summary>
public static class LedgerCheck
{
    /// <param name="rows">All rows of the request's partition, as they are.</param>
    /// <param name="anchor">An end that was seen before, such as a receipt's: without one, a chain that was put back as a whole to an earlier state looks like itself.</param>
    public static LedgerVerdict Of(string request, IReadOnlyCollection<TableRow> rows, HubKeys keys, LedgerAnchor? anchor)
    {
        var head = rows.FirstOrDefault(row => row.Row == LedgerRows.Head) is { } headRow ? LedgerRows.ReadTrustedHead(keys, request, headRow) : null;
        var kept = rows.Where(row => row.Row.StartsWith(LedgerRows.EntryPrefix, StringComparison.Ordinal)).ToArray();
        if (head is { Purging: true })
            return new(head, [], []);
        if (head is null && kept.Length == 0 && anchor is null && rows.All(row => row.Row != LedgerRows.Head))
            return new(null, [], []);
        var faults = ImmutableArray.CreateBuilder<LedgerFault>();
        if (head is null)
            faults.Add(new(LedgerFaultKind.HeadChanged, 0));
        var entries = Entries(request, kept, keys, Math.Max(head?.Count ?? 0, anchor?.Count ?? 0), faults);
        AddChainFaults(entries, head, anchor, faults);
        return new(head, [.. entries.Values], [.. faults.Distinct().OrderBy(fault => fault.Sequence).ThenBy(fault => fault.Kind)]);
    }

    private static SortedDictionary<int, EvidenceEntry> Entries(string request, IEnumerable<TableRow> kept, HubKeys keys, int written, ImmutableArray<LedgerFault>.Builder faults)
    {
        var entries = new SortedDictionary<int, EvidenceEntry>();
        var seen = new HashSet<int>();
        foreach (var row in kept)
        {
            var sequence = LedgerRows.SequenceOf(row.Row) ?? -1;
            seen.Add(sequence);
            if (LedgerRows.ReadTrusted(keys, request, sequence, row) is { } entry)
                entries.Add(sequence, entry);
            else
                faults.Add(new(LedgerFaultKind.EntryChanged, sequence));
        }
        var last = Math.Max(written, entries.Count == 0 ? 0 : entries.Keys.Max());
        faults.AddRange(Enumerable.Range(1, last).Where(sequence => !seen.Contains(sequence)).Select(sequence => new LedgerFault(LedgerFaultKind.EntryMissing, sequence)));
        return entries;
    }

    private static void AddChainFaults(SortedDictionary<int, EvidenceEntry> entries, LedgerHead? head, LedgerAnchor? anchor, ImmutableArray<LedgerFault>.Builder faults)
    {
        foreach (var (sequence, entry) in entries)
            if (entry.Previous != (sequence == 1 ? "" : entries.GetValueOrDefault(sequence - 1)?.Hash ?? entry.Previous))
                faults.Add(new(LedgerFaultKind.ChainBroken, sequence));
        if (head is not null && (head.Count < (anchor?.Count ?? 0) || entries.Keys.Any(sequence => sequence > head.Count)))
            faults.Add(new(LedgerFaultKind.RolledBack, head.Count));
        if (head is { Count: > 0 } && entries.TryGetValue(head.Count, out var last) && last.Hash != head.Hash)
            faults.Add(new(LedgerFaultKind.ChainBroken, head.Count));
        if (anchor is { Count: > 0 } && entries.TryGetValue(anchor.Count, out var seen) && seen.Hash != anchor.Hash)
            faults.Add(new(LedgerFaultKind.ChainBroken, anchor.Count));
    }
}
