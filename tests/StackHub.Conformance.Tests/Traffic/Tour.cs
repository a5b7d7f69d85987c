using System.Collections.Concurrent;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;

namespace StackHub.Conformance.Tests.Traffic;

/// <summary>Leads one connector through all that <see cref="IConnector"/> offers, for every object type and every field of its default maps.</summary>
internal sealed class Tour(VendorUnderTest vendor, IConnector connector, FakeTokens tokens, Action<string, int> called, IReadOnlyDictionary<string, string> choices) : IAsyncDisposable
{
    private readonly Dictionary<RecordKind, List<string>> made = [];
    private int hubIds;

    public VendorUnderTest Vendor => vendor;

    public IConnector Connector => connector;

    public IReadOnlyList<string> Made(RecordKind kind) => made.GetValueOrDefault(kind) ?? [];

    public static Tour Start(VendorUnderTest vendor, ConcurrentDictionary<string, bool> called, IReadOnlyDictionary<string, string> choices)
    {
        var tokens = new FakeTokens();
        void Called(string operation, int records) => called.TryAdd(operation, true);
        return new Tour(vendor, vendor.Connect(new FakeBudget(TimeProvider.System), tokens, Called), tokens, Called, choices);
    }

    public async Task SetUpAsync()
    {
        await connector.CheckAsync(default);
        if (connector is IVendorSetup setup)
            await setup.EnsureCustomFieldsAsync(default);
        await connector.CheckAsync(default);
    }

    public async Task EverythingAsync(Func<Tour, Task> detour)
    {
        await SetUpAsync();
        var from = vendor.Time.GetUtcNow();
        foreach (var map in connector.Info.DefaultMaps)
            await WriteAsync(map);
        await TroubleAsync();
        await detour(this);
        foreach (var map in connector.Info.DefaultMaps)
            await ReadAsync(map, from);
        foreach (var map in connector.Info.DefaultMaps.Reverse())
            await DeleteAsync(map, from);
        await EraseAsync(connector.Info.DefaultMaps.First(map => map.ObjectType == vendor.ObjectType));
        await AskAsync();
    }

    /// <summary>What only some vendors tell: who uses the tool, and which stages there are.</summary>
    private async Task AskAsync()
    {
        if (connector is IVendorUsage usage)
        {
            await foreach (var _ in usage.UsersAsync(default))
                continue;
            await usage.UsageAsync(default);
        }
        if (connector is IStageOptions stages)
            await stages.StagesAsync(default);
    }

    /// <summary>By id, by address, and until it is confirmed.</summary>
    private async Task EraseAsync(ObjectMap map)
    {
        var erasure = (IErasure)connector;
        foreach (var outcome in await WriteAsync(map.ObjectType, Full(map) with { Fields = [.. Full(map).Fields.Where(field => field.Type is not (FieldType.Reference or FieldType.References))] }))
        {
            var asked = await erasure.EraseAsync(new(map.ObjectType) { Id = ((WriteOutcome.Stored)outcome).Ref.Id, Email = "nobody@example.com" }, default);
            for (var times = 0; asked is ErasureOutcome.Accepted accepted && times < 40; times++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
                asked = await erasure.EraseAsync(new(map.ObjectType) { Ticket = accepted.Ticket }, default);
            }
            if (asked is not ErasureOutcome.Confirmed)
                throw new InvalidOperationException($"{connector.System}: the erasure is {asked}.");
        }
    }

    private static FieldWrite Field(ObjectMap map, string vendorField, string? text) =>
        new(vendorField, map.Fields.First(field => field.VendorField == vendorField).Type, new(text));

    public RecordWrite Create(string objectType, params FieldWrite[] fields) => new(NextHubId(), objectType, fields);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(string objectType, params RecordWrite[] writes)
    {
        var outcomes = new List<WriteOutcome>();
        foreach (var batch in writes.Chunk(Info(objectType).WriteBatch))
            outcomes.AddRange(await connector.WriteAsync(objectType, batch, default));
        return outcomes;
    }

    public Task<IReadOnlyList<WriteOutcome>> UpdateAsync(string objectType, string id, params FieldWrite[] fields) =>
        WriteAsync(objectType, new RecordWrite(NextHubId(), objectType, fields) { Target = id });

    /// <summary>A part of the way with a connector that is set up in another way.</summary>
    public async Task ByAnotherAsync(Func<Action<string, int>, IConnector> create, Func<IConnector, Task> go)
    {
        var other = create(called);
        await go(other);
        (other as IDisposable)?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        (connector as IDisposable)?.Dispose();
        await vendor.DisposeAsync();
        tokens.Dispose();
    }

