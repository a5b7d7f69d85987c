using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <summary>The requests a write would send, in order; pure. One that would not be sent is not here.</summary>
internal static class DeclarativePreview
{
    public static IReadOnlyList<PlannedRequest> Of(ObjectSpec type, IReadOnlyList<RecordWrite> writes, Names settings)
    {
        var requests = new List<PlannedRequest>();
        foreach (var write in writes.Where(write => write.Target is not null))
            Add(requests, type.Update?.Request, DeclarativeMapping.NamesOf(type, write, settings));
        RecordWrite[] creates = [.. writes.Where(write => write.Target is null)];
        if ((type.Upsert ?? type.Create) is not { } create)
            return requests;
        foreach (var chunk in creates.Chunk(create.Batch))
            Add(requests, create.Request, create.Record is { } record ? settings.With("records", Records(type, record, chunk, settings)) : DeclarativeMapping.NamesOf(type, chunk[0], settings));
        return requests;
    }

    private static JsonArray Records(ObjectSpec type, Body record, RecordWrite[] writes, Names settings) =>
        new([.. writes.Select(write => record.Render(new(DeclarativeMapping.NamesOf(type, write, settings))))]);

    private static void Add(List<PlannedRequest> requests, RequestSpec? request, Names names)
    {
        if (request is not null && BuiltCall.Of(request, names) is BuiltCall.Ready ready)
            requests.Add(new(ready.Method.Method, ready.Path, ready.Json?.ToJsonString() ?? (ready.Form is null ? null : string.Join('&', ready.Form.Select(pair => $"{pair.Key}={pair.Value}")))));
    }
}
