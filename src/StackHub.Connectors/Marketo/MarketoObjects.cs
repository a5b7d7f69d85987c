using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>
/// Writes companies and opportunities, by their outside key: a create is an upsert with the hub's id as that key, so it may be sent twice.
/// </summary>
internal sealed class MarketoObjects(MarketoApi api, MarketoOptions options, SystemId system)
{
    private const string ByKey = "dedupeFields";
    private const string CompanyName = "company";
    private readonly MarketoBatches batches = new(api, options);

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(MarketoObject type, IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome[writes.Count];
        (RecordWrite Write, int Index)[] all = [.. writes.Select((write, index) => (write, index))];
        await MarketoParts.RunAsync(outcomes,
        [
            ([.. all.Where(w => w.Write.Target is not null).Select(w => w.Index)], part => SendAsync(type, writes, part, outcomes, cancellationToken)),
            ([.. all.Where(w => w.Write.Target is null).Select(w => w.Index)], part => SendAsync(type, writes, part, outcomes, cancellationToken)),
        ]).ConfigureAwait(false);
        return outcomes;
    }

    public async Task<IReadOnlyList<WriteOutcome>> DeleteAsync(MarketoObject type, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var lines = await batches.SendAsync($"{type.Name}.delete", [.. keys.Select(key => new JsonObject { [type.Key] = key })],
            input => api.DeleteAsync(type, new(input, ByKey), cancellationToken)).ConfigureAwait(false);
        return [.. lines.Select(line => line.Deletion)];
    }

    public static JsonObject Body(MarketoObject type, RecordWrite write)
    {
        var body = MarketoMapping.ToBody(write);
        body[type.Key] = KeyOf(write);
        if (body.TryGetPropertyValue(CompanyName, out var name) && name is null)
            body[CompanyName] = ""; // by Marketo's description the one field that takes no null
        return body;
    }

    public static MarketoSync Sync(JsonArray input, bool creates) => new(creates ? "createOrUpdate" : "updateOnly", input, DedupeBy: ByKey);

    private async Task SendAsync(MarketoObject type, IReadOnlyList<RecordWrite> writes, int[] part, WriteOutcome[] outcomes, CancellationToken cancellationToken)
    {
        var creates = writes[part[0]].Target is null;
        var lines = await batches.SendAsync($"{type.Name}.sync", [.. part.Select(index => Body(type, writes[index]))],
            input => api.SyncAsync(type, Sync(input, creates), cancellationToken)).ConfigureAwait(false);
        foreach (var (index, line) in part.Zip(lines))
            outcomes[index] = OutcomeOf(type, writes[index], line);
    }

    private WriteOutcome OutcomeOf(MarketoObject type, RecordWrite write, MarketoLine line) => line switch
    {
        { Failure: not null } => line.Retry,
        { Error: { } error } when MarketoErrors.IsMissing(error) && write.Target is not null => new WriteOutcome.Gone(),
        { Error: { } error } => MarketoErrors.Refused(error, write),
        { Item.Status: "created" or "updated" } => new WriteOutcome.Stored(type.Ref(system, KeyOf(write)), line.Item.Status == "created"),
        _ => line.Retry,
    };

    private static string KeyOf(RecordWrite write) => write.Target ?? write.HubId.ToString();
}
