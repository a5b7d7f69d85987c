using StackHub.Identity.Matching;
using StackHub.Permissions;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>A record's history, newest first, read from its cells: what is older than the horizon is only there as far as it still counts.</summary>
public static class RecordTimeline
{
    public static IReadOnlyList<TimelineEntry> Of(HubRecord record, IReadOnlyList<MergeEntry> merges) =>
    [
        .. record.Links.SelectMany(Said)
            .Concat(record.Links.SelectMany(Wrote))
            .Concat(record.Links.SelectMany(Refused))
            .Concat(record.RefusedCreates.Select(refused => new TimelineEntry.Refused(refused.Value.At, refused.Key.Name, null, refused.Value.Code)))
            .Concat(record.Links.Where(link => link.DeletedAt is not null).Select(link => new TimelineEntry.Deleted(link.DeletedAt!.Value, link.Ref)))
            .Concat(merges.Select(merge => new TimelineEntry.Merged(merge.At, merge.Loser, merge.Survivor, merge.Reason)))
            .Concat(merges.Where(merge => merge.UndoneAt is not null).Select(merge => new TimelineEntry.Unmerged(merge.UndoneAt!.Value, merge.Loser, merge.Survivor)))
            .Concat(record.Frozen.Select(frozen => new TimelineEntry.Frozen(frozen.Value, frozen.Key)))
            .Concat(record.Released.Select(released => new TimelineEntry.Released(released.Value, released.Key)))
            .OrderByDescending(entry => entry.At)
            .Take(RecordModel.MaxTimeline),
    ];

    private static IEnumerable<TimelineEntry> Said(LinkedRecord link) =>
        from cell in link.Cells
        where !ConsentMark.IsMark(cell.Key)
        from observation in cell.Value.State.Authored
        group new TimelineValue(cell.Key, observation.Value.Text) by observation.At into moment
        select new TimelineEntry.Said(moment.Key, link.Ref, [.. moment]);

    private static IEnumerable<TimelineEntry> Wrote(LinkedRecord link) =>
        from cell in link.Cells
        from write in cell.Value.Written
        group (cell.Key, Write: write) by (write.At, write.Unanswered, write.Trace) into call
        select new TimelineEntry.Wrote(
            call.Key.At, link.Ref, [.. call.Select(one => new TimelineValue(one.Key, one.Write.Value.Text))],
            [.. call.Select(one => one.Write.Author?.System).OfType<SystemId>().Distinct().Order()], !call.Key.Unanswered, call.Key.Trace);

    private static IEnumerable<TimelineEntry> Refused(LinkedRecord link) =>
        link.Refusals.Select(refusal => new TimelineEntry.Refused(refusal.Value.At, link.Ref.ToString(), refusal.Key == "*" ? null : refusal.Key, refusal.Value.Code));
}
