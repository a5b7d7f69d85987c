using System.Diagnostics;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Apply;
using StackHub.Telemetry;

namespace StackHub.Sync.Runs;

/// <summary>
/// Reads a system's change feed from its cursor to a moment behind its clock (what is newer may not be indexed yet), with an overlap
/// that catches what was indexed late. Applying twice changes nothing.
/// </summary>
public sealed class Poll(HubModel model, ConnectorSet connectors, ChangeApplier applier, CursorStore cursors, ClockSkew skew, TimeProvider time, ILogger<Poll> logger)
{
    /// <summary>The number of changes read; zero when the system was never read in full or is not to be had.</summary>
    public async Task<int> RunAsync(SystemId system, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(system, cancellationToken);
        }
        catch (VendorUnavailableException e) // the next tick goes on from the same cursor
        {
            logger.VendorUnavailable(system, e.Reason, e.RetryAfter ?? model.Systems[system].PollEvery);
            return 0;
        }
    }

    /// <summary>Whether a feed's cursor is a poll interval behind, or soon is; false before the system was read in full.</summary>
    public async Task<bool> IsDueAsync(SystemId system, TimeSpan soon, CancellationToken cancellationToken)
    {
        var now = skew.ToVendor(system, time.GetUtcNow());
        foreach (var type in connectors[system].Info.Objects.Where(own => model.Systems[system].Maps.ContainsKey(own.ObjectType)))
            if (await cursors.FeedAsync(system, type.ObjectType, cancellationToken) is { } position && position.Time + type.IndexLag + model.Systems[system].PollEvery <= now + soon)
                return true;
        return false;
    }

    /// <summary>The same for a person who waits: throws <see cref="VendorUnavailableException"/> instead of trying later.</summary>
    public async Task<int> ReadAsync(SystemId system, CancellationToken cancellationToken)
    {
        var changes = 0;
        foreach (var type in model.Systems[system].Objects)
            changes += await RunAsync(model.Systems[system], connectors[system].Info.Objects.First(own => own.ObjectType == type.ObjectType), cancellationToken);
        return changes;
    }

    private async Task<int> RunAsync(SystemModel system, ObjectInfo type, CancellationToken cancellationToken)
    {
        if (await cursors.FeedAsync(system.Id, type.ObjectType, cancellationToken) is not { } position
            || await cursors.BackfillAsync(system.Id, type.ObjectType, cancellationToken) is not { Done: true })
            return 0;
        var until = skew.ToVendor(system.Id, time.GetUtcNow()) - type.IndexLag;
        var from = FeedPosition.At(position.Time - type.IndexLag);
        var changes = 0;
        if (until <= from.Time)
            return 0;
        using var span = HubTrace.Begin("poll", ActivityKind.Internal)?.SetTag(Tags.System, system.Id.Name).SetTag(Tags.ObjectType, type.ObjectType);
        var askedAt = time.GetUtcNow();
        await foreach (var page in connectors[system.Id].ChangesAsync(type.ObjectType, system.Maps[type.ObjectType].VendorFields, from, until, cancellationToken))
        {
            await applier.ApplyAsync(system.Id, page.Changes.AskedAt(askedAt), new(Lane.Interactive, Emit: true, span?.Id), cancellationToken);
            changes += page.Changes.Count;
            if (page.Position.Time > position.Time)
                await cursors.SaveFeedAsync(system.Id, type.ObjectType, position = page.Position, cancellationToken);
            askedAt = time.GetUtcNow();
        }
        span?.SetTag(Tags.Changes, changes);
        await cursors.SaveFeedAsync(system.Id, type.ObjectType, until > position.Time ? FeedPosition.At(until) : position, cancellationToken);
        return changes;
    }
}
