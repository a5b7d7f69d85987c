using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Sync.Runs;

/// <summary>How far each feed and each full read came.</summary>
public sealed class CursorStore(ITableStore tables)
{
    public async Task<FeedPosition?> FeedAsync(SystemId system, string objectType, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Cursors, "feed", Row(system, objectType), cancellationToken) is { } row
            ? new(row.Value<DateTimeOffset>("Time")!.Value, row.Text("Id")!)
            : null;

    public Task SaveFeedAsync(SystemId system, string objectType, FeedPosition position, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.Cursors, new("feed", Row(system, objectType), new Dictionary<string, object> { ["Time"] = position.Time, ["Id"] = position.Id }), cancellationToken);

    public async Task<BackfillProgress?> BackfillAsync(SystemId system, string objectType, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Cursors, "backfill", Row(system, objectType), cancellationToken) is { } row
            ? new(row.Text("Checkpoint"), row.Value<bool>("Done")!.Value, row.Value<long>("Records")!.Value)
            : null;

    public Task SaveBackfillAsync(SystemId system, string objectType, BackfillProgress progress, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object> { ["Done"] = progress.Done, ["Records"] = progress.Records };
        if (progress.Checkpoint is { } checkpoint)
            values["Checkpoint"] = checkpoint;
        return tables.UpsertAsync(Tables.Cursors, new("backfill", Row(system, objectType), values), cancellationToken);
    }

    public Task ForgetBackfillAsync(SystemId system, string objectType, CancellationToken cancellationToken) =>
        tables.DeleteAsync(Tables.Cursors, "backfill", Row(system, objectType), null, cancellationToken);

    private static string Row(SystemId system, string objectType) => $"{system}|{objectType}";
}

/// <summary>A full read's place: what the next page starts after, whether it is over, and how many records were read.</summary>
public sealed record BackfillProgress(string? Checkpoint, bool Done, long Records);
