using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Connecting;
using StackHub.Leases;
using StackHub.Records;

namespace StackHub.Web.Runs;

/// <summary>
/// Carries runs out in the background: one of a kind and system at a time, over all processes. While one lasts its progress is stored
/// every few seconds; when the process stops in order, it is stored as interrupted.
/// </summary>
public sealed class Runner(RunSteps steps, RunStore store, LeaseKeeper leases, TimeProvider time, ILogger<Runner> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<RecordId, (LiveRun Run, Task Done)> active = new();
    private readonly SemaphoreSlim starting = new(1, 1);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Null when one of this kind and system is under way.</summary>
    public async Task<RunView?> StartAsync(RunKind kind, SystemId? system, bool restart, string by, CancellationToken cancellationToken)
    {
        await starting.WaitAsync(cancellationToken);
        try
        {
            if (active.Values.Any(entry => entry.Run.View.Kind == kind && entry.Run.View.System == system) || !await leases.HoldAsync(LeaseOf(kind, system), cancellationToken))
                return null;
            var now = time.GetUtcNow();
            var run = new LiveRun(new(RecordId.New(now), kind, RunState.Running, now, by) { System = system });
            await store.SaveAsync(run.View, cancellationToken);
            active[run.View.Id] = (run, Task.Run(() => CarryOutAsync(run, restart), CancellationToken.None));
            return run.View;
        }
        finally
        {
            starting.Release();
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
        await Task.WhenAll(active.Values.Select(entry => entry.Done)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        stopping.Dispose();
        starting.Dispose();
    }

    private RunView? Current(RecordId id) => active.TryGetValue(id, out var entry) ? entry.Run.View : null;

    private async Task CarryOutAsync(LiveRun run, bool restart)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var beating = BeatAsync(run, over.Token);
        var (state, error) = await EndOfAsync(run, restart, stopping.Token);
        await over.CancelAsync();
        await beating;
        run.End(state, time.GetUtcNow(), error);
        try
        {
            await store.SaveAsync(run.View, CancellationToken.None);
            await leases.DoneAsync(LeaseOf(run.View.Kind, run.View.System), CancellationToken.None);
        }
        catch (Exception e) when (e is not OutOfMemoryException) // it will show as interrupted
        {
            logger.RunFailed(run.View.Id.ToString(), e.GetType().Name);
        }
        active.TryRemove(run.View.Id, out _);
    }

    private async Task<(RunState State, string? Error)> EndOfAsync(LiveRun run, bool restart, CancellationToken cancellationToken)
    {
        try
        {
            await steps.RunAsync(run, restart, cancellationToken);
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
                await leases.HoldAsync(LeaseOf(run.View.Kind, run.View.System), cancellationToken);
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

    private static string LeaseOf(RunKind kind, SystemId? system) => $"run-{kind}-{system?.Name ?? "all"}".ToLowerInvariant();
}
