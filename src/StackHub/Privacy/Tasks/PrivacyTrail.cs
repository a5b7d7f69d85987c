using System.Collections.Concurrent;
using StackHub.Privacy.Evidence;

namespace StackHub.Privacy.Tasks;

/// <summary>One thing that happened to a request; ids, codes and words without values.</summary>
public sealed record TrailEntry(RequestId Request, DateTimeOffset At, string What, string Detail);

/// <summary>What happened to a request, in its chain of evidence. Told twice is told once, by the key it is told under.</summary>
public sealed class PrivacyTrail(EvidenceLedger ledger, TimeProvider time)
{
    private const string Detail = "detail";
    private const int Longest = 250;
    private const int Remembered = 10_000;
    private readonly ConcurrentDictionary<RequestId, bool> opened = new();

    /// <param name="subject">A keyed hash that all requests of the person share.</param>
    public async Task OpenAsync(RequestId request, string subject, CancellationToken cancellationToken)
    {
        await ledger.OpenAsync(request.ToString(), subject, cancellationToken);
        Remember(request);
    }

    /// <param name="once">Unique for what happened, and the same when it is told again.</param>
    public Task NoteAsync(RequestId request, string what, string detail, string once, CancellationToken cancellationToken) =>
        NoteAsync(request, what, detail, once, null, cancellationToken);

    /// <param name="system">Where it happened; null for the hub itself.</param>
    /// <inheritdoc cref="NoteAsync(RequestId, string, string, string, CancellationToken)"/>
    public async Task NoteAsync(RequestId request, string what, string detail, string once, string? system, CancellationToken cancellationToken)
    {
        if (!opened.ContainsKey(request))
            await OpenAsync(request, request.ToString(), cancellationToken);
        await ledger.AppendAsync(request.ToString(), new EvidenceNote(once, what, "hub") { System = system }.With(Detail, Clean(detail)), cancellationToken);
    }

    /// <summary>Answered: it is kept as long as the longest law asks.</summary>
    public Task CloseAsync(RequestId request, CancellationToken cancellationToken) =>
        ledger.CloseAsync(request.ToString(), EvidenceRetention.KeepUntil(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), EvidenceRetention.LeastMonths), cancellationToken);

    public Task ReopenAsync(RequestId request, CancellationToken cancellationToken) => ledger.ReopenAsync(request.ToString(), cancellationToken);

    public async Task<IReadOnlyList<TrailEntry>> ListAsync(RequestId request, CancellationToken cancellationToken) =>
        [.. (await ledger.CheckAsync(request.ToString(), null, cancellationToken)).Entries.Select(entry => new TrailEntry(request, entry.At, entry.Note.Kind, entry.Note.Facts.GetValueOrDefault(Detail, "")))];

    /// <summary>Officers write reasons in their own words; an address in them does not get into evidence.</summary>
    private static string Clean(string text)
    {
        var words = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains('@', StringComparison.Ordinal) ? "[address]" : word));
        var clean = string.Concat(words.Where(letter => !char.IsControl(letter)));
        return clean.Length == 0 ? "none" : clean.Length > Longest ? clean[..Longest] : clean;
    }

    private void Remember(RequestId request)
    {
        if (opened.Count >= Remembered)
            opened.Clear();
        opened[request] = true;
    }
}
