using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Push;

/// <summary>Turns differences into a vendor write: references become the system's own ids.</summary>
public sealed class WritePlanner(HubModel model, RecordStore records, SyncTargets targets)
{
    /// <summary>The writes of one outbox row: one for each of the record's links in the system, or one create; none when nothing differs.</summary>
    public async Task<IReadOnlyList<PendingWrite>> PlanAsync(OutboxRow row, HubRecord record, CancellationToken cancellationToken)
    {
        var writes = new List<PendingWrite>();
        foreach (var target in targets.In(record, model.Systems[row.System]))
            if (await PlanAsync(row, record, target, cancellationToken) is { } write)
                writes.Add(write);
        return writes;
    }

    private async Task<PendingWrite?> PlanAsync(OutboxRow row, HubRecord record, SyncTarget target, CancellationToken cancellationToken)
    {
        var sent = new List<FieldDifference>(target.Differences.Count);
        var fields = new List<FieldWrite>(target.Differences.Count);
        var incomplete = false;
        foreach (var difference in target.Differences)
        {
            var (value, pending) = await ToVendorAsync(target.System, difference, cancellationToken);
            incomplete |= pending;
            if (value is not { } known)
                continue;
            sent.Add(difference);
            fields.Add(new(difference.Field.Map.VendorField, difference.Field.Map.Type, known));
        }
        if (fields.Count == 0 && !incomplete)
            return null;
        var write = new RecordWrite(record.Id, target.ObjectType, fields) { Target = target.Link?.Ref.Id };
        return new(row, record, target, write) { Sent = sent, Incomplete = incomplete };
    }

    /// <summary>The vendor's text; null leaves the field out, now (pending) or for good.</summary>
    private async Task<(FieldValue? Value, bool Pending)> ToVendorAsync(SystemModel system, FieldDifference difference, CancellationToken cancellationToken)
    {
        if (!difference.Field.IsReference || difference.Wanted.IsBlank)
            return (difference.Field.ToVendor(difference.Wanted), false);
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var pending = false;
        foreach (var id in References.Ids(difference.Wanted).Distinct())
        {
            var stored = RecordId.TryParse(id) is { } referred ? await records.GetAsync(referred, cancellationToken) : null;
            if (stored is null)
                continue;
            if (LinkIn(system, stored.Record) is { } link)
                ids[id] = link.Ref.Id;
            else
                pending |= !stored.Record.RefusedCreates.ContainsKey(system.Id) && CreateRule.Obstacle(model.View(stored.Record, same => same), system, model.PhoneRegion) is null;
        }
        // A role list is written with those who are there; a single reference has to wait.
        var kept = CanonicalText.Split(difference.Wanted.Text).Where(part => ids.ContainsKey(References.Parse(part).Id)).ToArray();
        return kept.Length == 0 || (pending && difference.Field.Type == FieldType.Reference)
            ? (null, pending)
            : (References.Translate(new(CanonicalText.Join(kept)), ids.GetValueOrDefault), pending);
    }

    /// <summary>References mean the last type in order (a contact rather than a lead).</summary>
    private static LinkedRecord? LinkIn(SystemModel system, HubRecord record)
    {
        var type = system.OfKind(record.Kind).LastOrDefault()?.ObjectType;
        return record.ActiveIn(system.Id).FirstOrDefault(link => link.Ref.ObjectType == type);
    }
}
