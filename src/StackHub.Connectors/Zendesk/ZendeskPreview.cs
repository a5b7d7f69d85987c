using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>The requests a write would send, in order; pure.</summary>
internal static class ZendeskPreview
{
    public static IReadOnlyList<PlannedRequest> Of(ZendeskType type, IReadOnlyList<RecordWrite> writes)
    {
        RecordWrite[] updates = [.. writes.Where(write => write.Target is not null)];
        RecordWrite[] creates = [.. writes.Where(write => write.Target is null)];
        List<PlannedRequest> requests = [];
        if (updates.Length > 0)
            requests.Add(new("GET", $"{type.Path}/show_many?ids={string.Join(',', updates.Select(write => write.Target))}", Body: null));
        if (creates.Where(write => write.Uncertain).ToArray() is { Length: > 0 } uncertain)
            requests.Add(new("GET", $"{type.Path}/show_many?external_ids={string.Join(',', uncertain.Select(write => write.HubId))}", Body: null));
        if (updates.Length > 0)
            requests.Add(new("PUT", $"{type.Path}/update_many", Text(type, updates.Select(write => ZendeskMapping.UpdateBody(type, write, default)))));
        if (creates.Length > 0)
            requests.Add(new("POST", $"{type.Path}/create_many", Text(type, creates.Select(write => ZendeskMapping.CreateBody(type, write)))));
        return requests;
    }

    private static string Text(ZendeskType type, IEnumerable<JsonObject> bodies) => JsonSerializer.Serialize(ZendeskBulk.Body(type, bodies), ZendeskWire.Default.JsonObject);
}
