using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Leases;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Connecting;

/// <summary>Grants in the table store, sealed; refreshed by one holder of a lease at a time, since two refreshes at once kill a grant.</summary>
public sealed class TokenStore(ITableStore tables, LeaseStore leases, HubKeys keys, TimeProvider time) : ITokenStore
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentDictionary<SystemId, VendorToken> known = new();
    private readonly ConcurrentDictionary<SystemId, SemaphoreSlim> gates = new();

    public async ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) =>
        known.TryGetValue(system, out var token) ? token : await ReadAsync(system, cancellationToken);

    public async Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(system, _ => new(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            var deadline = time.GetUtcNow() + Patience;
            while (time.GetUtcNow() < deadline)
            {
                var stored = await ReadAsync(system, cancellationToken);
                if (stored is not null && stored.AccessToken != rejected && (stored.ExpiresAt is not { } expires || expires > time.GetUtcNow()))
                    return stored;
                if (await leases.TryAcquireAsync($"token-{system}", cancellationToken) is { } lease)
                    return await RefreshUnderAsync(lease, system, stored, refresh, cancellationToken);
                await Task.Delay(Poll, time, cancellationToken);
            }
            throw new VendorUnavailableException(system, "another process has been refreshing the token for too long", Patience);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<VendorToken> RefreshUnderAsync(Lease lease, SystemId system, VendorToken? stored, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken)
    {
        try
        {
            var token = await refresh(stored, cancellationToken);
            var sealedToken = keys.Seal(JsonSerializer.SerializeToUtf8Bytes(token, TokenJson.Default.VendorToken));
            await tables.UpsertAsync(Tables.Tokens, new("token", system.Name, new Dictionary<string, object> { ["Sealed"] = sealedToken }), cancellationToken);
            return known[system] = token;
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private async Task<VendorToken?> ReadAsync(SystemId system, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Tokens, "token", system.Name, cancellationToken);
        if (row?.Bytes("Sealed") is not { } sealedToken)
            return null;
        return known[system] = JsonSerializer.Deserialize(keys.Open(sealedToken), TokenJson.Default.VendorToken)!;
    }
}

[JsonSerializable(typeof(VendorToken))]
internal sealed partial class TokenJson : JsonSerializerContext;
