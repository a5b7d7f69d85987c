using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Writes leads. Updates go by id, since an address may be shared. A create looks first, and is then told to create only: by address, so
/// that a lead that came into being meanwhile is refused (1005) instead of doubled; without an address it is an upsert by the hub's id.
/// </summary>
internal sealed class MarketoLeads(MarketoApi api, MarketoLookup lookup, MarketoOptions options, SystemId system)
{
    private readonly MarketoBatches batches = new(api, options);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        (RecordWrite Write, int Index)[] all = [.. writes.Select((write, index) => (write, index))];
        await MarketoParts.RunAsync(outcomes,
        [
            ([.. all.Where(w => w.Write.Target is not null).Select(w => w.Index)], part => UpdateAsync(writes, part, outcomes, cancellationToken)),
            ([.. all.Where(w => w.Write.Target is null).Select(w => w.Index)], part => CreateAsync(writes, part, outcomes, cancellationToken)),
        ]).ConfigureAwait(false);
        return outcomes;
    }

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var lines = await batches.SendAsync("leads.delete", [.. ids.Select(id => new JsonObject { ["id"] = Number(id) })],
            input => api.DeleteAsync(MarketoObject.Leads, new(input), cancellationToken)).ConfigureAwait(false);
        return [.. lines.Select(line => line.Deletion)];
    }

    public static JsonObject UpdateBody(RecordWrite write)
    {
        var body = MarketoMapping.ToBody(write);
        body["id"] = Number(write.Target!);
        return body;
    }

    public JsonObject CreateBody(RecordWrite write)
    {
        var body = MarketoMapping.ToBody(write);
        body[options.IdField] = write.HubId.ToString();
        return body;
    }

    public MarketoSync Updates(JsonArray input) => new("updateOnly", input, LookupField: "id", PartitionName: options.Partition);

    public MarketoSync Creates(JsonArray input, bool byAddress) =>
        byAddress ? new("createOnly", input, LookupField: MarketoObject.Email, PartitionName: options.Partition) : new("createOrUpdate", input, LookupField: options.IdField, PartitionName: options.Partition);

    private async Task UpdateAsync(IReadOnlyList<RecordWrite> writes, int[] part, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var lines = await batches.SendAsync("leads.sync", [.. part.Select(index => UpdateBody(writes[index]))],
            input => api.SyncAsync(MarketoObject.Leads, Updates(input), cancellationToken)).ConfigureAwait(false);
        foreach (var (index, line) in part.Zip(lines).Where(pair => !MarketoErrors.IsMissing(pair.Second.Error)))
            outcomes[index] = OutcomeOf(writes[index], line);
        int[] missing = [.. part.Where(index => outcomes[index] is null)];
        var survivors = await FindAsync(writes, missing, byAddress: false, cancellationToken).ConfigureAwait(false);
        foreach (var index in missing)
            outcomes[index] = FateOf(writes[index], survivors);
    }

    /// <summary>A merged lead is gone by its old id; its survivor is found where it carries the hub's id.</summary>
    private WriteOutcome FateOf(RecordWrite write, IReadOnlyList<MarketoItem> leads) =>
        MarketoMatches.Decide(write with { Fields = [] }, leads, options.IdField, system) is WriteOutcome.Existing found && found.Ref.Id != write.Target
            ? new WriteOutcome.Moved(found.Ref)
            : new WriteOutcome.Gone();

    private async Task CreateAsync(IReadOnlyList<RecordWrite> writes, int[] part, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        for (var rest = part; rest.Length > 0;)
        {
            var found = await FindAsync(writes, rest, byAddress: true, cancellationToken).ConfigureAwait(false);
            foreach (var index in rest)
                outcomes[index] = MarketoMatches.Decide(writes[index], found, options.IdField, system)!;
            int[] fresh = [.. rest.Where(index => outcomes[index] is null)];
            // Of two with one address the second must see the first: it has its turn in the next round.
            int[] now = [.. fresh.DistinctBy(index => MarketoMatches.EmailOf(writes[index]) ?? writes[index].HubId.ToString(), StringComparer.OrdinalIgnoreCase)];
            foreach (var group in now.GroupBy(index => MarketoMatches.EmailOf(writes[index]) is not null))
                await SendAsync(writes, [.. group], group.Key, outcomes, cancellationToken).ConfigureAwait(false);
            rest = [.. fresh.Except(now)];
            if (!now.Any(index => outcomes[index] is WriteOutcome.Retry))
                continue;
            foreach (var index in rest)
                outcomes[index] = new WriteOutcome.Retry("another create has no answer yet");
            return;
        }
    }

    private async Task SendAsync(IReadOnlyList<RecordWrite> writes, int[] part, bool byAddress, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var lines = await batches.SendAsync("leads.sync", [.. part.Select(index => CreateBody(writes[index]))],
            input => api.SyncAsync(MarketoObject.Leads, Creates(input, byAddress), cancellationToken)).ConfigureAwait(false);
        foreach (var (index, line) in part.Zip(lines).Where(pair => !MarketoErrors.IsTaken(pair.Second.Error)))
            outcomes[index] = OutcomeOf(writes[index], line);
        int[] taken = [.. part.Where(index => outcomes[index] is null)];
        var found = await FindAsync(writes, taken, byAddress: true, cancellationToken).ConfigureAwait(false);
        foreach (var index in taken) // what is taken and not to be found is not indexed yet
            outcomes[index] = MarketoMatches.Decide(writes[index], found, options.IdField, system) ?? new WriteOutcome.Retry("the address is taken", options.ThrottleWait);
    }

    /// <summary>By the hub's id where a create may have been stored before or there is no address, and by address.</summary>
    private async Task<IReadOnlyList<MarketoItem>> FindAsync(IReadOnlyList<RecordWrite> writes, int[] part, bool byAddress, CancellationToken cancellationToken)
    {
        string[] fields = ["id", MarketoObject.Email, options.IdField];
        var ids = part.Where(index => writes[index].Uncertain || !byAddress || MarketoMatches.EmailOf(writes[index]) is null).Select(index => writes[index].HubId.ToString());
        var found = await lookup.FindAsync(MarketoObject.Leads, options.IdField, ids, fields, cancellationToken).ConfigureAwait(false);
        if (byAddress)
            found.AddRange(await lookup.FindAsync(MarketoObject.Leads, MarketoObject.Email, part.Select(index => MarketoMatches.EmailOf(writes[index])).OfType<string>(), fields, cancellationToken).ConfigureAwait(false));
        return found;
    }

    private WriteOutcome OutcomeOf(RecordWrite write, MarketoLine line) => line switch
    {
        { Failure: not null } => line.Retry,
        { Error: { } error } => MarketoErrors.Refused(error, write),
        { Item: { Status: "created" or "updated" } item } when (item.Text("id") ?? write.Target) is { } id => new WriteOutcome.Stored(MarketoObject.Leads.Ref(system, id), item.Status == "created"),
        _ => line.Retry,
    };

    /// <summary>Marketo numbers its leads; what is no number is no lead.</summary>
    private static long Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
