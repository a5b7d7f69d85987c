using System.Collections.Concurrent;

namespace StackHub.Leases;

/// <summary>
/// The leases this process holds. Where one process does everything it keeps them between uses, so that a lone change costs no lease
/// operations; where several share the store they are let go at once.
/// </summary>
public sealed class LeaseKeeper(LeaseStore store, TimeProvider time, LeaseKeeperOptions options)
{
    private readonly ConcurrentDictionary<string, Lease> held = new(StringComparer.Ordinal);

    /// <summary>True while this process has the lease for at least half its length; takes or renews it as needed.</summary>
    public async ValueTask<bool> HoldAsync(string name, CancellationToken cancellationToken)
    {
        if (held.TryGetValue(name, out var lease) && lease.Until - time.GetUtcNow() > LeaseStore.Length / 2)
            return true;
        var renewed = lease is null ? null : await store.RenewAsync(lease, cancellationToken);
        renewed ??= await store.TryAcquireAsync(name, cancellationToken);
        if (renewed is null)
        {
            held.TryRemove(name, out _);
            return false;
        }
        held[name] = renewed;
        return true;
    }

    /// <summary>The work under the lease is done for now.</summary>
    public async ValueTask DoneAsync(string name, CancellationToken cancellationToken)
    {
        if (!options.KeepBetweenUses && held.TryRemove(name, out var lease))
            await store.ReleaseAsync(lease, cancellationToken);
    }

    /// <summary>Lets everything go; for an orderly stop.</summary>
    public async Task ReleaseAllAsync(CancellationToken cancellationToken)
    {
        foreach (var name in held.Keys)
            if (held.TryRemove(name, out var lease))
                await store.ReleaseAsync(lease, cancellationToken);
    }
}

public sealed record LeaseKeeperOptions(bool KeepBetweenUses);
