using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Suppression;

/// <summary>
/// Keyed hashes of the addresses, numbers and vendor ids of erased people: consulted on every inbound and outbound write. The list is
/// held in memory and read again every <see cref="Refresh"/>; whoever adds to it waits that long before relying on other processes.
/// Every group of hashes is in a blob too: a table that was restored from yesterday gets them back before the first change is applied.
/// </summary>
public sealed class SuppressionList(ITableStore tables, IBlobStore blobs, HubKeys keys, TimeProvider time, ILogger<SuppressionList> logger)
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private const string Blobs = "tombstones/";

    /// <summary>Says that the group of a blob is in the table; no hash starts with it.</summary>
    private const string Marker = "~";

    /// <summary>Changes with every addition and lift, so that who looks again reads one row while nobody else made any.</summary>
    private const string VersionRow = "version";
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile ConcurrentDictionary<string, bool> hashes = new(StringComparer.Ordinal);
    private volatile bool any;
    private bool restored;
    private string? version;
    private DateTimeOffset loadedAt = DateTimeOffset.MinValue;

    public async ValueTask EnsureFreshAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - loadedAt < Refresh)
            return;
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - loadedAt >= Refresh)
                await LoadAsync(cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>False costs nothing while nobody was erased.</summary>
    public bool Holds(string kind, string text) => Find(kind, text) is not null;

    public bool Holds(ExternalRef reference) => Find(reference) is not null;

    public bool Holds(RecordId record) => Holds("record", record.ToString());

    /// <summary>The tombstone by which something is known; null when there is none.</summary>
    public string? Find(string kind, string text) => any && keys.Hash(kind, text) is var hash && hashes.ContainsKey(hash) ? hash : null;

    public string? Find(ExternalRef reference) => any ? Find("link", reference.ToString()) : null;

    public Task AddAsync(string kind, string text, string reason, CancellationToken cancellationToken) =>
        AddAsync([keys.Hash(kind, text)], reason, cancellationToken);

    /// <summary>Adds hashes for one reason, which becomes part of a blob's name; the same again changes nothing.</summary>
    public async Task AddAsync(IReadOnlyList<string> added, string reason, CancellationToken cancellationToken)
    {
        if (added.Count == 0)
            return;
        string[] sorted = [.. added.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var text = string.Join('\n', sorted);
        var group = $"{reason}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8))}";
        await blobs.PutAsync(Blobs + group, Encoding.UTF8.GetBytes(text), cancellationToken);
        await WriteAsync(group, sorted, cancellationToken);
        await ChangeAsync(() => Remember(sorted), cancellationToken);
    }

    /// <summary>A fresh lawful consent lifts the tombstone.</summary>
    public async Task LiftAsync(string kind, string text, CancellationToken cancellationToken)
    {
        var hash = keys.Hash(kind, text);
        if (await tables.GetAsync(Tables.Suppressions, hash[..1], hash, cancellationToken) is { } row && row.Text("Reason") is { } reason)
            await UnblobAsync(reason, hash, cancellationToken);
        await tables.DeleteAsync(Tables.Suppressions, hash[..1], hash, null, cancellationToken);
        await ChangeAsync(() => hashes.TryRemove(hash, out _), cancellationToken);
    }

    private async Task UnblobAsync(string reason, string hash, CancellationToken cancellationToken)
    {
        await foreach (var name in blobs.ListAsync($"{Blobs}{reason}/", cancellationToken))
        {
            var kept = Lines(await blobs.GetAsync(name, cancellationToken)).Where(line => line != hash).ToArray();
            if (kept.Length == 0)
                await blobs.DeleteAsync(name, cancellationToken);
            else
                await blobs.PutAsync(name, Encoding.UTF8.GetBytes(string.Join('\n', kept)), cancellationToken);
        }
    }

    private async Task WriteAsync(string group, IReadOnlyList<string> added, CancellationToken cancellationToken)
    {
        var reason = group[..group.LastIndexOf('/')];
        foreach (var hash in added)
            await tables.UpsertAsync(Tables.Suppressions, new(hash[..1], hash, new Dictionary<string, object> { ["Reason"] = reason, ["At"] = time.GetUtcNow() }), cancellationToken);
        await tables.UpsertAsync(Tables.Suppressions, new(Marker, group.Replace('/', '|'), new Dictionary<string, object>()), cancellationToken);
    }

    private void Remember(IReadOnlyList<string> added)
    {
        foreach (var hash in added)
            hashes[hash] = true;
        any = true;
    }

    /// <summary>Never while the list is read, which would forget it again.</summary>
    private async Task ChangeAsync(Action change, CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            change();
            await ChangedAsync(cancellationToken);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>Where nobody else changed it since it was read, this process knows all of it: it need not read thousands of rows for its own.</summary>
    private async Task ChangedAsync(CancellationToken cancellationToken)
    {
        var row = new TableRow(Marker, VersionRow, new Dictionary<string, object> { ["At"] = time.GetUtcNow() });
        TableAction next = version is { } known ? new TableAction.Replace(row, known) : new TableAction.Insert(row);
        if (restored && await tables.WriteAsync(Tables.Suppressions, next, cancellationToken) is { Done: true } written)
            version = written.ETag;
        else
            await tables.UpsertAsync(Tables.Suppressions, row, cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow();
        var newest = (await tables.GetAsync(Tables.Suppressions, Marker, VersionRow, cancellationToken))?.ETag;
        if (restored && newest == version)
        {
            loadedAt = asOf;
            return;
        }
        var loaded = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        var groups = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.RowsAsync(Tables.Suppressions, TableRange.All, cancellationToken))
            if (row is { Partition: Marker, Row: VersionRow })
                continue;
            else if (row.Partition == Marker)
                groups.Add(row.Row.Replace('|', '/'));
            else
                loaded[row.Row] = true;
        (hashes, any) = (loaded, !loaded.IsEmpty);
        if (!restored)
            await RestoreAsync(groups, cancellationToken);
        restored = true;
        (version, loadedAt) = (newest, asOf);
    }

    /// <summary>Once a process, before it applies or writes anything.</summary>
    private async Task RestoreAsync(HashSet<string> groups, CancellationToken cancellationToken)
    {
        var missing = 0;
        await foreach (var name in blobs.ListAsync(Blobs, cancellationToken))
        {
            if (groups.Contains(name[Blobs.Length..]))
                continue;
            var lines = Lines(await blobs.GetAsync(name, cancellationToken));
            await WriteAsync(name[Blobs.Length..], lines, cancellationToken);
            Remember(lines);
            missing++;
        }
        if (missing == 0)
            return;
        await ChangedAsync(cancellationToken);
        logger.TombstonesRestored(missing);
    }

    private static string[] Lines(byte[]? bytes) => bytes is null ? [] : Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
