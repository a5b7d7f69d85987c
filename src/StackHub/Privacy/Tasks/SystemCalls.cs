using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Privacy.Tasks;

/// <summary>A record as it was read: absent, there, or there as another one.</summary>
public sealed record Presence(bool There, ExternalRef? MovedTo)
{
    public static readonly Presence Absent = new(false, null);
}

/// <summary>What a task asks of a system.</summary>
public sealed class SystemCalls(ConnectorSet connectors, HubModel model, VendorBudget budget, TimeProvider time)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    /// <summary>Times that a write which the system does not show is read before it counts as not kept.</summary>
    private const int MostReadings = 8;

    /// <summary>A call may wait so long for its turn; who has to wait longer waits in the queue.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    public bool Knows(SystemId system) => connectors.Find(system) is not null && model.Systems.ContainsKey(system);

    /// <summary>Throws for a vendor that asked to be left alone, whoever was told so: no worker sleeps over it.</summary>
    public void RequireFree(SystemId system)
    {
        if (budget.BlockedUntil(system) - time.GetUtcNow() is { } wait && wait > LongestTurn)
            throw new VendorUnavailableException(system, "asked to wait", wait);
    }

    public bool CanErase(SystemId system) => connectors.Find(system) is IErasure;

    /// <summary>How many people the system erases at once; 1 where it takes them one by one.</summary>
    public int MostAtOnce(SystemId system) =>
        connectors.Find(system) is IBatchErasure batches && model.Systems.TryGetValue(system, out var configured) ? configured.OfKind(RecordKind.Person).Select(type => batches.MostErasures(type.ObjectType)).DefaultIfEmpty(1).Max() : 1;

    /// <summary>By the record's own id, never by address: an address that is mistyped is a stranger's.</summary>
    public Task<ErasureOutcome> EraseAsync(CallRound round, PrivacyTask task, TaskItem item, CancellationToken cancellationToken) =>
        EraseAsync(round, "erase", task.System, new(item.ObjectType) { Id = item.Id }, cancellationToken);

    public Task<ErasureOutcome> AskAsync(CallRound round, PrivacyTask task, TaskItem item, CancellationToken cancellationToken) =>
        EraseAsync(round, "ask", task.System, new(item.ObjectType) { Id = item.Id, Ticket = item.Ticket }, cancellationToken);

    public async Task<Presence> ReadAsync(CallRound round, SystemId system, string objectType, string id, CancellationToken cancellationToken)
    {
        var most = model.Systems.TryGetValue(system, out var configured) ? configured.ObjectOf(objectType).ReadBatch : 1;
        return await round.CallAsync<string, Presence>($"read {objectType}", most, id, ids => ReadAsync(system, objectType, ids, cancellationToken));
    }

    private Task<ErasureOutcome> EraseAsync(CallRound round, string what, SystemId system, ErasureRequest request, CancellationToken cancellationToken) => connectors.Find(system) switch
    {
        IBatchErasure batches => round.CallAsync($"{what} {request.ObjectType}", batches.MostErasures(request.ObjectType), request, requests => batches.EraseAllAsync(requests, cancellationToken)),
        IErasure single => round.CallAsync<ErasureRequest, ErasureOutcome>($"{what} {request.ObjectType}", 1, request, async requests => [await single.EraseAsync(requests[0], cancellationToken)]),
        _ => Task.FromResult<ErasureOutcome>(new ErasureOutcome.Refused("no-such-connector", "")),
    };

    private async Task<IReadOnlyList<Presence>> ReadAsync(SystemId system, string objectType, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> fields = model.Systems.TryGetValue(system, out var configured) && configured.Maps.TryGetValue(objectType, out var map) ? [.. map.VendorFields.Take(1)] : [];
        string[] asked = [.. ids.Distinct(StringComparer.Ordinal)];
        var changes = await connectors[system].ReadAsync(objectType, fields, asked, cancellationToken);
        if (changes.Count != asked.Length)
            throw new InvalidOperationException($"{system} was read for {asked.Length} records and told of {changes.Count}.");
        var found = changes.Count == 1 ? new() { [asked[0]] = changes[0] } : changes.ToDictionary(change => change.Ref.Id, StringComparer.Ordinal);
        return [.. ids.Select(id => found[id] switch
        {
            Change.Seen => new Presence(true, null),
            Change.Moved moved => new Presence(false, moved.To),
            _ => Presence.Absent,
        })];
    }

    /// <summary>Writes fields of a record as any write of the hub's is made.</summary>
    /// <param name="wanted">Canonical fields and values.</param>
    public async Task<ErasureOutcome> WriteAsync(PrivacyTask task, TaskItem item, RecordId record, IReadOnlyList<Correction> wanted, CancellationToken cancellationToken)
    {
        if (Fields(task.System, item.ObjectType, wanted) is not { } fields)
            return new ErasureOutcome.Refused("no-such-field", "");
        var write = new RecordWrite(record, item.ObjectType, [.. fields.Select(one => new FieldWrite(one.Field.Map.VendorField, one.Field.Map.Type, one.Field.ToVendor(one.Value)))]) { Target = item.Id };
        var outcomes = await connectors[task.System].WriteAsync(item.ObjectType, [write], cancellationToken);
        return outcomes[0] switch
        {
            WriteOutcome.Stored => new ErasureOutcome.Accepted("written", TimeSpan.Zero),
            WriteOutcome.Gone => new ErasureOutcome.NotFound(),
            WriteOutcome.Refused refused => new ErasureOutcome.Refused(refused.Code, ""),
            WriteOutcome.Retry retry => new ErasureOutcome.Requested(retry.Code, retry.After ?? Soon),
            _ => new ErasureOutcome.Refused("moved", ""),
        };
    }

    /// <summary>Whether the system says what was written there, each in its own form of it.</summary>
    public async Task<ErasureOutcome> ReadBackAsync(PrivacyTask task, TaskItem item, IReadOnlyList<Correction> wanted, CancellationToken cancellationToken)
    {
        if (Fields(task.System, item.ObjectType, wanted) is not { } fields)
            return new ErasureOutcome.Refused("no-such-field", "");
        var changes = await connectors[task.System].ReadAsync(item.ObjectType, [.. fields.Select(one => one.Field.Map.VendorField)], [item.Id], cancellationToken);
        return changes[0] switch
        {
            Change.Seen seen when fields.All(one => Says(seen, one.Field, one.Value)) => new ErasureOutcome.Confirmed(ErasureEvidence.Status, 1),
            Change.Seen when item.Asks >= MostReadings => new ErasureOutcome.Refused("not-kept", ""),
            Change.Seen => new ErasureOutcome.Accepted("written", Soon),
            _ => new ErasureOutcome.NotFound(),
        };
    }

    private static bool Says(Change.Seen seen, CompiledField field, FieldValue wanted) =>
        (field.ToCanonical(seen.Record.Fields.GetValueOrDefault(field.Map.VendorField).Text) ?? FieldValue.Blank) == field.Projection(wanted);

    private IReadOnlyList<(CompiledField Field, FieldValue Value)>? Fields(SystemId system, string objectType, IReadOnlyList<Correction> wanted)
    {
        if (!model.Systems.TryGetValue(system, out var configured) || !configured.Maps.TryGetValue(objectType, out var map))
            return null;
        var fields = wanted.Select(one => (Field: map.Field(one.Field), Value: CanonicalText.Of(model.Fields[RecordKind.Person][one.Field].Type, one.Value) ?? FieldValue.Blank)).ToArray();
        return fields.Any(one => one.Field?.Map.Direction.HasFlag(MapDirection.Out) != true) ? null : [.. fields.Select(one => (one.Field!, one.Value))];
    }
}
