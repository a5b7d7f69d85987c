using System.Security.Cryptography;
using System.Text;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Audit.Imports;

/// <summary>The last good content of an inventory file: sealed, in parts, so that a list of a million people needs no memory.</summary>
/// <param name="Parts">Blobs the content is in.</param>
/// <param name="Hash">Of the content, so that the same file is taken once.</param>
public sealed record ImportSnapshot(string Name, ImportKind Kind, string Prefix, int Parts, string Hash, long Rows, long BadRows, DateTimeOffset At)
{
    /// <summary>The columns somebody chose, as they were then.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    public string? ETag { get; init; }
}

/// <summary>Keeps snapshots. New content is put beside the old, and takes its place in one write when it proved good.</summary>
public sealed class ImportSnapshots(ITableStore tables, IBlobStore blobs, HubKeys keys, TimeProvider time)
{
    private const string Partition = "imports";
    private const string ColumnPrefix = "C_";
    private const int PartBytes = 1024 * 1024;

    public async Task<ImportSnapshot?> FindAsync(string name, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.Audit, Partition, RowOf(name), cancellationToken) is { } row ? Read(row) : null;

    public async Task<IReadOnlyList<ImportSnapshot>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<ImportSnapshot>();
        await foreach (var row in tables.RowsAsync(Tables.Audit, TableRange.In(Partition), cancellationToken))
            found.Add(Read(row));
        return found;
    }

    /// <summary>Puts content away, not yet in use. Null when it is longer than any list.</summary>
    public async Task<ImportSnapshot?> PutAsync(string name, ImportKind kind, Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var at = time.GetUtcNow();
        var prefix = $"audit/{RowOf(name)}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PartBytes];
        var (parts, bytes) = (0, 0L);
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is var length and > 0)
        {
            hash.AppendData(buffer, 0, length);
            bytes += length;
            if (bytes > mostBytes)
                return null;
            await blobs.PutAsync(PartOf(prefix, parts++), keys.Seal(buffer.AsSpan(0, length)), cancellationToken);
        }

        return new(name, kind, prefix, parts, Convert.ToHexStringLower(hash.GetHashAndReset()), 0, 0, at);
    }

    public Stream Open(ImportSnapshot snapshot) => new PartStream(async (part, cancellationToken) =>
        part < snapshot.Parts ? keys.Open(await blobs.GetAsync(PartOf(snapshot.Prefix, part), cancellationToken) ?? throw new InvalidDataException($"A part of the snapshot of {snapshot.Name} is missing: import the file again.")) : null);

    /// <summary>From now on this content is in use; false when another import was faster.</summary>
    public async Task<bool> UseAsync(ImportSnapshot snapshot, ImportSnapshot? before, CancellationToken cancellationToken)
    {
        var row = Row(snapshot);
        var written = await tables.WriteAsync(Tables.Audit, before?.ETag is { } etag ? new TableAction.Replace(row, etag) : new TableAction.Insert(row), cancellationToken);
        return written.Done;
    }

    /// <summary>Deletes what is not in use of a file, also what an import that died left behind.</summary>
    public async Task SweepAsync(string name, CancellationToken cancellationToken)
    {
        var used = await FindAsync(name, cancellationToken);
        var idle = new List<string>();
        await foreach (var blob in blobs.ListAsync($"audit/{RowOf(name)}/", cancellationToken))
            if (used is null || !blob.StartsWith(used.Prefix + "/", StringComparison.Ordinal))
                idle.Add(blob);
        foreach (var blob in idle)
            await blobs.DeleteAsync(blob, cancellationToken);
    }

    private static string PartOf(string prefix, int part) => $"{prefix}/{part:D6}";

    private static string RowOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..24];

    private static TableRow Row(ImportSnapshot snapshot)
    {
        var values = new Dictionary<string, object>
        {
            ["Name"] = snapshot.Name,
            ["Kind"] = snapshot.Kind.ToString(),
            ["Prefix"] = snapshot.Prefix,
            ["Parts"] = snapshot.Parts,
            ["Hash"] = snapshot.Hash,
            ["Rows"] = snapshot.Rows,
            ["Bad"] = snapshot.BadRows,
            ["At"] = snapshot.At,
        };
        foreach (var (column, chosen) in snapshot.Columns)
            values[ColumnPrefix + column.Replace(' ', '_')] = chosen;
        return new(Partition, RowOf(snapshot.Name), values);
    }

    private static ImportSnapshot Read(TableRow row) => new(
        row.Text("Name")!, Enum.Parse<ImportKind>(row.Text("Kind")!), row.Text("Prefix")!, row.Value<int>("Parts")!.Value, row.Text("Hash")!,
        row.Value<long>("Rows")!.Value, row.Value<long>("Bad")!.Value, row.Value<DateTimeOffset>("At")!.Value)
    {
        Columns = row.Values.Where(value => value.Key.StartsWith(ColumnPrefix, StringComparison.Ordinal)).ToDictionary(value => value.Key[ColumnPrefix.Length..].Replace('_', ' '), value => (string)value.Value, StringComparer.Ordinal),
        ETag = row.ETag,
    };
}
