using System.Buffers;
using System.Globalization;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Push;

/// <summary>
/// Notes of the writes that a shard has under way, made durable before the first of them is sent. When a process dies between a call
/// and its receipt, whoever takes over turns the notes into <see cref="HubWrite.Unanswered"/> facts: then what the system says of that
/// call is known as ours instead of looking like a person's newer edit, and a create that may have happened is looked up first.
/// </summary>
public sealed class SentNotes(HubModel model, ITableStore tables, RecordStore records, Redirects redirects, Emitter emitter)
{
    /// <summary>A row takes notes up to here: larger ones would be the largest objects in memory.</summary>
    private const int FullRow = TableLimits.MaxBinaryBytes;

    /// <summary>A single write beyond that is more than any vendor takes, and is not noted.</summary>
    private const int MaxWrite = 8 * TableLimits.MaxBinaryBytes;

    /// <summary>The rows the notes took; <see cref="ForgetAsync"/> wants to know.</summary>
    public async Task<int> NoteAsync(string shard, IEnumerable<HubRecord> sent, CancellationToken cancellationToken)
    {
        var writes = Packed(sent).Select((bytes, row) => tables.UpsertAsync(Tables.Sent, ToRow(shard, row, bytes), cancellationToken)).ToArray();
        await Task.WhenAll(writes);
        return writes.Length;
    }

    public Task ForgetAsync(string shard, int rows, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, rows).Select(row => tables.DeleteAsync(Tables.Sent, shard, KeyOf(row), null, cancellationToken)));

    /// <summary>Takes in what a process that ended left behind.</summary>
    public async Task RecoverAsync(string shard, CancellationToken cancellationToken)
    {
        var doubted = new HashSet<RecordId>();
        await foreach (var row in tables.RowsAsync(Tables.Sent, TableRange.In(shard), cancellationToken))
        {
            foreach (var sent in Unpacked(row))
                doubted.Add(await DoubtAsync(sent, cancellationToken));
            await emitter.EmitAsync(doubted, Lane.Interactive, null, cancellationToken);
            await tables.DeleteAsync(Tables.Sent, row.Partition, row.Row, row.ETag, cancellationToken);
        }
    }

    /// <summary>A write may have been stored: the record it is in now.</summary>
    public async Task<RecordId> DoubtAsync(HubRecord sent, CancellationToken cancellationToken)
    {
        var id = redirects.Follow(sent.Id);
        await records.ChangeAsync(id, record => record?.WithSent(sent.Links, model.Horizon), cancellationToken);
        return id;
    }

    /// <summary>A row without the notes of some records: null when none is left; and how many went.</summary>
    public static (TableRow? Kept, int Removed) Without(TableRow row, IReadOnlySet<RecordId> records)
    {
        HubRecord[] all = [.. Unpacked(row)];
        HubRecord[] kept = [.. all.Where(sent => !records.Contains(sent.Id))];
        if (kept.Length == all.Length || kept.Length == 0)
            return (null, all.Length - kept.Length);
        var values = new Dictionary<string, object>(1);
        RowParts.Put(values, Packed(kept).Single());
        return (new(row.Partition, row.Row, values), all.Length - kept.Length);
    }

    private static IEnumerable<byte[]> Packed(IEnumerable<HubRecord> sent)
    {
        var row = new ArrayBufferWriter<byte>();
        foreach (var bytes in sent.Select(RecordJson.Write).Where(bytes => bytes.Length < MaxWrite))
        {
            if (row.WrittenCount > 0 && row.WrittenCount + bytes.Length + 1 > FullRow)
            {
                yield return row.WrittenSpan.ToArray();
                row.ResetWrittenCount();
            }
            row.Write(bytes);
            row.Write("\n"u8);
        }
        if (row.WrittenCount > 0)
            yield return row.WrittenSpan.ToArray();
    }

    private static IEnumerable<HubRecord> Unpacked(TableRow row)
    {
        var rest = RowParts.Read(row).AsMemory();
        for (var end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
        {
            yield return RecordJson.Read(rest[..end]);
            rest = rest[(end + 1)..];
        }
    }

    private static TableRow ToRow(string shard, int row, byte[] bytes)
    {
        var values = new Dictionary<string, object>(1);
        RowParts.Put(values, bytes);
        return new(shard, KeyOf(row), values);
    }

    private static string KeyOf(int row) => row.ToString("D4", CultureInfo.InvariantCulture);
}
