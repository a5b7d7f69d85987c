using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Push;

/// <summary>Turns differences into a vendor write: references become the system's own ids.</summary>
public sealed class WritePlanner(HubModel model, VendorReferences references, SyncTargets targets)
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
            var (value, pending) = await references.ToVendorAsync(target.System, difference, cancellationToken);
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
}
