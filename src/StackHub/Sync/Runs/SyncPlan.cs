using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Suppression;

namespace StackHub.Sync.Runs;

/// <summary>One record that would be written, and why.</summary>
public sealed record PlannedWrite(SystemId System, string ObjectType, RecordId Record, ExternalRef? Link, IReadOnlyList<FieldDifference> Fields);

/// <summary>What a system would be spared or given.</summary>
public sealed record PlanCount(int Creates, int Updates, int Overwrites, int Fields, int Calls)
{
    /// <summary>Fields, and whole new records, that differ and stay here, since the person has not allowed it or processing is restricted.</summary>
    public int Withheld { get; init; }
}

/// <summary>Every record and field the hub would write, without sending anything.</summary>
public sealed class SyncPlan(HubModel model, RecordStore records, SyncTargets targets, VendorReferences references, Redirects redirects, SuppressionList suppression)
{
    private const int PageSize = 500;

    public async IAsyncEnumerable<PlannedWrite> ListAsync(SystemId? only, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in ScanAsync(cancellationToken))
            foreach (var target in await OfAsync(record, only, cancellationToken))
                yield return new(target.System.Id, target.ObjectType, record.Id, target.Link?.Ref, target.Differences);
    }

    /// <summary>What differs and is not written, by record, and why.</summary>
    public async IAsyncEnumerable<(RecordId Record, Withheld Withheld)> WithheldAsync(SystemId? only, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in ScanAsync(cancellationToken))
            foreach (var withheld in targets.Withheld(record, only))
                yield return (record.Id, withheld);
    }

    private async IAsyncEnumerable<HubRecord> ScanAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        string? next = null;
        do
        {
            (var page, next) = await records.ScanAsync(next, PageSize, cancellationToken);
            foreach (var record in page)
                yield return record;
        }
        while (next is not null);
    }

    /// <summary>What would be written of one record: a reference to somebody who is not in the system, and never will be, is not.</summary>
    public async Task<IReadOnlyList<SyncTarget>> OfAsync(HubRecord record, SystemId? only, CancellationToken cancellationToken)
    {
        var planned = new List<SyncTarget>();
        foreach (var target in only is { } system ? targets.In(record, model.Systems[system]) : targets.Of(record))
        {
            var differences = new List<FieldDifference>(target.Differences.Count);
            foreach (var difference in target.Differences)
                if (!difference.Field.IsReference || await references.ToVendorAsync(target.System, difference, cancellationToken) is not (null, false))
                    differences.Add(difference);
            if (target.Link is null || differences.Count > 0)
                planned.Add(target with { Differences = differences });
        }
        return planned;
    }

    /// <summary>Counts by system; calls are the least the vendor's batches allow.</summary>
    public async Task<IReadOnlyDictionary<SystemId, PlanCount>> CountAsync(SystemId? only, CancellationToken cancellationToken)
    {
        var byType = new Dictionary<(SystemId System, string Type), (int Creates, int Updates, int Overwrites, int Fields)>();
        var withheld = new Dictionary<SystemId, int>();
        await foreach (var record in ScanAsync(cancellationToken))
        {
            foreach (var write in await OfAsync(record, only, cancellationToken))
            {
                var (creates, updates, overwrites, fields) = byType.GetValueOrDefault((write.System.Id, write.ObjectType));
                byType[(write.System.Id, write.ObjectType)] = (
                    creates + (write.Link is null ? 1 : 0),
                    updates + (write.Link is null ? 0 : 1),
                    overwrites + write.Differences.Count(field => field.OverwritesValue),
                    fields + write.Differences.Count);
            }
            foreach (var kept in targets.Withheld(record, only))
                withheld[kept.System] = withheld.GetValueOrDefault(kept.System) + 1;
        }
        return model.Order.Where(system => only is null || only == system).ToDictionary(system => system, system =>
        {
            var counts = byType.Where(entry => entry.Key.System == system).ToArray();
            return new PlanCount(
                counts.Sum(entry => entry.Value.Creates),
                counts.Sum(entry => entry.Value.Updates),
                counts.Sum(entry => entry.Value.Overwrites),
                counts.Sum(entry => entry.Value.Fields),
                counts.Sum(entry => Calls(entry.Key, entry.Value.Creates) + Calls(entry.Key, entry.Value.Updates)))
            {
                Withheld = withheld.GetValueOrDefault(system),
            };
        });
    }

    private int Calls((SystemId System, string Type) key, int writes)
    {
        var type = model.Systems[key.System].ObjectOf(key.Type);
        var batch = type.WritesOneByOne ? 1 : type.WriteBatch;
        return (writes + batch - 1) / batch;
    }
}
