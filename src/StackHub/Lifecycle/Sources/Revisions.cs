using StackHub.Lifecycle.Journeys;
using StackHub.Records;

namespace StackHub.Lifecycle.Sources;

/// <summary>
/// What of a record's events the ledger does not know yet. Within the horizon the record's cells know best: an event whose date became
/// sharper is withdrawn and said anew. Behind it cells have forgotten what the ledger keeps. What an opportunity said that was deleted since
/// is withdrawn however old it is, and said again if it comes back: the person is where the facts that are left put them.
/// </summary>
public static class Revisions
{
    public static IEnumerable<LifecycleEvent> Of(PersonFile file, EventWriter writer, Horizon horizon, DateTimeOffset now)
    {
        var since = now - horizon.Span;
        var stored = file.Stored.GroupBy(said => said.Id, StringComparer.Ordinal).ToDictionary(revisions => revisions.Key, revisions => revisions.MaxBy(said => said.Revision)!, StringComparer.Ordinal);
        var told = LifecycleSources.Events(writer).DistinctBy(said => said.Id).ToDictionary(said => said.Id, StringComparer.Ordinal);
        foreach (var said in told.Values)
            if (!stored.TryGetValue(said.Id, out var known))
            {
                if (said.OccurredAt >= since || !IsRemembered(said, stored.Values))
                    yield return said with { RecordedAt = now };
            }
            else if ((known.OccurredAt >= since || known is { Withdrawn: true, Deal: not null }) && !said.SaysTheSame(known))
                yield return said with { RecordedAt = now, Revision = known.Revision + 1 };
        var whole = Whole(file, horizon);
        var deals = DealCells(file);
        foreach (var known in stored.Values.Where(known => !told.ContainsKey(known.Id)))
            if (known is { Withdrawn: false, Cell: { } cell } && ((known.OccurredAt >= since && whole.Contains(cell)) || (known.Deal is { } deal && !deals.Contains((deal, cell)))))
                yield return known with { Withdrawn = true, RecordedAt = now, Revision = known.Revision + 1 };
        foreach (var known in stored.Values.Where(known => known.OccurredAt < since))
            if (Mapped(writer.Plan, known) is { } stage)
                yield return known with { Stage = stage, RecordedAt = now, Revision = known.Revision + 1 };
    }

    /// <summary>A score whose runs were forgotten in part may seem to have risen where it did not.</summary>
    private static bool IsRemembered(LifecycleEvent said, IEnumerable<LifecycleEvent> stored) => said.RuleVersion is not null && stored.Any(known => known.Cell == said.Cell);

    /// <summary>A word that nobody had mapped when it was said, and somebody has since.</summary>
    private static string? Mapped(LifecyclePlan plan, LifecycleEvent known) =>
        !known.Withdrawn && plan.Machine.Find(known.Stage) is null && plan.Speakers.TryGetValue(new(known.Source), out var speaker) ? plan.StageOf(speaker, known.Stage) : null;

    /// <summary>Where opportunities that are still there say whether they are open.</summary>
    private static HashSet<(RecordId Deal, string Cell)> DealCells(PersonFile file) =>
    [
        .. from deal in file.Deals
           from link in deal.Links
           where link.Active
           select (deal.Id, EventWriter.CellOf(link.Ref, StageFields.IsClosed)),
    ];

    /// <summary>The cells that have forgotten nothing within the horizon.</summary>
    private static HashSet<string> Whole(PersonFile file, Horizon horizon) =>
    [
        .. from record in file.Deals.Append(file.Record).Concat(file.Account is { } account ? [account] : [])
           from link in record.Links
           from cell in link.Cells
           where cell.Value.Seen.Length + cell.Value.Written.Length < horizon.Facts
           select EventWriter.CellOf(link.Ref, cell.Key),
    ];
}
