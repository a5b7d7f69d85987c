using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Apply;

namespace StackHub.Sync.Runs;

/// <summary>What a full read reports as it goes.</summary>
public sealed record BackfillReport(SystemId System, string ObjectType, long Records, ApplyReport Applied, bool Done);

/// <summary>
/// Reads a system in full, page by page, and applies it without writing anything: a new system is baselined. The checkpoint is saved
/// after each page is applied, so a run that was cut off resumes there and repeats at most one page.
/// </summary>
public sealed class Backfill(HubModel model, ConnectorSet connectors, ChangeApplier applier, CursorStore cursors, Rematch rematch, SystemStates states, ClockSkew skew, TimeProvider time)
{
    /// <param name="restart">Forget an earlier run's checkpoint and begin again.</param>
    public async Task RunAsync(SystemId system, bool restart, IProgress<BackfillReport>? progress, CancellationToken cancellationToken)
    {
        var resumed = await IsBegunAsync(system, cancellationToken);
        foreach (var type in model.Systems[system].Objects)
            await RunAsync(model.Systems[system], type, restart, progress, cancellationToken);
        if (resumed)
            await rematch.RunAsync(cancellationToken);
        await states.ChangeAsync(system, state => state.Stage == SystemStage.New ? state with { Stage = SystemStage.Baselined } : state, cancellationToken);
    }

    /// <summary>Forgets how far full reads came: the next one begins again.</summary>
    public async Task ForgetAsync(SystemId system, CancellationToken cancellationToken)
    {
        foreach (var type in model.Systems[system].Objects)
            await cursors.ForgetBackfillAsync(system, type.ObjectType, cancellationToken);
    }

    /// <summary>What an earlier run was cut off in is repeated, but then it is no news any more, and nothing is matched because of it.</summary>
    private async Task<bool> IsBegunAsync(SystemId system, CancellationToken cancellationToken)
    {
        foreach (var type in model.Systems[system].Objects)
            if (await cursors.FeedAsync(system, type.ObjectType, cancellationToken) is not null)
                return true;
        return false;
    }

    private async Task RunAsync(SystemModel system, ObjectInfo type, bool restart, IProgress<BackfillReport>? progress, CancellationToken cancellationToken)
    {
        var place = restart ? null : await cursors.BackfillAsync(system.Id, type.ObjectType, cancellationToken);
        if (place is { Done: true })
            return;
        await StartFeedAsync(system, type, cancellationToken);
        var total = new ApplyReport();
        var records = place?.Records ?? 0;
        var fields = system.Maps[type.ObjectType].VendorFields;
        var askedAt = time.GetUtcNow();
        await foreach (var page in connectors[system.Id].ScanAsync(type.ObjectType, fields, place?.Checkpoint, cancellationToken))
        {
            total += await applier.ApplyAsync(system.Id, page.Records.AskedAt(askedAt), new(Lane.Bulk, Emit: false), cancellationToken);
            records += page.Records.Count;
            var done = page.Checkpoint is null;
            await cursors.SaveBackfillAsync(system.Id, type.ObjectType, new(page.Checkpoint, done, records), cancellationToken);
            progress?.Report(new(system.Id, type.ObjectType, records, total, done));
            askedAt = time.GetUtcNow();
        }
        await cursors.SaveBackfillAsync(system.Id, type.ObjectType, new(null, true, records), cancellationToken);
        progress?.Report(new(system.Id, type.ObjectType, records, total, true));
    }

    /// <summary>Changes made while the full read runs are the feed's: it starts at the read's beginning.</summary>
    private async Task StartFeedAsync(SystemModel system, ObjectInfo type, CancellationToken cancellationToken)
    {
        if (await cursors.FeedAsync(system.Id, type.ObjectType, cancellationToken) is null)
            await cursors.SaveFeedAsync(system.Id, type.ObjectType, FeedPosition.At(skew.ToVendor(system.Id, time.GetUtcNow()) - type.IndexLag), cancellationToken);
    }
}
