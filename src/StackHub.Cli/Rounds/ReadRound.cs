using StackHub.Cli.Demo;
using StackHub.Cli.Hosting;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Rounds;

/// <summary>What a full read brought: records of one type of one system.</summary>
public sealed record ReadResult(SystemId System, string ObjectType, long Records, bool Resumed);

/// <summary>Reads systems in full, side by side: they wait for their vendors, not for each other.</summary>
internal sealed class ReadRound(HubSession hub, IDemoScreen progress)
{
    public const string Phase = "Reading";

    public async Task<IReadOnlyList<ReadResult>> RunAsync(IReadOnlyList<SystemId> systems, bool restart, CancellationToken cancellationToken)
    {
        try
        {
            var results = await Task.WhenAll(systems.Select(system => Task.Run(() => ReadAsync(system, restart, cancellationToken), cancellationToken)));
            return [.. results.SelectMany(result => result)];
        }
        finally
        {
            progress.PhaseDone();
        }
    }

    /// <summary>True when a type of the system was never read to its end.</summary>
    public async Task<bool> IsOpenAsync(SystemId system, CancellationToken cancellationToken)
    {
        if ((await hub.Get<SystemStates>().GetAsync(system, cancellationToken)).Stage == SystemStage.New)
            return true;
        foreach (var type in hub.Model.Systems[system].Objects)
            if (await hub.Get<CursorStore>().BackfillAsync(system, type.ObjectType, cancellationToken) is not { Done: true })
                return true;
        return false;
    }

    private async Task<IReadOnlyList<ReadResult>> ReadAsync(SystemId system, bool restart, CancellationToken cancellationToken)
    {
        var types = hub.Model.Systems[system].Objects;
        var results = new Dictionary<string, ReadResult>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var place = restart ? null : await hub.Get<CursorStore>().BackfillAsync(system, type.ObjectType, cancellationToken);
            results[type.ObjectType] = new(system, type.ObjectType, place?.Records ?? 0, place is not null);
        }
        await hub.Get<Backfill>().RunAsync(system, restart, new SyncProgress<BackfillReport>(report =>
        {
            results[report.ObjectType] = results[report.ObjectType] with { Records = report.Records };
            progress.Progress(Phase, system.Name, results.Values.Sum(result => result.Records), null);
        }), cancellationToken);
        var all = results.Values.Sum(result => result.Records);
        progress.Progress(Phase, system.Name, all, all);
        return [.. results.Values];
    }
}