    /// <summary>Creates with every field, changes each, clears each; then the same address again, an address that is none, and a doubtful create.</summary>
    private async Task WriteAsync(ObjectMap map)
    {
        var creates = Enumerable.Range(0, 3).Select(_ => Full(map)).ToArray();
        var outcomes = await WriteAsync(map.ObjectType, creates);
        var ids = outcomes.OfType<WriteOutcome.Stored>().Select(stored => stored.Ref.Id).ToList();
        if (outcomes.FirstOrDefault(outcome => outcome is not WriteOutcome.Stored) is { } other)
            throw new InvalidOperationException($"{connector.System}: {map.ObjectType} could not be created ({other}: {(other as WriteOutcome.Refused)?.Message}).");
        made[map.Kind] = [.. Made(map.Kind), .. ids];
        await WriteAsync(map.ObjectType, Full(map) with { Uncertain = true }, creates[1] with { HubId = NextHubId() });
        foreach (var id in ids)
            await UpdateAsync(map.ObjectType, id, [.. Outbound(map).Select(field => Value(field))]);
        foreach (var field in Outbound(map).Where(field => field.Type is not (FieldType.Email or FieldType.Boolean) && field.Placeholder is null))
            await UpdateAsync(map.ObjectType, ids[0], new FieldWrite(field.VendorField, field.Type, FieldValue.Blank));
        if (map.ObjectType == vendor.ObjectType)
            await WriteAsync(map.ObjectType, Create(map.ObjectType, Field(map, vendor.EmailField, vendor.BadEmail)));
    }

    private async Task ReadAsync(ObjectMap map, DateTimeOffset from)
    {
        var fields = map.Fields.Select(field => field.VendorField).ToList();
        string? checkpoint = null;
        await foreach (var page in connector.ScanAsync(map.ObjectType, fields, null, default))
            checkpoint ??= page.Checkpoint;
        if (checkpoint is not null)
            await foreach (var _ in connector.ScanAsync(map.ObjectType, fields, checkpoint, default))
                continue;
        await connector.ReadAsync(map.ObjectType, fields, [.. Made(map.Kind).Take(Info(map.ObjectType).ReadBatch)], default);
        await FeedAsync(map, fields, from);
    }

    private async Task DeleteAsync(ObjectMap map, DateTimeOffset from)
    {
        var ids = Made(map.Kind);
        var fields = map.Fields.Select(field => field.VendorField).ToList();
        if (Info(map.ObjectType).CanDelete)
            await connector.DeleteAsync(map.ObjectType, [.. ids], default);
        await connector.ReadAsync(map.ObjectType, fields, [ids[0]], default);
        await UpdateAsync(map.ObjectType, ids[0], Value(Outbound(map).First(field => field.Type is FieldType.Text)));
        await FeedAsync(map, fields, from);
    }

    private async Task FeedAsync(ObjectMap map, IReadOnlyList<string> fields, DateTimeOffset from)
    {
        var pause = Info(map.ObjectType).TimePrecision + TimeSpan.FromMilliseconds(5);
        await Task.Delay(pause);
        await foreach (var _ in connector.ChangesAsync(map.ObjectType, fields, FeedPosition.At(from), vendor.Time.GetUtcNow(), default))
            continue;
    }

    /// <summary>Throttled, with an ended token, with an answer that got lost.</summary>
    private async Task TroubleAsync()
    {
        string[] fields = [vendor.EmailField];
        string[] ids = [Made(RecordKind.Person)[0]];
        vendor.ThrottleNext(TimeSpan.FromMilliseconds(1000));
        await connector.ReadAsync(vendor.ObjectType, fields, ids, default);
        vendor.ExpireTokens();
        await connector.ReadAsync(vendor.ObjectType, fields, ids, default);
    }

    private RecordWrite Full(ObjectMap map) => Create(map.ObjectType, [.. Outbound(map).Select(field => Value(field))]);

    private IEnumerable<FieldMap> Outbound(ObjectMap map) => map.Fields
        .Where(field => field.Direction.HasFlag(MapDirection.Out))
        .Where(field => field.Type != FieldType.Choice || choices.ContainsKey(field.VendorField))
        .Where(field => field.To is not { } kind || Made(kind).Count > 0);

    private FieldWrite Value(FieldMap field) => new(field.VendorField, field.Type, new(field.Type switch
    {
        FieldType.Email => $"tour{++hubIds}@example.com",
        FieldType.Phone => $"+1415555{++hubIds % 9000 + 1000}",
        FieldType.Number => $"{++hubIds}",
        FieldType.Boolean => hubIds++ % 2 == 0 ? "true" : "false",
        FieldType.Date => "2026-11-30",
        FieldType.Choice => choices[field.VendorField],
        FieldType.Reference or FieldType.References => Made(field.To!.Value)[hubIds++ % Made(field.To!.Value).Count],
        _ => field.VendorField.EndsWith("omain", StringComparison.Ordinal) || field.Field is "domain" or "website" ? $"tour{++hubIds}.example.com" : $"Tour {++hubIds}",
    }));

    private ObjectInfo Info(string objectType) => connector.Info.Objects.First(one => one.ObjectType == objectType);

    private RecordId NextHubId() => new(new Guid(++hubIds, 1, 0, new byte[8]));
}
