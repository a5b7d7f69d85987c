using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Hosting;

/// <summary>What a vendor answers: status, body and headers, not yet written to the wire.</summary>
internal sealed record Answer(int Status, JsonNode? Json = null)
{
    public string? Text { get; init; }

    public string ContentType { get; init; } = "application/json;charset=utf-8";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    private static readonly Dictionary<string, string> NoHeaders = [];

    public static Answer Ok(JsonNode json) => new(200, json);

    public static Answer Created(JsonNode json) => new(201, json);

    public static readonly Answer NoContent = new(204);

    public Answer With(string header, string value) =>
        this with { Headers = new Dictionary<string, string>(Headers) { [header] = value } };
}
