namespace StackHub.Sync.Push;

/// <summary>
/// One drains a shard, one waits to drain it next, and who comes then may go: the one that waits has not read the outbox yet, so it takes
/// what they came for. Otherwise the wake-ups of one slow system would hold all places of a host that takes few messages at a time.
/// </summary>
internal sealed class DrainGate
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private int waiting;

    /// <summary>False when another waits already.</summary>
    public async Task<bool> EnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref waiting, 1, 0) != 0)
            return false;
        try
        {
            await gate.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Volatile.Write(ref waiting, 0);
        }
    }

    public void Leave() => gate.Release();
}
