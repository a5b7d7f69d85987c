using System.Globalization;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Runs;

namespace StackHub.Web.Plan;

/// <summary>
/// Pages of the plan. A place is "writes to skip, then the scan's own place"; a page looks at a bounded number of records, so that a
/// plan with few writes makes short pages, not slow ones.
/// </summary>
public sealed class PlanPages(RecordStore records, SyncPlan plan, Redirects redirects, SuppressionList suppression)
{
    private const int RecordsAScan = 100;
    private const int MaxScans = 20;

    public async Task<(IReadOnlyList<WriteView> Items, string? Next)> ReadAsync(SystemId? only, string? place, int take, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var items = new List<WriteView>(take);
        var (skip, from) = Parse(place);
        for (var scans = 0; scans < MaxScans; scans++)
        {
            var (page, next) = await records.ScanAsync(from, RecordsAScan, cancellationToken);
            var writes = (await OfAsync(page, only, cancellationToken)).Skip(skip).ToList();
            var room = take - items.Count;
            items.AddRange(writes.Take(room));
            if (writes.Count > room)
                return (items, Format(skip + room, from));
            if (next is null)
                return (items, null);
            (skip, from) = (0, next);
            if (items.Count == take)
                break;
        }
        return (items, Format(skip, from));
    }

    private async Task<List<WriteView>> OfAsync(IReadOnlyList<HubRecord> page, SystemId? only, CancellationToken cancellationToken)
    {
        var writes = new List<WriteView>();
        foreach (var record in page)
            writes.AddRange((await plan.OfAsync(record, only, cancellationToken)).Select(target => WriteView.Of(target, record.Id)));
        return writes;
    }

    private static string Format(int skip, string? from) => $"{skip.ToString(CultureInfo.InvariantCulture)}:{from}";

    /// <summary>Our own text: a cursor is sealed.</summary>
    private static (int Skip, string? From) Parse(string? place)
    {
        if (place is null)
            return (0, null);
        var colon = place.IndexOf(':', StringComparison.Ordinal);
        var from = place[(colon + 1)..];
        return (int.Parse(place.AsSpan(0, colon), CultureInfo.InvariantCulture), from.Length == 0 ? null : from);
    }
}
