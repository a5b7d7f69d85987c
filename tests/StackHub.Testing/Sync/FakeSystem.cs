using System.Collections.Immutable;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Testing.Sync;

/// <summary>
/// A system in memory, with its own clock and its own habits: it may normalise what is written, lose answers, fail, and forget that an
/// address is unique. Edits by people leave a trail of changes that a test hands to the hub as it likes: shuffled, repeated or not at all.
/// </summary>
public sealed class FakeSystem(string name, TimeProvider time) : IConnector, IStageOptions
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Row> rows = new(StringComparer.Ordinal);
    private int created;

    public static readonly ConnectorInfo FakeInfo = new()
    {
        Vendor = "fake",
        DisplayName = "Fake",
        Docs = new("https://example.com/"),
        Scopes = [],
        Objects =
        [
            new("companies", RecordKind.Account) { ReadBatch = 50, WriteBatch = 10, IndexLag = TimeSpan.Zero, DatesFields = true },
            new("people", RecordKind.Person) { ReadBatch = 50, WriteBatch = 10, IndexLag = TimeSpan.Zero, DatesFields = true },
        ],
        Limits = [],
        Settings = [],
        DefaultMaps =
        [
            new("companies", RecordKind.Account, [new("name", "name"), new("domain", "domain"), new(FieldDefinition.HubId, "hub_id") { Direction = MapDirection.In }]),
            new("people", RecordKind.Person,
            [
                new("email", "mail") { Type = FieldType.Email },
                new("firstName", "first"),
                new("lastName", "last"),
                new("phone", "tel"),
                new("title", "job"),
                new("lifecycleStage", "stage"),
                new("emailOptOut", "optout") { Type = FieldType.Boolean },
                new("account", "company") { Type = FieldType.Reference, To = RecordKind.Account },
                new(FieldDefinition.HubId, "hub_id") { Direction = MapDirection.In },
            ]),
        ],
    };

    /// <summary>The options of its stage field, as people there have set them up.</summary>
    public List<StageOption> Stages { get; } = [];

    /// <summary>It cannot be asked for its options.</summary>
    public bool StagesAreAway { get; set; }

    public Task<IReadOnlyList<StageOption>> StagesAsync(CancellationToken cancellationToken) =>
        StagesAreAway ? throw new VendorUnavailableException(System, "away") : Task.FromResult<IReadOnlyList<StageOption>>([.. Stages]);

    /// <summary>Called before each read by id; may throw as a vendor fails.</summary>
    public Func<Task>? BeforeRead { get; set; }

    /// <summary>Called before each write call with the number of the call; may throw as a vendor fails.</summary>
    public Func<string, Task>? BeforeWrite { get; set; }

    /// <summary>Called after a write was stored; throwing loses the answer.</summary>
    public Func<string, Task>? AfterWrite { get; set; }

    /// <summary>What the system makes of a value that is written.</summary>
    public Func<string, string?, string?> Normalise { get; set; } = (_, value) => value;

    /// <summary>Answers one record's refusal, or null.</summary>
    public Func<RecordWrite, WriteOutcome?> Refuse { get; set; } = _ => null;

    public SystemId System { get; } = new(name);

    public ConnectorInfo Info { get; init; } = FakeInfo;

    public IWebhookReceiver? Webhooks { get; init; }

    public int WriteCalls { get; private set; }

    public int RecordsWritten { get; private set; }

    /// <summary>What people's edits said, in the order they were made.</summary>
    public List<Change> Edits { get; } = [];

    public IReadOnlyDictionary<string, ImmutableSortedDictionary<string, string?>> Live(string type)
    {
        lock (gate)
            return rows.Where(row => row.Value.Type == type && !row.Value.Deleted).ToDictionary(row => row.Key, row => row.Value.Fields);
    }

    /// <summary>A person makes a record.</summary>
    public string Create(string type, params (string Field, string? Value)[] fields)
    {
        lock (gate)
            return Edited(Add(type, fields, null).Id);
    }

    /// <summary>A person edits a record; the change says only what was edited, as a property webhook does.</summary>
    public void Edit(string id, string field, string? value)
    {
        lock (gate)
        {
            var row = rows[id];
            var at = Tick();
            rows[id] = row with { Fields = row.Fields.SetItem(field, Normalise(field, value)), Times = row.Times.SetItem(field, at), ModifiedAt = at };
            Edits.Add(Notice(rows[id], at, [field]));
        }
    }

    public void Delete(string id)
    {
        lock (gate)
        {
            var at = Tick();
            rows[id] = rows[id] with { Deleted = true, ModifiedAt = at };
            Edits.Add(new Change.Deleted(Ref(rows[id].Type, id), at));
        }
    }

    /// <summary>Somebody takes it out of the bin.</summary>
    public void Restore(string id)
    {
        lock (gate)
        {
            rows[id] = rows[id] with { Deleted = false, ModifiedAt = Tick() };
            Edits.Add(Whole(rows[id]));
        }
    }

    public async IAsyncEnumerable<ScanPage> ScanAsync(string objectType, IReadOnlyList<string> fields, string? checkpoint, [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Yield();
            Change.Seen[] page;
            lock (gate)
                page = [.. rows.Where(row => row.Value.Type == objectType && !row.Value.Deleted && string.CompareOrdinal(row.Key, checkpoint) > 0).Take(20).Select(row => Whole(row.Value))];
            checkpoint = page.Length < 20 ? null : page[^1].Ref.Id;
            yield return new(page, checkpoint);
            if (checkpoint is null)
                yield break;
        }
    }

    public async IAsyncEnumerable<FeedPage> ChangesAsync(string objectType, IReadOnlyList<string> fields, FeedPosition from, DateTimeOffset until, [global::System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        Change[] page;
        lock (gate)
            page = [.. rows.Values.Where(row => row.Type == objectType && row.ModifiedAt >= from.Time && row.ModifiedAt <= until).OrderBy(row => row.ModifiedAt).Select(row => row.Deleted ? (Change)new Change.Deleted(Ref(row.Type, row.Id), row.ModifiedAt) : Whole(row))];
        yield return new(page, FeedPosition.At(until));
    }

    public async Task<IReadOnlyList<Change>> ReadAsync(string objectType, IReadOnlyList<string> fields, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        if (BeforeRead is { } before)
            await before();
        lock (gate)
            return [.. ids.Select(id => rows.TryGetValue(id, out var row) && !row.Deleted ? (Change)Whole(row) : new Change.Deleted(Ref(objectType, id), Tick()))];
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        lock (gate)
            WriteCalls++;
        if (BeforeWrite is { } before)
            await before(objectType);
        WriteOutcome[] outcomes;
        lock (gate)
            outcomes = [.. writes.Select(write => Refuse(write) ?? Write(objectType, write))];
        await TravelAsync(cancellationToken);
        if (AfterWrite is { } after)
            await after(objectType);
        return outcomes;
    }

    public IReadOnlyList<PlannedRequest> Preview(string objectType, IReadOnlyList<RecordWrite> writes) => [.. writes.Select(write => new PlannedRequest("POST", $"/{objectType}/{write.Target}", null))];

    public Task<IReadOnlyList<WriteOutcome>> DeleteAsync(string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
            Delete(id);
        return Task.FromResult<IReadOnlyList<WriteOutcome>>([.. ids.Select(_ => new WriteOutcome.Gone())]);
    }

    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    /// <summary>Dates changes in whole seconds and by the record, and answers a write with no more than "stored", as Salesforce does.</summary>
    public bool IsCoarse
    {
        get;
        init
        {
            field = value;
            if (!value)
                return;
            DatesFields = false;
            Info = FakeInfo with { Objects = [.. FakeInfo.Objects.Select(type => type with { DatesFields = false, TimePrecision = TimeSpan.FromSeconds(1) })] };
        }
    }

    /// <summary>Where the vendor's clock does not tell calls apart, the time they take does.</summary>
    private async Task TravelAsync(CancellationToken cancellationToken)
    {
        if (IsCoarse)
            await Task.Delay(2, cancellationToken);
        else
            await Task.Yield();
    }

    /// <summary>The record as a full read sees it: dated by the record, as most vendors do, or by the field.</summary>
    public bool DatesFields { get; set; } = true;

    public Change.Seen Whole(string id)
    {
        lock (gate)
            return Whole(rows[id]);
    }

    private Change Notice(Row row, DateTimeOffset at, string[] fields) => IsCoarse
        ? new Change.Touched(Ref(row.Type, row.Id))
        : new Change.Seen(new(Ref(row.Type, row.Id), at, fields.ToDictionary(field => field, field => new ExternalValue(row.Fields[field], at))));

    private DateTimeOffset Told(DateTimeOffset at) => IsCoarse ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond)) : at;

    private Change.Seen Whole(Row row) => new(new(Ref(row.Type, row.Id), Told(row.ModifiedAt),
        Info.DefaultMaps.First(map => map.ObjectType == row.Type).Fields
            .ToDictionary(field => field.VendorField, field => new ExternalValue(row.Fields.GetValueOrDefault(field.VendorField), DatesFields ? row.Times.GetValueOrDefault(field.VendorField, row.CreatedAt) : null)))
    { Complete = true });

    /// <summary>An upsert by the hub's mark, as vendors with an external id do.</summary>
    private WriteOutcome Write(string type, RecordWrite write)
    {
        RecordsWritten++;
        var mark = write.HubId.ToString();
        var row = write.Target is { } target
            ? rows.GetValueOrDefault(target)
            : rows.Values.FirstOrDefault(row => row.Type == type && !row.Deleted && row.Fields.GetValueOrDefault("hub_id") == mark);
        if (write.Target is not null && row is not { Deleted: false })
            return new WriteOutcome.Gone();
        var fields = write.Fields.Select(field => (field.VendorField, field.Value.Text)).ToArray();
        if (row is null && fields.FirstOrDefault(field => field.VendorField == "mail").Text is { } mail
            && rows.Values.FirstOrDefault(known => known.Type == type && !known.Deleted && known.Fields.GetValueOrDefault("mail") == Normalise("mail", mail)) is { } same)
            return new WriteOutcome.Existing(Ref(type, same.Id));
        var isNew = row is null;
        row ??= Add(type, [], mark);
        var at = Tick();
        foreach (var (field, value) in fields)
            row = row with { Fields = row.Fields.SetItem(field, Normalise(field, value)), Times = row.Times.SetItem(field, at), ModifiedAt = at };
        rows[row.Id] = row;
        // The vendor tells of API writes like of any others: these are the echoes.
        Edits.Add(Notice(row, at, [.. fields.Select(field => field.VendorField)]));
        return IsCoarse ? new WriteOutcome.Stored(Ref(type, row.Id), isNew) : new WriteOutcome.Stored(Ref(type, row.Id), isNew, at, fields.ToDictionary(field => field.VendorField, field => row.Fields[field.VendorField]));
    }

    private Row Add(string type, IEnumerable<(string Field, string? Value)> fields, string? mark)
    {
        var at = Tick();
        var id = $"{name[0]}{++created:D5}";
        var values = fields.Append(("hub_id", mark)).ToImmutableSortedDictionary(field => field.Item1, field => Normalise(field.Item1, field.Item2), StringComparer.Ordinal);
        return rows[id] = new(id, type, values, values.ToImmutableSortedDictionary(field => field.Key, _ => at, StringComparer.Ordinal), at, at, false);
    }

    private string Edited(string id)
    {
        Edits.Add(Whole(rows[id]));
        return id;
    }

    private ExternalRef Ref(string type, string id) => new(System, type, id);

    /// <summary>Vendor times never repeat, so that the newest edit is one.</summary>
    private DateTimeOffset Tick() => Merged(time.GetUtcNow());

    private DateTimeOffset last;

    private DateTimeOffset Merged(DateTimeOffset now)
    {
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return last = now > last ? now : last.AddMilliseconds(1);
    }

    private sealed record Row(string Id, string Type, ImmutableSortedDictionary<string, string?> Fields, ImmutableSortedDictionary<string, DateTimeOffset> Times, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, bool Deleted);
}
