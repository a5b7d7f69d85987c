using StackHub.Connecting;
using StackHub.Connectors.Http;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Writes: people are searched before they are created, creates are upserts by hub id, updates go by Salesforce's id.</summary>
internal sealed class SalesforceWriter(SalesforceApi api, PeopleSearch search, ContactRoleWriter roles, RecordFates fates, SalesforceOptions options, SystemId system)
{
    private readonly CollectionsCall collections = new(api);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(SalesforceObject type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(writes.Count, SalesforceObject.Batch);
        var batch = new WriteBatch(writes);
        await SettleCreatesAsync(type, batch, cancellationToken).ConfigureAwait(false);
        await UpsertAsync(type, batch, cancellationToken).ConfigureAwait(false);
        await UpdateAsync(type, batch, cancellationToken).ConfigureAwait(false);
        if (type.HasContactRoles)
            await WriteRolesAsync(batch, cancellationToken).ConfigureAwait(false);
        return batch.Outcomes;
    }

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(SalesforceObject type, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, SalesforceObject.Batch);
        if (ids.Count == 0)
            return [];
        var operation = $"{type.Name}.delete";
        var answer = await api.SaveAsync(VendorCall.Write(operation, ids.Count), HttpMethod.Delete, SalesforceRequests.DeletePath(ids), body: null, cancellationToken).ConfigureAwait(false);
        if (answer.Refusal is not null)
            throw api.Unavailable(operation, answer.Refusal);
        var batch = new WriteBatch([.. ids.Select(id => new RecordWrite(default, type.Name, []) { Target = id })]);
        await TakeResultsAsync(type, batch, batch.Open, answer.Results, cancellationToken).ConfigureAwait(false);
        return [.. batch.Outcomes.Select(outcome => outcome is WriteOutcome.Stored ? new WriteOutcome.Gone() : outcome)];
    }

    private async Task SettleCreatesAsync(SalesforceObject type, WriteBatch batch, CancellationToken cancellationToken)
    {
        if (type.Kind != RecordKind.Person || batch.OpenCreates is not { Count: > 0 } creates)
            return;
        var known = await search.FindAsync([.. creates.Select(batch.WriteAt)], cancellationToken).ConfigureAwait(false);
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var index in creates)
        {
            var write = batch.WriteAt(index);
            if (known.Settle(write) is { } settled)
                batch.Settle(index, settled);
            else if (KnownPeople.EmailOf(write) is { } email && !addresses.Add(email))
                batch.Settle(index, new WriteOutcome.Retry("SAME_ADDRESS_IN_BATCH")); // the next try finds the record the first one makes
        }
    }

    private async Task UpsertAsync(SalesforceObject type, WriteBatch batch, CancellationToken cancellationToken)
    {
        var indexes = batch.OpenCreates;
        var results = await collections.SendAsync(
            $"{type.Name}.upsert", HttpMethod.Patch, SalesforceRequests.UpsertPath(type.Name, options.HubIdField), [.. indexes.Select(batch.WriteAt)],
            writes => SalesforceRequests.Upsert(writes, options.HubIdField), HasField, cancellationToken).ConfigureAwait(false);
        foreach (var (index, result) in indexes.Zip(results))
            batch.Settle(index, Stored(type, result) ?? SalesforceErrors.OfCreate(ErrorOf(result), batch.WriteAt(index), system));
    }

    private async Task UpdateAsync(SalesforceObject type, WriteBatch batch, CancellationToken cancellationToken)
    {
        foreach (var index in batch.Open.Where(index => !SalesforceRequests.Plain(batch.WriteAt(index)).Any()))
            batch.Settle(index, new WriteOutcome.Stored(type.Ref(system, batch.WriteAt(index).Target!), Created: false));
        var indexes = batch.Open;
        var results = await collections.SendAsync(
            $"{type.Name}.update", HttpMethod.Patch, SalesforceRequests.Collections, [.. indexes.Select(batch.WriteAt)], SalesforceRequests.Update, HasField, cancellationToken).ConfigureAwait(false);
        await TakeResultsAsync(type, batch, indexes, results, cancellationToken).ConfigureAwait(false);
    }

    private async Task TakeResultsAsync(SalesforceObject type, WriteBatch batch, IReadOnlyList<int> indexes, IReadOnlyList<SaveResult> results, CancellationToken cancellationToken)
    {
        var open = new List<(int Index, SalesforceError Error)>();
        foreach (var (index, result) in indexes.Zip(results))
            if (Stored(type, result) is { } stored)
                batch.Settle(index, stored);
            else if (SalesforceErrors.AsksForFate(ErrorOf(result)))
                open.Add((index, ErrorOf(result)));
            else
                batch.Settle(index, SalesforceErrors.Outcome(ErrorOf(result), batch.WriteAt(index)));
        if (open.Count == 0)
            return;
        try
        {
            var found = await fates.FindAsync([.. open.Select(entry => TargetOf(entry.Index))], cancellationToken).ConfigureAwait(false);
            foreach (var (index, error) in open)
                batch.Settle(index, SalesforceErrors.AfterFate(error, found[TargetOf(index)], batch.WriteAt(index)));
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the others' outcomes stand
        {
            foreach (var (index, _) in open)
                batch.Settle(index, SalesforceErrors.Outcome(SalesforceError.Of(e), batch.WriteAt(index)));
        }

        ExternalRef TargetOf(int index) => type.Ref(system, batch.WriteAt(index).Target!);
    }

    private async Task WriteRolesAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        var stored = batch.Stored.Where(entry => SalesforceRequests.Roles(batch.WriteAt(entry.Index)) is not null).ToList();
        if (stored.Count == 0)
            return;
        try
        {
            await WriteRolesAsync(batch, stored, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (!e.NeedsPerson) // the other records' outcomes stand
        {
            foreach (var (index, _) in stored)
                batch.Replace(index, SalesforceErrors.Outcome(SalesforceError.Of(e), batch.WriteAt(index)));
        }
    }

    private async Task WriteRolesAsync(WriteBatch batch, List<(int Index, WriteOutcome.Stored Outcome)> stored, CancellationToken cancellationToken)
    {
        var errors = await roles.WriteAsync([.. stored.Select(entry => (entry.Outcome.Ref.Id, SalesforceRequests.Roles(batch.WriteAt(entry.Index))!.Value.Value))], cancellationToken).ConfigureAwait(false);
        var doubted = stored.Where(entry => errors.TryGetValue(entry.Outcome.Ref.Id, out var error) && SalesforceErrors.AsksForFate(error)).Select(entry => entry.Outcome.Ref);
        var found = await fates.FindAsync([.. doubted], cancellationToken).ConfigureAwait(false);
        foreach (var (index, outcome) in stored)
            batch.Replace(index, AfterRoles(outcome, batch.WriteAt(index), errors.GetValueOrDefault(outcome.Ref.Id), found.GetValueOrDefault(outcome.Ref)));
    }

    private static WriteOutcome AfterRoles(WriteOutcome.Stored outcome, RecordWrite write, SalesforceError? error, RecordFate? fate)
    {
        if (error is null)
            return WithRoles(outcome, write);
        return (fate is null ? SalesforceErrors.Outcome(error, write) : SalesforceErrors.AfterFate(error, fate, write)) switch
        {
            WriteOutcome.Refused refused => refused with { VendorField = SalesforceMaps.ContactRoles },
            var other => other,
        };
    }

    /// <summary>Tells the hub what is stored where that is less than it wanted: a lead cannot have a role.</summary>
    private static WriteOutcome.Stored WithRoles(WriteOutcome.Stored outcome, RecordWrite write)
    {
        var text = ContactRole.Join(ContactRole.Wanted(SalesforceRequests.Roles(write)!.Value.Value));
        return outcome with { Values = new Dictionary<string, string?>(StringComparer.Ordinal) { [SalesforceMaps.ContactRoles] = text } };
    }

    private WriteOutcome.Stored? Stored(SalesforceObject type, SaveResult result) =>
        result is { Success: true, Id: { } id } ? new(type.Ref(system, id), result.Created == true) : null;

    private static SalesforceError ErrorOf(SaveResult result) =>
        result.Errors is [var error, ..] ? error : new(ErrorCode: null, StatusCode: null, Message: null, Fields: null);

    private static bool HasField(RecordWrite write, string field) => write.Fields.Any(entry => string.Equals(entry.VendorField, field, StringComparison.OrdinalIgnoreCase));
}
