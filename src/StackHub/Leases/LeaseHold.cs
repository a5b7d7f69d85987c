namespace StackHub.Leases;

/// <summary>A lease that is kept for as long as a piece of work takes, and let go at its end. <see cref="Lost"/> is cancelled when somebody else has it.</summary>
public sealed class LeaseHold : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Renewal = LeaseStore.Length / 3;
    private readonly LeaseStore store;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource done = new();
    private readonly Task renewing;
    private Lease lease;

    private LeaseHold(LeaseStore store, TimeProvider time, Lease lease)
    {
        (this.store, this.time, this.lease) = (store, time, lease);
        renewing = RenewAsync();
    }

    public CancellationToken Lost => lost.Token;

    /// <summary>Waits for its turn; throws <see cref="TimeoutException"/> when that takes longer than patience lasts.</summary>
    public static async Task<LeaseHold> TakeAsync(LeaseStore store, string name, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited <= patience; waited += Poll)
        {
            if (await store.TryAcquireAsync(name, cancellationToken) is { } lease)
                return new(store, time, lease);
            await Task.Delay(Poll, cancellationToken);
        }

        throw new TimeoutException($"Another process has had the lease '{name}' for more than {patience.TotalMinutes:0} minutes.");
    }

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync();
        await renewing;
        if (!lost.IsCancellationRequested)
            await store.ReleaseAsync(lease, CancellationToken.None);
        done.Dispose();
        lost.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Renewal, time, done.Token);
                if (await store.RenewAsync(lease, done.Token) is not { } renewed)
                    break;
                lease = renewed;
            }

        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // the work is over
        }
        finally
        {
            if (!done.IsCancellationRequested)
                await lost.CancelAsync();
        }
    }
}
