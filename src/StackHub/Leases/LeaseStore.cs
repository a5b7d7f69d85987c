using StackHub.Storage;

namespace StackHub.Leases;

/// <summary>A lease that is held; <paramref name="Token"/> rises with each new holder, so that a late writer can be told apart.</summary>
public sealed record Lease(string Name, string Owner, long Token, DateTimeOffset Until, string ETag)
{
    /// <summary>The holder before did not let it go: it died, or was too slow, and may have left something half done.</summary>
    public bool Abandoned { get; init; }
}

/// <summary>Exclusive, expiring leases with fencing tokens, in the table store.</summary>
public sealed class LeaseStore(ITableStore tables, TimeProvider time, LeaseOwner owner)
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(30);

    /// <summary>The lease, or null while another living owner has it.</summary>
    public async Task<Lease?> TryAcquireAsync(string name, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Leases, "lease", name, cancellationToken);
        var now = time.GetUtcNow();
        if (row is not null && row.Value<DateTimeOffset>("Until") > now && row.Text("Owner") is { Length: > 0 } holder && holder != owner.Name && !LeaseOwner.IsDead(holder))
            return null;
        var taken = await WriteAsync(name, (row?.Value<long>("Token") ?? 0) + 1, owner.Name, now + Length, row?.ETag, cancellationToken);
        return taken is null ? null : taken with { Abandoned = row?.Text("Owner") is { Length: > 0 } };
    }

    /// <summary>The renewed lease, or null when it was lost.</summary>
    public async Task<Lease?> RenewAsync(Lease lease, CancellationToken cancellationToken) =>
        await WriteAsync(lease.Name, lease.Token, lease.Owner, time.GetUtcNow() + Length, lease.ETag, cancellationToken) is { } renewed ? renewed with { Abandoned = lease.Abandoned } : null;

    public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        WriteAsync(lease.Name, lease.Token, "", time.GetUtcNow(), lease.ETag, cancellationToken);

    private async Task<Lease?> WriteAsync(string name, long token, string holder, DateTimeOffset until, string? etag, CancellationToken cancellationToken)
    {
        var row = new TableRow("lease", name, new Dictionary<string, object> { ["Owner"] = holder, ["Token"] = token, ["Until"] = until });
        var written = await tables.WriteAsync(Tables.Leases, etag is null ? new TableAction.Insert(row) : new TableAction.Replace(row, etag), cancellationToken);
        return written.Done ? new(name, holder, token, until, written.ETag!) : null;
    }
}
