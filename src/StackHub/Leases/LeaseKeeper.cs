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

    /// <summary>True when the holder before us did not let the lease go and <see cref="TookOver"/> was not told yet that it was seen to.</summary>
    public bool IsAbandoned(string name) => held.TryGetValue(name, out var lease) && lease.Abandoned;

    /// <summary>What the holder before us may have left half done is done.</summary>
    public void TookOver(string name)
    {
        if (held.TryGetValue(name, out var lease))
            held[name] = lease with { Abandoned = false };
    }

    /// <summary>What we do under the lease broke off: see to it before going on.</summary>
    public void BrokeOff(string name)
    {
        if (held.TryGetValue(name, out var lease))
            held[name] = lease with { Abandoned = true };
    }

    /// <summary>The work under the lease is done for now.</summary>
    public async ValueTask DoneAsync(string name, CancellationToken cancellationToken)
    {
        if (!options.KeepBetweenUses && held.TryRemove(name, out var lease))
            await store.ReleaseAsync(lease, cancellationToken);
    }

    /// <summary>Lets everything go, for an orderly stop; but under a lease where something broke off, the next holder has to see to it.</summary>
    public async Task ReleaseAllAsync(CancellationToken cancellationToken)
    {
        foreach (var name in held.Keys)
            if (held.TryRemove(name, out var lease) && !lease.Abandoned)
                await store.ReleaseAsync(lease, cancellationToken);
    }
}

public sealed record LeaseKeeperOptions(bool KeepBetweenUses);
