using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace StackHub.Connectors.Tests;

/// <summary>Answers requests by a function and remembers them.</summary>
internal sealed class FakeVendor(Func<SentRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<SentRequest> Sent { get; } = [];

    public static HttpResponseMessage Json(HttpStatusCode status, string json) => new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Ok(string json) => Json(HttpStatusCode.OK, json);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!.PathAndQuery, body, request.Headers.Authorization?.ToString());
        Sent.Add(sent);
        return answer(sent);
    }
}

internal sealed record SentRequest(string Method, string Path, string Body, string? Authorization)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public IEnumerable<JsonNode> Inputs => Json["inputs"]!.AsArray()!;
}
