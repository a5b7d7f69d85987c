using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.HubSpot;

/// <summary>
/// Writes properties by batch update and batch upsert. A batch that HubSpot refuses as a whole is halved until the record to blame is alone
/// (HubSpot/hubspot-api-python#51): only that one is refused.
/// </summary>
internal sealed class HubSpotWriter(SystemId system, HubSpotApi api, HubSpotReader reader, HubSpotOptions options)
{
    private readonly string idProperty = options.IdProperty;

    public async Task<WriteOutcome[]> WriteAsync(HubSpotObject type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        var pending = await PendingAsync(type, writes, cancellationToken).ConfigureAwait(false);
        foreach (var item in pending.Where(p => p.Properties.Count == 0)) // only associations or consent, which come later
            outcomes[item.Index] = new WriteOutcome.Stored(Ref(type, item.Id), Created: false);
        foreach (var batch in HubSpotPending.Batches(pending.Where(p => p.Properties.Count > 0)))
            await SendAsync(type, batch, outcomes, cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    public IEnumerable<PlannedRequest> Preview(HubSpotObject type, IReadOnlyList<RecordWrite> writes)
    {
        var pending = writes.Select((w, i) => HubSpotPending.Of(type, i, w, w.Target, idProperty)).Where(p => p.Properties.Count > 0);
        return HubSpotPending.Batches(pending).Select(batch => new PlannedRequest(
            "POST",
            batch[0].IdProperty is null ? api.UpdatePath(type) : api.UpsertPath(type),
            HubSpotApi.Preview([.. batch.Select(p => p.Input)], HubSpotJson.Default.Writes)));
    }

    /// <summary>An earlier create may have been stored though no answer came: those are looked up by our own property first.</summary>
    private async Task<List<HubSpotPending>> PendingAsync(HubSpotObject type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var doubtful = writes.Where(w => w is { Uncertain: true, Target: null }).Select(w => w.HubId.ToString()).ToList();
        var found = doubtful.Count > 0 ? await reader.FindAsync(type, doubtful, cancellationToken).ConfigureAwait(false) : null;
        return [.. writes.Select((w, i) => HubSpotPending.Of(type, i, w, w.Target ?? found?.GetValueOrDefault(w.HubId.ToString()), idProperty))];
    }

    private async Task SendAsync(HubSpotObject type, List<HubSpotPending> batch, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return;
        try
        {
            var inputs = batch.ConvertAll(p => p.Input);
            var reply = batch[0].IdProperty is null
                ? await api.UpdateAsync(type, inputs, cancellationToken).ConfigureAwait(false)
                : await api.UpsertAsync(type, inputs, cancellationToken).ConfigureAwait(false);
            await (reply.Error is { } error
                ? RefusedAsync(type, batch, error, reply.Status, outcomes, cancellationToken)
                : AnsweredAsync(type, batch, reply.Answer ?? new([], []), outcomes, cancellationToken)).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the records of batches before this one are stored: their outcomes stand
        {
            foreach (var item in batch.Where(p => outcomes[p.Index] is null))
                outcomes[item.Index] = new WriteOutcome.Retry(e.Reason, e.RetryAfter, e.Uncertain);
        }
    }

    private async Task RefusedAsync(HubSpotObject type, List<HubSpotPending> batch, HubSpotError error, System.Net.HttpStatusCode status, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            outcomes[batch[0].Index] = await OneAsync(type, batch[0], error, status, cancellationToken).ConfigureAwait(false);
            return;
        }

        var blamed = HubSpotErrors.IsOfTheField(error) ? batch.FindAll(p => HubSpotErrors.Fields(error).Overlaps(p.Properties.Keys)) : [];
        foreach (var item in blamed)
            outcomes[item.Index] = HubSpotErrors.Outcome(system, type, error);
        var rest = batch.Except(blamed).ToList();
        if (blamed.Count > 0)
            await SendAsync(type, rest, outcomes, cancellationToken).ConfigureAwait(false);
        else
            await HalveAsync(type, rest, outcomes, cancellationToken).ConfigureAwait(false);
    }

    private async Task HalveAsync(HubSpotObject type, List<HubSpotPending> batch, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var half = batch.Count / 2;
        await SendAsync(type, batch[..half], outcomes, cancellationToken).ConfigureAwait(false);
        await SendAsync(type, batch[half..], outcomes, cancellationToken).ConfigureAwait(false);
    }

    private async Task AnsweredAsync(HubSpotObject type, List<HubSpotPending> batch, HubSpotBatch answer, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var results = answer.Results ?? [];
        var left = new List<HubSpotPending>();
        foreach (var item in batch)
        {
            if (ResultOf(item, results) is { } stored)
                outcomes[item.Index] = Stored(type, item, stored);
            else if (answer.Errors?.FirstOrDefault(e => HubSpotErrors.Names(e, item.Id, item.Trace)) is { } error)
                outcomes[item.Index] = await OneAsync(type, item, error, System.Net.HttpStatusCode.MultiStatus, cancellationToken).ConfigureAwait(false);
            else
                left.Add(item);
        }

        if (left.Count == 0)
            return;
        if (answer.Errors is null or [])
            await UnansweredAsync(type, left, outcomes, cancellationToken).ConfigureAwait(false);
        else if (batch.Count == 1)
            outcomes[left[0].Index] = await OneAsync(type, left[0], answer.Errors[0], System.Net.HttpStatusCode.MultiStatus, cancellationToken).ConfigureAwait(false);
        else if (left.Count < batch.Count)
            await SendAsync(type, left, outcomes, cancellationToken).ConfigureAwait(false);
        else
            await HalveAsync(type, left, outcomes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Neither result nor error: an update of a merged record is answered under its survivor's id.</summary>
    private async Task UnansweredAsync(HubSpotObject type, List<HubSpotPending> left, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        foreach (var item in left.Where(p => p.IdProperty is not null))
            outcomes[item.Index] = new WriteOutcome.Retry("no result", Uncertain: true);
        var updates = left.FindAll(p => p.IdProperty is null);
        if (updates.Count == 0)
            return;
        var read = await reader.ReadAsync(type, [HubSpotObject.Id], updates.ConvertAll(p => p.Id), cancellationToken).ConfigureAwait(false);
        foreach (var (item, change) in updates.Zip(read))
            outcomes[item.Index] = Followed(change, "no result");
    }

    // The trace id is ours; older paths answer without it, then it is the id, our property or the address.
    private HubSpotRecord? ResultOf(HubSpotPending item, IReadOnlyList<HubSpotRecord> results) =>
        results.FirstOrDefault(r => r.ObjectWriteTraceId == item.Trace)
        ?? (item.IdProperty is null
            ? results.FirstOrDefault(r => r.Id == item.Id)
            : results.FirstOrDefault(r => r.Property(idProperty) == item.Trace)
                ?? results.FirstOrDefault(r => string.Equals(r.Property(item.IdProperty), item.Id, StringComparison.OrdinalIgnoreCase)));

    private WriteOutcome Stored(HubSpotObject type, HubSpotPending item, HubSpotRecord result) => item.IdProperty is null && result.Id != item.Id
        ? new WriteOutcome.Moved(Ref(type, result.Id))
        : new WriteOutcome.Stored(Ref(type, result.Id), result.New, result.UpdatedAt, HubSpotMapping.Answered(result, item.Properties));

    private async Task<WriteOutcome> OneAsync(HubSpotObject type, HubSpotPending item, HubSpotError error, System.Net.HttpStatusCode status, CancellationToken cancellationToken)
    {
        if (item.IdProperty is not null || !HubSpotErrors.IsMissing(error, status))
            return HubSpotErrors.Outcome(system, type, error);
        var read = await reader.ReadAsync(type, [HubSpotObject.Id], [item.Id], cancellationToken).ConfigureAwait(false);
        return Followed(read[0], HubSpotErrors.Code(error));
    }

    private static WriteOutcome Followed(Change change, string code) => change switch
    {
        Change.Moved moved => new WriteOutcome.Moved(moved.To),
        Change.Seen => new WriteOutcome.Retry(code), // it is there after all: restored meanwhile
        _ => new WriteOutcome.Gone(),
    };

    private ExternalRef Ref(HubSpotObject type, string id) => new(system, type.Name, id);
}
