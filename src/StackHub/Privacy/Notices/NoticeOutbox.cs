using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Notices;

/// <summary>
/// What is to be told outside and was not taken yet. A notice is kept before it is sent and removed after it was taken, so it goes at least
/// once; that it went is remembered for a while, so that the same thing is not told again.
/// </summary>
public sealed class NoticeOutbox(ITableStore tables, HubKeys keys, TimeProvider time)
{
    /// <summary>Longer than anything that would tell the same thing again looks back.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private const string Waiting = "waiting";
    private const string Told = "told";

    /// <summary>False when it was told, or waits already.</summary>
    public async Task<bool> AddAsync(OutgoingNotice notice, CancellationToken cancellationToken)
    {
        if (await tables.GetAsync(Tables.Notices, Told, notice.Id, cancellationToken) is not null)
            return false;
        return (await tables.InsertAsync(Tables.Notices, Row(notice, 0, time.GetUtcNow(), time.GetUtcNow()), cancellationToken)).Done;
    }

    public async Task<IReadOnlyList<WaitingNotice>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = new List<WaitingNotice>();
        await foreach (var row in tables.RowsAsync(Tables.Notices, TableRange.In(Waiting), cancellationToken))
            if (row.Value<DateTimeOffset>("NextAt") <= now)
                due.Add(Read(row));
        return due;
    }

    /// <summary>All that wait, for whoever looks why nothing arrives.</summary>
    public async Task<IReadOnlyList<WaitingNotice>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<WaitingNotice>();
        await foreach (var row in tables.RowsAsync(Tables.Notices, TableRange.In(Waiting), cancellationToken))
            all.Add(Read(row));
        return all;
    }

    public async Task TakenAsync(WaitingNotice notice, CancellationToken cancellationToken)
    {
        await tables.UpsertAsync(Tables.Notices, new(Told, notice.Notice.Id, new Dictionary<string, object> { ["At"] = time.GetUtcNow() }), cancellationToken);
        await tables.DeleteAsync(Tables.Notices, Waiting, notice.Notice.Id, null, cancellationToken);
    }

    /// <summary>It is tried again then; of two that failed at once one is enough.</summary>
    public Task PutOffAsync(WaitingNotice notice, DateTimeOffset until, CancellationToken cancellationToken) =>
        tables.WriteAsync(Tables.Notices, new TableAction.Replace(Row(notice.Notice, notice.Tries + 1, until, notice.Since), notice.ETag), cancellationToken);

    /// <summary>Forgets what was told long ago.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Remembered;
        var old = new List<string>();
        await foreach (var row in tables.RowsAsync(Tables.Notices, TableRange.In(Told), cancellationToken))
            if (row.Value<DateTimeOffset>("At") < before)
                old.Add(row.Row);
        foreach (var row in old)
            await tables.DeleteAsync(Tables.Notices, Told, row, null, cancellationToken);
    }

    private TableRow Row(OutgoingNotice notice, int tries, DateTimeOffset nextAt, DateTimeOffset since)
    {
        var values = new Dictionary<string, object> { ["Tries"] = tries, ["NextAt"] = nextAt, ["Since"] = since };
        RowParts.Put(values, keys.Seal(JsonSerializer.SerializeToUtf8Bytes(notice, NoticeJson.Default.OutgoingNotice)));
        return new(Waiting, notice.Id, values);
    }

    private WaitingNotice Read(TableRow row) => new(
        JsonSerializer.Deserialize(keys.Open(RowParts.Read(row)), NoticeJson.Default.OutgoingNotice)!,
        row.Value<int>("Tries")!.Value, row.Value<DateTimeOffset>("NextAt")!.Value, row.Value<DateTimeOffset>("Since")!.Value, row.ETag!);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutgoingNotice))]
[JsonSerializable(typeof(PrivacyEvent))]
internal sealed partial class NoticeJson : JsonSerializerContext;
