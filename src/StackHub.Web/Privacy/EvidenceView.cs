using StackHub.Privacy.Evidence;

namespace StackHub.Web.Privacy;

/// <summary>A request's chain of evidence, and whether it is as the hub wrote it.</summary>
/// <param name="Head">The hash of its end; whoever keeps it can tell later whether any entry is missing.</param>
public sealed record EvidenceView(bool Intact, IReadOnlyList<FaultView> Faults, int Count, string? Head, DateOnly? KeepUntil, IReadOnlyList<EvidenceEntryView> Entries)
{
    public static EvidenceView Of(LedgerVerdict verdict) => new(
        verdict.Intact, [.. verdict.Faults.Select(fault => new FaultView(PrivacyWords.Of(fault.Kind), fault.Sequence))], verdict.Head?.Count ?? 0, verdict.Head?.Hash, verdict.Head?.KeepUntil,
        [.. verdict.Entries.Select(entry => new EvidenceEntryView(entry.Sequence, entry.At, entry.Note.Kind, entry.Note.Actor, entry.Note.System, entry.Note.Facts, entry.Hash))]);
}

/// <param name="Sequence">The entry; 0 for the end of the chain.</param>
public sealed record FaultView(string Kind, int Sequence);

public sealed record EvidenceEntryView(int Sequence, DateTimeOffset At, string Kind, string Actor, string? System, IReadOnlyDictionary<string, string> Facts, string Hash);
