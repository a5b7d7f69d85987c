using StackHub.Records;
using StackHub.Storage;

namespace StackHub.Sync.Outbox;

/// <summary>"This record may differ in that system": however many changes wait, one row. Its key sorts by lane, then kind, then record.</summary>
public sealed record OutboxRow(SystemId System, RecordKind Kind, RecordId Record, Lane Lane)
{
    /// <summary>Set on a row that was read.</summary>
    public string? ETag { get; init; }

    public DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>Not tried before this (backoff).</summary>
    public DateTimeOffset DueAt { get; init; }

    public int Attempts { get; init; }

    public string? Trace { get; init; }

    /// <summary>The record's version that differed; a reader with an older copy must read again.</summary>
    public long Version { get; init; }

    public static string PartitionOf(SystemId system, int shard) => $"{system}|{shard:D2}";

    public int Shard(int shards) => Record.Bucket % shards;

    public string Row => $"{(int)Lane}{(int)Kind}{Record}";

    public TableRow ToRow(int shards)
    {
        var values = new Dictionary<string, object>(4) { ["At"] = EnqueuedAt.ToUnixTimeMilliseconds(), ["V"] = Version };
        if (DueAt > DateTimeOffset.UnixEpoch)
            values["Due"] = DueAt.ToUnixTimeMilliseconds();
        if (Attempts > 0)
            values["Tries"] = Attempts;
        if (Trace is not null)
            values["Trace"] = Trace;
        return new(PartitionOf(System, Shard(shards)), Row, values);
    }

    public static OutboxRow Of(TableRow row) => new(
        new(row.Partition[..row.Partition.LastIndexOf('|')]), (RecordKind)(row.Row[1] - '0'), RecordId.Parse(row.Row[2..]), (Lane)(row.Row[0] - '0'))
    {
        ETag = row.ETag,
        EnqueuedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Value<long>("At") ?? 0),
        DueAt = DateTimeOffset.FromUnixTimeMilliseconds(row.Value<long>("Due") ?? 0),
        Attempts = row.Value<int>("Tries") ?? 0,
        Trace = row.Text("Trace"),
        Version = row.Value<long>("V") ?? 0,
    };
}
