using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Web.Idempotency;

/// <summary>Keys of POSTs and their answers, kept a day; keys and requests as keyed hashes, answers sealed.</summary>
internal sealed class IdempotencyStore(ITableStore tables, HubKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>A request that was under way this long ago died with its process.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<IdempotencyEntry> ClaimAsync(string caller, string key, string request, CancellationToken cancellationToken)
    {
        var row = keys.Hash("idempotency-key", $"{caller}\n{key}");
        var hash = keys.Hash("idempotency-request", request);
        var fresh = ToRow(row, hash, null);
        var inserted = await tables.InsertAsync(Tables.Idempotency, fresh, cancellationToken);
        if (inserted.Done)
            return new IdempotencyEntry.Mine(row, hash, inserted.ETag!);
        if (await tables.GetAsync(Tables.Idempotency, Partition(row), row, cancellationToken) is not { } held)
            return new IdempotencyEntry.InProgress(); // let go a moment ago: the next try gets it
        if (!IsOver(held))
            return held.Text("Request") != hash ? new IdempotencyEntry.OtherRequest() : AnswerOf(held);
        var replaced = await tables.WriteAsync(Tables.Idempotency, new TableAction.Replace(fresh, held.ETag!), cancellationToken);
        return replaced.Done ? new IdempotencyEntry.Mine(row, hash, replaced.ETag!) : new IdempotencyEntry.InProgress();
    }

    public Task AnswerAsync(IdempotencyEntry.Mine mine, StoredAnswer answer, CancellationToken cancellationToken) =>
        tables.WriteAsync(Tables.Idempotency, new TableAction.Replace(ToRow(mine.Row, mine.Request, answer), mine.ETag), cancellationToken);

    /// <summary>The request came to nothing: it may be sent again under its key.</summary>
    public Task LetGoAsync(IdempotencyEntry.Mine mine, CancellationToken cancellationToken) =>
        tables.DeleteAsync(Tables.Idempotency, Partition(mine.Row), mine.Row, mine.ETag, cancellationToken);

    /// <summary>Deletes what is over.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var row in tables.RowsAsync(Tables.Idempotency, TableRange.All, cancellationToken))
            if (time.GetUtcNow() - row.Value<DateTimeOffset>("At") > Life)
                await tables.DeleteAsync(Tables.Idempotency, row.Partition, row.Row, row.ETag, cancellationToken);
    }

    private bool IsOver(TableRow row) => time.GetUtcNow() - row.Value<DateTimeOffset>("At") > (row.Value<int>("Status") is null ? Patience : Life);

    private IdempotencyEntry AnswerOf(TableRow row) => row.Value<int>("Status") is { } status
        ? new IdempotencyEntry.Answered(new(status, row.Text("Type"), row.Text("Location"), row.Bytes("Body") is { } body ? keys.Open(body) : []))
        : new IdempotencyEntry.InProgress();

    private TableRow ToRow(string row, string request, StoredAnswer? answer)
    {
        var values = new Dictionary<string, object> { ["Request"] = request, ["At"] = time.GetUtcNow() };
        if (answer is not null)
            values["Status"] = answer.Status;
        if (answer?.ContentType is { } type)
            values["Type"] = type;
        if (answer?.Location is { } location)
            values["Location"] = location;
        if (answer is { Body.Length: > 0 })
            values["Body"] = keys.Seal(answer.Body);
        return new(Partition(row), row, values);
    }

    private static string Partition(string row) => row[..2];
}
