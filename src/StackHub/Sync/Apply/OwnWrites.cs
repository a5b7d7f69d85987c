using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Mapping;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync.Outbox;

namespace StackHub.Sync.Apply;

/// <summary>Takes what the hub itself decided into the records, as observations of a system of its own. Safe to repeat, like <see cref="ChangeApplier"/>.</summary>
public sealed class OwnWrites(HubModel model, RecordStore records, Redirects redirects, SuppressionList suppression, Emitter emitter, FlowSignals flows, IReadAgain reader)
{
    public async Task ApplyAsync(IReadOnlyList<FieldWrite> writes, ApplyOptions options, CancellationToken cancellationToken)
    {
        await suppression.EnsureFreshAsync(cancellationToken);
        await redirects.EnsureFreshAsync(cancellationToken);
        var affected = new HashSet<RecordId>();
        var told = new List<(string, RecordId)>();
        foreach (var write in writes)
        {
            var change = await ApplyAsync(write, cancellationToken);
            if (change.After is not { } record)
                continue;
            if (write.Fields.GetValueOrDefault(Restriction.Field) == Restriction.Off)
                await reader.ReadAgainAsync([.. record.Links.Where(link => link.Active).Select(link => link.Ref)], cancellationToken); // what was not taken in meanwhile
            affected.Add(record.Id);
            told.AddRange(flows.Concerned(change.Before, record, options.Again).Select(queue => (queue, record.Id)));
        }
        await emitter.EmitAsync(affected, options.Lane, options.Trace, cancellationToken);
        await flows.SendAsync(told, options.Trace, cancellationToken);
    }

    /// <summary>To the record, or to the one it lives on in.</summary>
    private async Task<RecordChange> ApplyAsync(FieldWrite write, CancellationToken cancellationToken)
    {
        var id = redirects.Follow(write.Record);
        // Somebody who is being erased can be restricted and released all the same: it says nothing of them, and it stops their deletion.
        while (!suppression.Holds(id) || write.Fields.ContainsKey(Restriction.Field))
        {
            var change = await records.ChangeAsync(id, record => record is null or { MergedInto: not null } ? record : Merging.See(record, id, Admission.Of(record, Sighting(record, write), model.Purposes), model.Horizon), cancellationToken);
            if (change.After?.MergedInto is not { } survivor)
                return change;
            id = survivor;
        }
        return new(null, null);
    }

    private Sighting Sighting(HubRecord record, FieldWrite write)
    {
        foreach (var field in write.Fields.Keys.Where(field => !model.Fields[record.Kind].ContainsKey(field) && !ConsentMark.IsMark(field)))
            throw new InvalidOperationException($"A flow wrote the field '{field}', which {record.Kind} does not have: add it under fields in stackhub.yaml.");
        return new(HubAuthor.Of(record.Id, record.Kind), record.Kind, write.At, Complete: false,
            [.. write.Fields.Where(field => field.Key != FieldDefinition.HubId).Select(field => (field.Key, new FieldValue(field.Value), write.At))]);
    }
}
