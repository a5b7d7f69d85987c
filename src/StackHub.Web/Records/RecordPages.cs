using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Web.Records;

/// <summary>Pages of all records, in storage order. A page looks at a bounded number of records, so that a rare kind makes short pages, not slow ones.</summary>
public sealed class RecordPages(RecordStore records, Redirects redirects, HubModel model)
{
    private const int MaxScans = 10;

    public async Task<(IReadOnlyList<RecordView> Items, string? Next)> ReadAsync(RecordKind? kind, string? place, int take, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        var items = new List<RecordView>(take);
        for (var scans = 0; scans < MaxScans && items.Count < take; scans++)
        {
            (var page, place) = await records.ScanAsync(place, take - items.Count, cancellationToken);
            items.AddRange(page.Where(record => kind is null || record.Kind == kind).Select(record => RecordView.Of(record, model, redirects.Follow)));
            if (place is null)
                break;
        }
        return (items, place);
    }
}
