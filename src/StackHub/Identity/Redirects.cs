using System.Collections.Concurrent;
using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Identity;

/// <summary>
/// Which record a merged record lives on in. Held in memory, since merges are few, and read again now and then for those that other
/// processes made.
/// </summary>
public sealed class Redirects(ITableStore tables, TimeProvider time)
{
    public const string Partition = "redirect";

    /// <summary>Merges point to older records, so a chain ends; the bound is for a store that is broken.</summary>
    public const int MostHops = 10_000;
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim loading = new(1, 1);
    private ConcurrentDictionary<RecordId, RecordId> survivors = new();
    private DateTimeOffset loadedAt = DateTimeOffset.MinValue;

    /// <summary>The record an id stands for now: itself, or the end of its chain of merges.</summary>
    public RecordId Follow(RecordId id)
    {
        for (var hops = 0; hops < MostHops && survivors.TryGetValue(id, out var survivor); hops++)
            id = survivor;
        return id;
    }

    public async ValueTask EnsureFreshAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - loadedAt < Refresh)
            return;
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() - loadedAt < Refresh)
                return;
            var loaded = new ConcurrentDictionary<RecordId, RecordId>();
            await foreach (var row in tables.RowsAsync(Tables.Merges, TableRange.In(Partition), cancellationToken))
                loaded[RecordId.Parse(row.Row)] = RecordId.Parse(row.Text("To")!);
            survivors = loaded;
            loadedAt = time.GetUtcNow();
        }
        finally
        {
            loading.Release();
        }
    }

    public async Task AddAsync(RecordId loser, RecordId survivor, CancellationToken cancellationToken)
    {
        await tables.UpsertAsync(Tables.Merges, new(Partition, loser.ToString(), new Dictionary<string, object> { ["To"] = survivor.ToString() }), cancellationToken);
        survivors[loser] = survivor;
    }

    public async Task RemoveAsync(RecordId loser, CancellationToken cancellationToken)
    {
        await tables.DeleteAsync(Tables.Merges, Partition, loser.ToString(), null, cancellationToken);
        survivors.TryRemove(loser, out _);
    }
}
