using System.IO.Compression;
using StackHub.Storage;

namespace StackHub.Records;

/// <summary>A record as it was read, with the version that a save must match.</summary>
/// <param name="Version">Rises by one with each save.</param>
public sealed record StoredRecord(HubRecord Record, string ETag, long Version);

/// <summary>
/// Records in the table store: compressed when large, in as many parts as a row allows, in a blob beyond that. Changes are made under
/// optimistic concurrency; what was read last is kept in memory, which is safe because a save from a stale copy is refused and read again.
/// </summary>
public sealed class RecordStore(ITableStore tables, IBlobStore blobs, RecordCache cache)
{
    private const int MaxAttempts = 20;
    private const int CompressFrom = 8 * 1024;
    private const int MaxInRow = 900 * 1024;
    private readonly SemaphoreSlim[] gates = [.. Enumerable.Range(0, 1_024).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>The record as this process last saw it; null when there is none.</summary>
    public async ValueTask<StoredRecord?> GetAsync(RecordId id, CancellationToken cancellationToken) =>
        cache.Get(id) ?? await ReadAsync(id, cancellationToken);

    /// <summary>The record at the version or a later one; the copy in memory serves when it is new enough.</summary>
    public async ValueTask<StoredRecord?> GetAsync(RecordId id, long version, CancellationToken cancellationToken) =>
        cache.Get(id) is { } stored && stored.Version >= version ? stored : await ReadAsync(id, cancellationToken);

    /// <summary>The record as it is stored now.</summary>
    public async Task<StoredRecord?> ReadAsync(RecordId id, CancellationToken cancellationToken)
    {
        var row = await tables.GetAsync(Tables.Records, Partition(id), id.ToString(), cancellationToken);
        if (row is null)
        {
            cache.Remove(id);
            return null;
        }
        var stored = new StoredRecord(await DecodeAsync(row, cancellationToken), row.ETag!, row.Value<long>("V") ?? 0);
        cache.Set(stored);
        return stored;
    }

    /// <summary>
    /// Applies a pure change to the newest version and saves it; repeats it when somebody else saved in between. Returning the same
    /// instance saves nothing.
    /// </summary>
    /// <param name="change">From the stored record (null when there is none) to the record to store (null leaves it absent).</param>
    public Task<RecordChange> ChangeAsync(RecordId id, Func<HubRecord?, HubRecord?> change, CancellationToken cancellationToken) =>
        ChangeAsync(id, isNew: false, change, cancellationToken);

    /// <param name="isNew">The id was just made: there is nothing to read, and should there be, the insert is refused and it is read then.</param>
    /// <inheritdoc cref="ChangeAsync(RecordId, Func{HubRecord, HubRecord}, CancellationToken)"/>
    public async Task<RecordChange> ChangeAsync(RecordId id, bool isNew, Func<HubRecord?, HubRecord?> change, CancellationToken cancellationToken)
    {
        var gate = gates[(uint)id.GetHashCode() % (uint)gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            var stored = isNew ? cache.Get(id) : await GetAsync(id, cancellationToken);
            for (var attempt = 0; attempt < MaxAttempts; attempt++)
            {
                var after = change(stored?.Record);
                if (after is null || ReferenceEquals(after, stored?.Record) || after.Equals(stored?.Record))
                    return new(stored?.Record, stored?.Record);
                if (await SaveAsync(after, stored, cancellationToken))
                    return new(stored?.Record, after);
                stored = await ReadAsync(id, cancellationToken);
            }
            throw new InvalidOperationException($"Record {id} was changed by others {MaxAttempts} times in a row.");
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>All records in storage order from a resumable place: a page and where the next one starts (null at the end).</summary>
    public async Task<(IReadOnlyList<HubRecord> Records, string? Next)> ScanAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.Records, TableRange.All, take, from, cancellationToken);
        var records = new List<HubRecord>(page.Rows.Count);
        foreach (var row in page.Rows)
            records.Add(await DecodeAsync(row, cancellationToken));
        return (records, page.Continuation);
    }

    /// <summary>Leaves nothing of the record, older versions in blobs included; the rows and blobs there were.</summary>
    public async Task<int> EraseAsync(RecordId id, CancellationToken cancellationToken)
    {
        var erased = 0;
        await foreach (var blob in blobs.ListAsync($"records/{id}/", cancellationToken))
            erased += await blobs.DeleteAsync(blob, cancellationToken) ? 1 : 0;
        erased += (await tables.DeleteAsync(Tables.Records, Partition(id), id.ToString(), null, cancellationToken)).Done ? 1 : 0;
        cache.Remove(id);
        return erased;
    }

    private async Task<bool> SaveAsync(HubRecord record, StoredRecord? before, CancellationToken cancellationToken)
    {
        var version = (before?.Version ?? 0) + 1;
        var row = await EncodeAsync(record, version, cancellationToken);
        var written = await tables.WriteAsync(Tables.Records, before is null ? new TableAction.Insert(row) : new TableAction.Replace(row, before.ETag), cancellationToken);
        if (written.Done)
            cache.Set(new(record, written.ETag!, version));
        return written.Done;
    }

    private async Task<TableRow> EncodeAsync(HubRecord record, long version, CancellationToken cancellationToken)
    {
        var bytes = RecordJson.Write(record);
        var values = new Dictionary<string, object>(4) { ["K"] = (int)record.Kind, ["V"] = version };
        if (bytes.Length > CompressFrom)
        {
            bytes = Compress(bytes);
            values["Z"] = true;
        }
        if (bytes.Length > MaxInRow)
        {
            // Each version has its own blob, so that a reader of the old row never meets the new bytes.
            var name = $"records/{record.Id}/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes).AsSpan(0, 8))}";
            await blobs.PutAsync(name, bytes, cancellationToken);
            values["B"] = name;
            return new(Partition(record.Id), record.Id.ToString(), values);
        }
        RowParts.Put(values, bytes);
        return new(Partition(record.Id), record.Id.ToString(), values);
    }

    private async Task<HubRecord> DecodeAsync(TableRow row, CancellationToken cancellationToken)
    {
        var bytes = row.Text("B") is { } blob
            ? await blobs.GetAsync(blob, cancellationToken) ?? throw new InvalidDataException($"Record {row.Row}: its blob '{blob}' is missing.")
            : RowParts.Read(row);
        return RecordJson.Read(row.Value<bool>("Z") == true ? Decompress(bytes) : bytes);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var output = new MemoryStream(bytes.Length / 3);
        using (var deflate = new DeflateStream(output, CompressionLevel.Fastest))
            deflate.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Decompress(byte[] bytes)
    {
        using var input = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var output = new MemoryStream(bytes.Length * 4);
        input.CopyTo(output);
        return output.ToArray();
    }

    /// <summary>256 partitions by the id's random end; its beginning is the clock.</summary>
    private static string Partition(RecordId id) => id.ToString()[^2..];
}

/// <summary>A change's two ends; the same instance when nothing changed.</summary>
public sealed record RecordChange(HubRecord? Before, HubRecord? After)
{
    public bool Changed => !ReferenceEquals(Before, After);
}
