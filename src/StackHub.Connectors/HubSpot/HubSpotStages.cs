using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// Writes the lifecycle stage and looks what became of it: a stage behind the one that is held may be taken with 204 and ignored.
/// Cleared first, in a call of its own, it is stored. A batch keeps no order, so that clearing and setting never share one.
/// </summary>
internal sealed class HubSpotStages(SystemId system, HubSpotApi api, HubSpotReader reader)
{
    public const string Rejected = "PROJECTION_REJECTED";
    private const string Field = HubSpotObject.Stage;

    /// <summary>So many are written and read one by one; of more only those that a batch did not move are.</summary>
    private const int Few = 10;

    public async Task WriteAsync(HubSpotObject type, IReadOnlyList<RecordWrite> writes, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var wanted = writes.Index().Where(w => outcomes[w.Index] is WriteOutcome.Stored && Value(w.Item) is not null).ToList();
        try
        {
            if (wanted.Count > Few)
                wanted = await WriteManyAsync(type, wanted, outcomes, cancellationToken).ConfigureAwait(false);
            foreach (var (index, write) in wanted)
                outcomes[index] = await WriteOneAsync(type, write.Target!, Value(write)!, (WriteOutcome.Stored)outcomes[index], cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the rest of the records is stored; writing a stage again does no harm
        {
            foreach (var (index, _) in wanted.Where(w => outcomes[w.Index] is WriteOutcome.Stored { Values: var values } && values?.ContainsKey(Field) != true))
                outcomes[index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
        }
    }

    public IEnumerable<PlannedRequest> Preview(HubSpotObject type, IReadOnlyList<RecordWrite> writes) =>
        from write in writes
        where Value(write) is not null
        select new PlannedRequest("PATCH", api.PatchPath(type, write.Target!), JsonSerializer.Serialize(new(new() { [Field] = Value(write)! }), HubSpotJson.Default.HubSpotPatch));

    /// <summary>Null for a create, which cannot go back, and for a write of something else.</summary>
    private static string? Value(RecordWrite write) =>
        write.Target is not null && write.Fields.FirstOrDefault(field => field.VendorField == Field) is { VendorField: not null } stage ? HubSpotMapping.Wire(stage.Value) : null;

    /// <summary>Those that are not where they were sent.</summary>
    private async Task<List<(int Index, RecordWrite Item)>> WriteManyAsync(HubSpotObject type, List<(int Index, RecordWrite Item)> wanted, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var distinct = wanted.DistinctBy(w => w.Item.Target).ToList();
        await api.UpdateAsync(type, distinct.ConvertAll(w => new HubSpotWrite(w.Item.Target!, null, new() { [Field] = Value(w.Item)! }, w.Item.HubId.ToString())), cancellationToken).ConfigureAwait(false);
        var held = await reader.OneAsync(type, Field, distinct.ConvertAll(w => w.Item.Target!), cancellationToken).ConfigureAwait(false);
        var left = new List<(int, RecordWrite)>();
        foreach (var (index, write) in wanted)
        {
            if (held.TryGetValue(write.Target!, out var stage) && (stage ?? "") == Value(write))
                outcomes[index] = Verified((WriteOutcome.Stored)outcomes[index], stage);
            else
                left.Add((index, write));
        }

        return left;
    }

    private async Task<WriteOutcome> WriteOneAsync(HubSpotObject type, string id, string stage, WriteOutcome.Stored stored, CancellationToken cancellationToken)
    {
        if (await SetAsync(type, id, stage, cancellationToken).ConfigureAwait(false) is { } refusal)
            return refusal;
        if (await HeldAsync(type, id, cancellationToken).ConfigureAwait(false) is var held && held == stage)
            return Verified(stored, held);
        foreach (var step in stage.Length == 0 ? (string[])[stage] : ["", stage])
            if (await SetAsync(type, id, step, cancellationToken).ConfigureAwait(false) is { } again)
                return again;
        held = await HeldAsync(type, id, cancellationToken).ConfigureAwait(false);
        return held == stage ? Verified(stored, held)
            : new WriteOutcome.Refused(Rejected, "HubSpot took the stage and does not show it, cleared before or not.", Field);
    }

    private async Task<WriteOutcome?> SetAsync(HubSpotObject type, string id, string stage, CancellationToken cancellationToken)
    {
        var reply = await api.PatchAsync(type, id, Field, stage, cancellationToken).ConfigureAwait(false);
        return reply.Error is not { } error ? null : HubSpotErrors.IsMissing(error, reply.Status) ? new WriteOutcome.Gone() : HubSpotErrors.Outcome(system, type, error);
    }

    private async Task<string> HeldAsync(HubSpotObject type, string id, CancellationToken cancellationToken) =>
        (await api.FindAsync(type, id, Field, cancellationToken).ConfigureAwait(false))?.Property(Field) ?? "";

    private static WriteOutcome.Stored Verified(WriteOutcome.Stored stored, string? held) =>
        stored with { Values = new Dictionary<string, string?>(stored.Values ?? new Dictionary<string, string?>()) { [Field] = string.IsNullOrEmpty(held) ? null : held } };
}
