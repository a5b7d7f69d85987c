using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Cli.Rounds;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Actions;
using StackHub.Sync.Runs;

namespace StackHub.Cli.Commands;

/// <summary>What a sync did, for scripts.</summary>
public sealed record SyncSummary(IReadOnlyList<ReadResult> Read, IReadOnlyDictionary<string, PlanCount> Plan, IReadOnlyList<WriteResult> Written);

/// <summary>Brings all systems to the same state once, or again and again.</summary>
internal static class SyncCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    public static Command Make(CommandRunner runner)
    {
        var system = Shared.System();
        var approve = new Option<bool>("--approve") { Description = "Approve the plan that is shown, for systems that wait for it." };
        var watch = new Option<int?>("--watch", "-w") { Description = "Go on: look for changes every so many seconds, until Ctrl-C.", HelpName = "SECONDS", Validators = { Shared.AtLeast(1, 86_400) } };
        return new HubCommand("sync", "Read what was never read, show the plan, write what is approved, and wait until it is written.",
            "stackhub sync", "stackhub sync --approve", "stackhub sync --system salesforce --watch 30", "stackhub sync --json > result.json")
            .With(system, approve, watch)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(system), call.Value(approve), call.Value(watch), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string? system, bool approve, int? watch, CancellationToken cancellationToken)
    {
        await using var hub = await call.WorkAsync(cancellationToken);
        var systems = hub.Systems(system);
        if (!hub.Pumps)
            call.Screen.Say($"Another process serves {call.DataFolder}: it writes, and this command waits for it.");
        var progress = call.Screen.Progress();
        var (read, plan) = await PrepareAsync(call, hub, systems, system, progress, cancellationToken);
        if (approve)
            await ApproveAsync(call, hub, systems, cancellationToken);
        var written = await WriteAsync(hub, systems, progress, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(new SyncSummary(read, plan.ToDictionary(entry => entry.Key.Name, entry => entry.Value), written));
        call.Screen.Show(SyncTables.Of(written));
        var exitCode = Judge(call, written);
        return watch is { } seconds ? await WatchAsync(call, hub, systems, TimeSpan.FromSeconds(seconds), cancellationToken) : exitCode;
    }

    private static async Task<(IReadOnlyList<ReadResult> Read, IReadOnlyDictionary<SystemId, PlanCount> Plan)> PrepareAsync(
        Invocation call, HubSession hub, IReadOnlyList<SystemId> systems, string? only, IDemoScreen progress, CancellationToken cancellationToken)
    {
        var reading = new ReadRound(hub, progress);
        var unread = new List<SystemId>();
        foreach (var system in systems)
            if (await reading.IsOpenAsync(system, cancellationToken))
                unread.Add(system);
        var read = unread.Count > 0 ? await reading.RunAsync(unread, restart: false, cancellationToken) : [];
        foreach (var system in systems.Except(unread))
            await hub.Get<Poll>().ReadAsync(system, cancellationToken);
        await new QuietRound(hub).RunAsync(BackfillCommand.MatchPatience, cancellationToken);
        var plan = await hub.Get<SyncPlan>().CountAsync(only is null ? null : systems[0], cancellationToken);
        call.Screen.Say("The plan:");
        call.Screen.Show(SyncTables.Of(plan));
        return (read, plan);
    }

    private static async Task ApproveAsync(Invocation call, HubSession hub, IReadOnlyList<SystemId> systems, CancellationToken cancellationToken)
    {
        foreach (var system in systems)
        {
            if ((await hub.Get<SystemStates>().GetAsync(system, cancellationToken)).Stage != SystemStage.Baselined)
                continue;
            await hub.Get<OperatorActions>().ApproveAsync(system, cancellationToken);
            call.Screen.Say($"Approved: {system}.");
        }
    }

    private static Task<IReadOnlyList<WriteResult>> WriteAsync(HubSession hub, IReadOnlyList<SystemId> systems, IDemoScreen progress, CancellationToken cancellationToken) =>
        new WriteRound(hub, progress, Patience).RunAsync(systems, async token => await hub.Get<Reconcile>().RunAsync(null, token), cancellationToken);

    /// <summary>The worst of what happened is the exit code; each sentence says what to do.</summary>
    private static int Judge(Invocation call, IReadOnlyList<WriteResult> written)
    {
        foreach (var result in written.Where(result => result.Held is not null))
            call.Screen.Warn($"{result.System}: nothing is written, {result.Held}. {(result.Held!.StartsWith("paused", StringComparison.Ordinal) ? $"Look at 'stackhub plan --system {result.System}', then 'stackhub resume {result.System}'." : $"Look at 'stackhub plan --system {result.System}', then 'stackhub sync --approve'.")}");
        foreach (var result in written.Where(result => result.Refused > 0))
            call.Screen.Warn($"{result.System}: {result.Refused:N0} writes were refused. 'stackhub dead-letters list' says why.");
        foreach (var result in written.Where(result => result.Stuck))
            call.Screen.Warn($"{result.System}: {result.Waiting:N0} records wait and nothing moves. 'stackhub doctor' says whether the vendor answers; what waits is kept.");
        return written.Any(result => result.Stuck) ? ExitCode.VendorUnavailable : written.All(result => result.Fine) ? ExitCode.Fine : ExitCode.Problems;
    }

    private static async Task<int> WatchAsync(Invocation call, HubSession hub, IReadOnlyList<SystemId> systems, TimeSpan every, CancellationToken cancellationToken)
    {
        call.Screen.Say($"Watching every {every.TotalSeconds:0} s; Ctrl-C ends.");
        using var timer = new PeriodicTimer(every, hub.Get<TimeProvider>());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                await LookAsync(call, hub, systems, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }
        return ExitCode.Fine;
    }

    private static async Task LookAsync(Invocation call, HubSession hub, IReadOnlyList<SystemId> systems, CancellationToken cancellationToken)
    {
        var changes = 0;
        foreach (var system in systems)
            changes += await hub.Get<Poll>().RunAsync(system, cancellationToken);
        await new QuietRound(hub).RunAsync(BackfillCommand.MatchPatience, cancellationToken);
        var written = await new WriteRound(hub, NoProgress.Instance, Patience).RunAsync(systems, _ => Task.CompletedTask, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(written);
        var now = hub.Get<TimeProvider>().GetUtcNow();
        call.Screen.Say($"{now:HH:mm:ss} {changes:N0} changes read; {string.Join(", ", written.Select(result => $"{result.System} {result.Created + result.Updated:N0} written{(result.Waiting > 0 ? $" ({result.Waiting:N0} wait)" : "")}"))}");
    }
}
