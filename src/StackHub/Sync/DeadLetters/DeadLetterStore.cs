using System.Globalization;
using System.Text;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Telemetry;

namespace StackHub.Sync.DeadLetters;

/// <summary>Dead letters in the table store, oldest first.</summary>
public sealed class DeadLetterStore(ITableStore tables)
{
    private const string Partition = "letter";

    /// <summary>The same failure of the same record and field is one letter, kept at its newest state.</summary>
    public static string IdOf(DateTimeOffset at, SystemId system, RecordId record, string? field) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds():D14}-{system}-{record}-{field ?? "record"}");

    public Task AddAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, object> { ["At"] = letter.At, ["Code"] = letter.Code, ["Message"] = letter.Message };
        if (letter.System is { } system)
            values["System"] = system.Name;
        if (letter.Record is { } record)
            values["Record"] = record.ToString();
        if (letter.Kind is { } kind)
            values["Kind"] = (int)kind;
        if (letter.Field is { } field)
            values["Field"] = field;
        if (letter.Queue is { } queue)
            values["Queue"] = queue;
        if (letter.Body is { } body)
            RowParts.Put(values, Encoding.UTF8.GetBytes(body));
        HubMetrics.DeadLetter(letter.System?.Name ?? letter.Queue ?? "hub");
        return tables.UpsertAsync(Tables.DeadLetters, new(Partition, letter.Id, values), cancellationToken);
    }

    public async Task<DeadLetter?> GetAsync(string id, CancellationToken cancellationToken) =>
        await tables.GetAsync(Tables.DeadLetters, Partition, id, cancellationToken) is { } row ? Of(row) : null;

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => tables.DeleteAsync(Tables.DeadLetters, Partition, id, null, cancellationToken);

    public async Task<(IReadOnlyList<DeadLetter> Letters, string? Next)> ListAsync(string? from, int take, CancellationToken cancellationToken)
    {
        var page = await tables.QueryAsync(Tables.DeadLetters, TableRange.In(Partition), take, from, cancellationToken);
        return ([.. page.Rows.Select(Of)], page.Continuation);
    }

    private static DeadLetter Of(TableRow row) => new(row.Row, row.Value<DateTimeOffset>("At")!.Value, row.Text("Code")!, row.Text("Message")!)
    {
        System = row.Text("System") is { } system ? new SystemId(system) : null,
        Record = RecordId.TryParse(row.Text("Record")),
        Kind = (RecordKind?)row.Value<int>("Kind"),
        Field = row.Text("Field"),
        Queue = row.Text("Queue"),
        Body = row.Bytes("D0") is null ? null : Encoding.UTF8.GetString(RowParts.Read(row)),
    };
}
