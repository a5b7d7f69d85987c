using System.Text;
using System.Text.Json.Nodes;
using StackHub.Conformance.Tests.Node;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests.Judging;

/// <summary>Prism's router and validators over the vendors' own descriptions.</summary>
internal static class PrismJudge
{
    public static async Task<IReadOnlyList<Verdict>> JudgeAsync(IEnumerable<Exchange> exchanges, CancellationToken cancellationToken)
    {
        var lines = await new NodeScript("judge.mjs", SpecFolder.Require()) { Input = exchanges.Select(Line) }.RunAsync(cancellationToken);
        return [.. lines.Select(Verdict.Parse)];
    }

    private static string Line(Exchange exchange, int number) => new JsonObject
    {
        ["vendor"] = exchange.Vendor,
        ["number"] = number,
        ["method"] = exchange.Method,
        ["target"] = exchange.Target,
        ["requestHeaders"] = Headers(exchange.RequestHeaders),
        ["requestBody"] = Encoding.UTF8.GetString(exchange.RequestBody.Span),
        ["status"] = exchange.Status,
        ["responseHeaders"] = Headers(exchange.ResponseHeaders),
        ["responseBody"] = Encoding.UTF8.GetString(exchange.ResponseBody.Span),
    }.ToJsonString();

    private static JsonObject Headers(IReadOnlyDictionary<string, string> headers) => new(headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value)));
}
