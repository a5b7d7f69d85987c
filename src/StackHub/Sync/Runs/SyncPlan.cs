using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Sync.Runs;

/// <summary>One record that would be written, and why.</summary>
public sealed record PlannedWrite(SystemId System, string ObjectType, RecordId Record, ExternalRef? Link, IReadOnlyList<FieldDifference> Fields);

/// <summary>What a system would be spared or given.</summary>
public sealed record PlanCount(int Creates, int Updates, int Overwrites, int Fields, int Calls);

/// <summary>Every record and field the hub would write, without sending anything.</summary>
public sealed class SyncPlan(HubModel model, RecordStore records, SyncTargets targets, Redirects redirects, SuppressionList suppression)
{
    private const int PageSize = 500;

    public async IAsyncEnumerable<PlannedWrite> ListAsync(SystemId? only, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            foreach (var record in page)
                foreach (var target in targets.Of(record))
                    if (only is null || target.System.Id == only)
                        yield return new(target.System.Id, target.ObjectType, record.Id, target.Link?.Ref, target.Differences);
        }
        while (next is not null);
    }

    /// <summary>Counts by system; calls are the least the vendor's batches allow.</summary>
    public async Task<IReadOnlyDictionary<SystemId, PlanCount>> CountAsync(SystemId? only, CancellationToken cancellationToken)
    {
        var byType = new Dictionary<(SystemId System, string Type), (int Creates, int Updates, int Overwrites, int Fields)>();
        await foreach (var write in ListAsync(only, cancellationToken))
        {
            var (creates, updates, overwrites, fields) = byType.GetValueOrDefault((write.System, write.ObjectType));
            byType[(write.System, write.ObjectType)] = (
                creates + (write.Link is null ? 1 : 0),
                updates + (write.Link is null ? 0 : 1),
                overwrites + write.Fields.Count(field => field.OverwritesValue),
                fields + write.Fields.Count);
        }
        return model.Order.Where(system => only is null || only == system).ToDictionary(system => system, system =>
        {
            var counts = byType.Where(entry => entry.Key.System == system).ToArray();
            return new PlanCount(
                counts.Sum(entry => entry.Value.Creates),
                counts.Sum(entry => entry.Value.Updates),
                counts.Sum(entry => entry.Value.Overwrites),
                counts.Sum(entry => entry.Value.Fields),
                counts.Sum(entry => Calls(entry.Key, entry.Value.Creates) + Calls(entry.Key, entry.Value.Updates)));
        });
    }

    private int Calls((SystemId System, string Type) key, int writes)
    {
        var type = model.Systems[key.System].ObjectOf(key.Type);
        var batch = type.WritesOneByOne ? 1 : type.WriteBatch;
        return (writes + batch - 1) / batch;
    }
}
