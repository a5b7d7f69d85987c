using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Audit.Drills;

/// <summary>What a trial asks of a system, through its connector as any other work.</summary>
public sealed class TrialCalls(ConnectorSet connectors, HubModel model, SystemStates states, AuditPlan plan)
{
    /// <summary>Why no trial can be made in a system, as a sentence; null when it can.</summary>
    public async Task<string?> ObstacleAsync(SystemId system, CancellationToken cancellationToken)
    {
        if (!model.Systems.TryGetValue(system, out var known) || connectors.Find(system) is not { } connector)
            return "There is no such system.";
        if (connector is not IErasure)
            return "Its connector cannot erase: a person does it in the tool.";
        if (TypeOf(system) is null)
            return "The hub makes no people there.";
        if (known.Mode != SystemMode.Live || !(await states.GetAsync(system, cancellationToken)).Writes)
            return "The hub may not write there now.";
        return null;
    }

    /// <summary>The object type under which people are made there; null when none are, or they have no address there.</summary>
    public string? TypeOf(SystemId system) =>
        model.Systems.TryGetValue(system, out var known) && known.Creates.TryGetValue(RecordKind.Person, out var type) && known.Maps[type].Field(Email) is not null ? type : null;

    public string AddressOf(Trial trial) => $"erasure-drill-{trial.Mark}@{plan.Settings.DrillDomain}";

    /// <summary>The longest until the vendor is rid of somebody, as the connector says; null where the vendor names no time.</summary>
    public TimeSpan? Promised(Trial trial) => model.Systems.TryGetValue(new(trial.System), out var system) ? system.Objects.FirstOrDefault(type => type.ObjectType == trial.ObjectType)?.Privacy.GoneWithin : null;

    public async Task<WriteOutcome> MakeAsync(Trial trial, CancellationToken cancellationToken)
    {
        var map = model.Systems[new(trial.System)].Maps[trial.ObjectType];
        (string Field, string Value)[] values = [(Email, AddressOf(trial)), ("firstName", "Erasure"), ("lastName", $"Drill {trial.Mark}")];
        var fields = map.Outbound
            .Select(field => (Field: field, Said: values.FirstOrDefault(value => value.Field == field.Map.Field).Value))
            .Where(one => one.Said is not null || one.Field.Map.Placeholder is not null)
            .Select(one => new FieldWrite(one.Field.Map.VendorField, one.Field.Map.Type, one.Field.ToVendor(one.Said is null ? FieldValue.Blank : new(one.Said))));
        var write = new RecordWrite(trial.Person, trial.ObjectType, [.. fields]) { Uncertain = trial.Tries > 0 };
        return (await connectors[new(trial.System)].WriteAsync(trial.ObjectType, [write], cancellationToken))[0];
    }

    public Task<ErasureOutcome> EraseAsync(Trial trial, CancellationToken cancellationToken) => connectors[new(trial.System)] is IErasure erasure
        ? erasure.EraseAsync(new(trial.ObjectType) { Id = trial.Record, Ticket = trial.Ticket }, cancellationToken)
        : Task.FromResult<ErasureOutcome>(new ErasureOutcome.Refused("no-erasure", ""));

    /// <summary>Whether anything of the synthetic person can be read: a record that stays, but says nothing of it any more, is nobody.</summary>
    public async Task<bool> IsThereAsync(Trial trial, CancellationToken cancellationToken)
    {
        var changes = await connectors[new(trial.System)].ReadAsync(trial.ObjectType, model.Systems[new(trial.System)].Maps[trial.ObjectType].VendorFields, [trial.Record!], cancellationToken);
        return changes.OfType<Change.Seen>().Any(seen => seen.Record.Fields.Values.Any(value => value.Text?.Contains(trial.Mark, StringComparison.OrdinalIgnoreCase) == true));
    }

    private const string Email = "email";
}
