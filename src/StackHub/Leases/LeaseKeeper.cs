using System.Collections.Concurrent;

namespace StackHub.Leases;

/// <summary>
/// The leases this process holds. Where one process does everything it keeps them between uses, so that a lone change costs no lease
/// operations; where several share the store they are let go at once.
/// </summary>
public sealed class LeaseKeeper(LeaseStore store, TimeProvider time, LeaseKeeperOptions options)
{
    /// <summary>Longer than anything that was read before another's hold takes to come through.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lease> held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Holding> last = new(StringComparer.Ordinal);

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
        Note(renewed);
        return true;
    }

    /// <summary>True for a while after another process held it: what is in this one's memory may be older than what was done there.</summary>
    public bool WasElsewhere(string name) => last.TryGetValue(name, out var holding) && time.GetUtcNow() < holding.ElsewhereUntil;

    /// <summary>Tokens rise by one, so a gap was somebody else.</summary>
    private void Note(Lease lease)
    {
        var before = last.GetValueOrDefault(lease.Name);
        if (lease.Token != before.Token)
            last[lease.Name] = new(lease.Token, lease.Token == before.Token + 1 ? before.ElsewhereUntil : time.GetUtcNow() + Settled);
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

    private readonly record struct Holding(long Token, DateTimeOffset ElsewhereUntil);
}

public sealed record LeaseKeeperOptions(bool KeepBetweenUses);
