using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Privacy.Planning;
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

    /// <summary>Sets the system's own field of marketing consent.</summary>
    public async Task<ErasureOutcome> OptOutAsync(PrivacyTask task, TaskItem item, RecordId record, CancellationToken cancellationToken)
    {
        if (OptOutField(task.System, item.ObjectType) is not { } field)
            return new ErasureOutcome.Refused("no-consent-field", "");
        var write = new RecordWrite(record, item.ObjectType, [new(field.Map.VendorField, field.Map.Type, field.ToVendor(new("true")))]) { Target = item.Id };
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

    /// <summary>Whether the system says that consent was taken back.</summary>
    public async Task<ErasureOutcome> ReadOptOutAsync(PrivacyTask task, TaskItem item, CancellationToken cancellationToken)
    {
        if (OptOutField(task.System, item.ObjectType) is not { } field)
            return new ErasureOutcome.Refused("no-consent-field", "");
        var changes = await connectors[task.System].ReadAsync(item.ObjectType, [field.Map.VendorField], [item.Id], cancellationToken);
        return changes[0] switch
        {
            Change.Seen seen when seen.Record.Fields.TryGetValue(field.Map.VendorField, out var value) && field.ToCanonical(value.Text)?.Text == "true" => new ErasureOutcome.Confirmed(ErasureEvidence.Status, 1),
            Change.Seen => new ErasureOutcome.Accepted("written", Soon),
            _ => new ErasureOutcome.NotFound(),
        };
    }

    private CompiledField? OptOutField(SystemId system, string objectType) =>
        model.Systems.TryGetValue(system, out var configured) && PlanMaker.OptOutField(configured, objectType) is not null ? configured.Maps[objectType].Field("emailOptOut") : null;
}
