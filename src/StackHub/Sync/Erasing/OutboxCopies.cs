using StackHub.Configuration;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Erasing;

/// <summary>Writes that wait for a person's records.</summary>
public sealed class OutboxCopies(ITableStore tables, HubModel model) : ISubjectStore
{
    public string Name => "outbox";

    public async Task<int> EraseAsync(ErasedSubject subject, CancellationToken cancellationToken)
    {
        var erased = 0;
        foreach (var record in subject.Records)
            foreach (var system in model.Order)
                foreach (var lane in Enum.GetValues<Lane>())
                {
                    var row = new OutboxRow(system, RecordKind.Person, record, lane);
                    erased += (await tables.DeleteAsync(Tables.Outbox, OutboxRow.PartitionOf(system, row.Shard(model.Shards)), row.Row, null, cancellationToken)).Done ? 1 : 0;
                }
        return erased;
    }
}
