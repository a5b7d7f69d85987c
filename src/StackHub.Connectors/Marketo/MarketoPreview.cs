using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>The requests a write would send, in order; pure.</summary>
internal static class MarketoPreview
{
    public static IReadOnlyList<PlannedRequest> Of(MarketoObject type, IReadOnlyList<RecordWrite> writes, MarketoLeads leads, string idField) =>
        type.IsLeads ? [.. Leads(writes, leads, idField)] : [.. Objects(type, writes)];

    private static IEnumerable<PlannedRequest> Leads(IReadOnlyList<RecordWrite> writes, MarketoLeads leads, string idField)
    {
        RecordWrite[] updates = [.. writes.Where(w => w.Target is not null)];
        RecordWrite[] creates = [.. writes.Where(w => w.Target is null)];
        if (updates.Length > 0)
            yield return Request(MarketoObject.Leads, leads.Updates(Input(updates.Select(MarketoLeads.UpdateBody))));
        string[] fields = ["id", MarketoObject.Email, idField];
        foreach (var query in MarketoLookup.Queries(idField, creates.Where(w => w.Uncertain || MarketoMatches.EmailOf(w) is null).Select(w => w.HubId.ToString()), fields)
                     .Concat(MarketoLookup.Queries(MarketoObject.Email, creates.Select(MarketoMatches.EmailOf).OfType<string>(), fields)))
            yield return new("GET", $"{MarketoObject.Leads.Path}?{query.Text}", Body: null);
        foreach (var group in creates.GroupBy(w => MarketoMatches.EmailOf(w) is not null))
            yield return Request(MarketoObject.Leads, leads.Creates(Input(group.Select(leads.CreateBody)), group.Key));
    }

    private static IEnumerable<PlannedRequest> Objects(MarketoObject type, IReadOnlyList<RecordWrite> writes) =>
        writes.GroupBy(w => w.Target is null).OrderBy(group => group.Key)
            .Select(group => Request(type, MarketoObjects.Sync(Input(group.Select(w => MarketoObjects.Body(type, w))), creates: group.Key)));

    private static JsonArray Input(IEnumerable<JsonObject> records) => [.. records];

    private static PlannedRequest Request(MarketoObject type, MarketoSync sync) => new("POST", type.Path, JsonSerializer.Serialize(sync, MarketoJson.Default.MarketoSync));
}
