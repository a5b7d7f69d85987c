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
public sealed class SystemCalls(ConnectorSet connectors, HubModel model)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    public bool Knows(SystemId system) => connectors.Find(system) is not null && model.Systems.ContainsKey(system);

    public bool CanErase(SystemId system) => connectors.Find(system) is IErasure;

    /// <summary>By the record's own id, never by address: an address that is mistyped is a stranger's.</summary>
    public Task<ErasureOutcome> EraseAsync(PrivacyTask task, TaskItem item, CancellationToken cancellationToken) =>
        connectors.Find(task.System) is IErasure erasure
            ? erasure.EraseAsync(new(item.ObjectType) { Id = item.Id }, cancellationToken)
            : Task.FromResult<ErasureOutcome>(new ErasureOutcome.Refused("no-such-connector", ""));

    public Task<ErasureOutcome> AskAsync(PrivacyTask task, TaskItem item, CancellationToken cancellationToken) =>
        connectors.Find(task.System) is IErasure erasure
            ? erasure.EraseAsync(new(item.ObjectType) { Id = item.Id, Ticket = item.Ticket }, cancellationToken)
            : Task.FromResult<ErasureOutcome>(new ErasureOutcome.Refused("no-such-connector", ""));

    public async Task<Presence> ReadAsync(SystemId system, string objectType, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> fields = model.Systems.TryGetValue(system, out var configured) && configured.Maps.TryGetValue(objectType, out var map) ? [.. map.VendorFields.Take(1)] : [];
        var changes = await connectors[system].ReadAsync(objectType, fields, [id], cancellationToken);
        return changes.Select(change => change switch
        {
            Change.Seen => new Presence(true, null),
            Change.Moved moved => new Presence(false, moved.To),
            _ => Presence.Absent,
        }).FirstOrDefault(Presence.Absent);
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
