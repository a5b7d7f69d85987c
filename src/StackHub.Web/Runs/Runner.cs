using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackHub.Connecting;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Web.Runs;

/// <summary>
/// Carries runs out: one of a kind and system at a time, over all processes. A message goes with each run until it is over, so that one
/// whose process stopped or died goes on elsewhere where it was. Progress is stored every few seconds.
/// </summary>
public sealed class Runner(RunSteps steps, RunStore store, LeaseKeeper leases, IMessageQueue queue, IOptions<WebOptions> options, TimeProvider time, ILogger<Runner> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>How often a run that somebody carries out is looked after.</summary>
    private static readonly TimeSpan Look = RunStore.Silence;

    private readonly ConcurrentDictionary<RecordId, LiveRun> active = new();
    private readonly ConcurrentDictionary<RecordId, Task> background = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Null when one of this kind and system is under way.</summary>
    public async Task<RunView?> StartAsync(RunKind kind, SystemId? system, bool restart, string by, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var run = new LiveRun(new(RecordId.New(now), kind, RunState.Running, now, by) { System = system });
        if (!await store.ClaimAsync(run.View, cancellationToken))
            return null;
        if (restart)
            await steps.ForgetAsync(system, cancellationToken);
        await store.SaveAsync(run.View, cancellationToken);
        await SendAsync(run.View.Id, options.Value.RunsInBackground ? Look : TimeSpan.Zero, cancellationToken);
        if (options.Value.RunsInBackground && active.TryAdd(run.View.Id, run))
            background[run.View.Id] = Task.Run(() => InBackgroundAsync(run), CancellationToken.None);
        return run.View;
    }

    /// <summary>Goes on with a run that nobody carries out; looks again later when somebody does.</summary>
    public async Task TakeUpAsync(RecordId id, CancellationToken cancellationToken)
    {
        if (await store.GetAsync(id, cancellationToken) is not { State: RunState.Running or RunState.Interrupted } view || !await store.IsCurrentAsync(view, cancellationToken))
            return;
        var run = new LiveRun(view with { State = RunState.Running });
        if (!active.TryAdd(id, run))
        {
            await SendAsync(id, Look, cancellationToken);
            return;
        }
        try
        {
            if (await leases.HoldAsync(LeaseOf(view), cancellationToken))
                await CarryOutAsync(run, cancellationToken);
            else
                await SendAsync(id, Look, cancellationToken);
        }
        finally
        {
            active.TryRemove(id, out _);
        }
    }

    public async Task<RunView?> GetAsync(RecordId id, CancellationToken cancellationToken) => Current(id) ?? await store.GetAsync(id, cancellationToken);

    public async Task<(IReadOnlyList<RunView> Runs, string? Next)> ListAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var (runs, next) = await store.ListAsync(from, take, cancellationToken);
        return ([.. runs.Select(run => Current(run.Id) ?? run)], next);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        await Task.WhenAll(background.Values).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => stopping.Dispose();

    private RunView? Current(RecordId id) => active.TryGetValue(id, out var run) ? run.View : null;

    private Task SendAsync(RecordId id, TimeSpan delay, CancellationToken cancellationToken) =>
        queue.SendAsync(Queues.Runs, JsonSerializer.Serialize(new(id.ToString()), RunJson.Default.RunMessage), delay, cancellationToken);

    private async Task InBackgroundAsync(LiveRun run)
    {
        try
        {
            if (await leases.HoldAsync(LeaseOf(run.View), stopping.Token)) // or the message sees to it
                await CarryOutAsync(run, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OutOfMemoryException) // it will show as interrupted
        {
            logger.RunFailed(run.View.Id.ToString(), e.GetType().Name);
        }
        finally
        {
            active.TryRemove(run.View.Id, out _);
            background.TryRemove(run.View.Id, out _);
        }
    }

    /// <summary>Throws when cancelled: the run is then interrupted, and to be gone on with.</summary>
    private async Task CarryOutAsync(LiveRun run, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(run, over.Token);
        var (state, error) = await EndOfAsync(run, cancellationToken);
        await over.CancelAsync();
        await beating;
        run.End(state, time.GetUtcNow(), error);
        await store.SaveAsync(run.View, CancellationToken.None);
        if (state != RunState.Interrupted)
            await store.ReleaseAsync(run.View, CancellationToken.None);
        await leases.DoneAsync(LeaseOf(run.View), CancellationToken.None);
        if (state == RunState.Interrupted)
            cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<(RunState State, string? Error)> EndOfAsync(LiveRun run, CancellationToken cancellationToken)
    {
        try
        {
            await steps.RunAsync(run, cancellationToken);
            return (RunState.Succeeded, null);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (RunState.Interrupted, null);
        }
        catch (VendorUnavailableException e) // its message holds no personal data
        {
            return (RunState.Failed, e.Message);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.RunFailed(run.View.Id.ToString(), e.GetType().Name);
            return (RunState.Failed, e.GetType().Name);
        }
    }

    private async Task BeatAsync(LiveRun run, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, time, cancellationToken);
                await store.SaveAsync(run.View, cancellationToken);
                await leases.HoldAsync(LeaseOf(run.View), cancellationToken);
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception e) when (e is not OutOfMemoryException) // the next beat tries again
            {
                logger.RunFailed(run.View.Id.ToString(), e.GetType().Name);
            }
        }
    }

    private static string LeaseOf(RunView run) => $"run-{RunStore.NameOf(run)}";
}
