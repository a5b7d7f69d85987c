using System.Collections.Frozen;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Suppression;

/// <summary>
/// Keyed hashes of the addresses, numbers and vendor ids of erased people: consulted on every inbound and outbound write. The list is
/// held in memory and read again every <see cref="Refresh"/>; whoever adds to it waits that long before relying on other processes.
/// </summary>
public sealed class SuppressionList(ITableStore tables, HubKeys keys, TimeProvider time)
{
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim loading = new(1, 1);
    private FrozenSet<string> hashes = [];
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
    public bool Holds(string kind, string text) => hashes.Count > 0 && hashes.Contains(keys.Hash(kind, text));

    public bool Holds(ExternalRef reference) => Holds("link", reference.ToString());

    public bool Holds(RecordId record) => Holds("record", record.ToString());

    public async Task AddAsync(string kind, string text, string reason, CancellationToken cancellationToken)
    {
        var hash = keys.Hash(kind, text);
        var row = new TableRow(hash[..1], hash, new Dictionary<string, object> { ["Reason"] = reason, ["At"] = time.GetUtcNow() });
        await tables.UpsertAsync(Tables.Suppressions, row, cancellationToken);
        await LoadAsync(cancellationToken);
    }

    /// <summary>A fresh lawful consent lifts the tombstone.</summary>
    public async Task LiftAsync(string kind, string text, CancellationToken cancellationToken)
    {
        var hash = keys.Hash(kind, text);
        await tables.DeleteAsync(Tables.Suppressions, hash[..1], hash, null, cancellationToken);
        await LoadAsync(cancellationToken);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var asOf = time.GetUtcNow();
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in tables.RowsAsync(Tables.Suppressions, TableRange.All, cancellationToken))
            loaded.Add(row.Row);
        hashes = loaded.ToFrozenSet(StringComparer.Ordinal);
        loadedAt = asOf;
    }
}
