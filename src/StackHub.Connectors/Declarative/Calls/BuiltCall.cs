using System.Text.Json.Nodes;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Declarative.Calls;

/// <summary>A call with its names filled in, or the reasons why it must not be sent.</summary>
internal abstract record BuiltCall
{
    private BuiltCall()
    {
    }

    public sealed record Ready(HttpMethod Method, string Path, JsonNode? Json, IReadOnlyList<KeyValuePair<string, string>>? Form, IReadOnlyList<KeyValuePair<string, string>> Headers) : BuiltCall
    {
        public HttpContent? Content(string mediaType) => Json is not null ? VendorHttp.Json(Json, DeclarativeWire.Default.JsonNode, mediaType) : Form is not null ? new FormUrlEncodedContent(Form) : null;

        public override string ToString() => Method.Method;
    }

    /// <param name="Faults">Sentences that name names and hold no values.</param>
    public sealed record Unfit(IReadOnlyList<string> Faults) : BuiltCall;

    /// <summary>
    /// A value in the path is encoded whole, so that it changes neither the host nor the depth of the path; a header's value that would
    /// begin another header is not sent.
    /// </summary>
    public static BuiltCall Of(RequestSpec request, Names names)
    {
        var rendering = new Rendering(names);
        var path = request.Path.Render(rendering, Uri.EscapeDataString);
        if (path is not null && path.Split('/').Skip(1).Any(segment => segment is "." or ".." || (segment.Length == 0 && request.Path.Parts.Length > 1)))
            rendering.Unfit(request.Path, "would lead to another path");
        var query = string.Join('&', Pairs(request.Query, rendering).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        var headers = HeadersOf(request.Headers, rendering);
        var form = request.Form.IsEmpty ? null : Pairs(request.Form, rendering);
        var json = request.Body?.Render(rendering);
        return rendering.Faults.Count > 0 ? new Unfit(rendering.Faults) : new Ready(request.Method, query.Length > 0 ? $"{path}?{query}" : path!, json, form, headers);
    }

    public static IReadOnlyList<KeyValuePair<string, string>> HeadersOf(IEnumerable<KeyValuePair<string, Template>> headers, Rendering rendering)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var (name, template) in headers)
        {
            var value = template.Render(rendering);
            if (value is not null && value.Any(char.IsControl))
                rendering.Unfit(template, "has a line break or another control character, which no header may have");
            else if (value is not null)
                pairs.Add(new(name, value));
        }
        return pairs;
    }

    private static List<KeyValuePair<string, string>> Pairs(IEnumerable<KeyValuePair<string, Template>> templates, Rendering rendering) =>
        [.. templates.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Render(rendering) ?? ""))];
}
