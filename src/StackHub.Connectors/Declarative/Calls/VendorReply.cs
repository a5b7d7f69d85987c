using System.Text.Json.Nodes;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Calls;

/// <summary>What the vendor answered: a body, or the fault that the file's rules make of it.</summary>
internal sealed record VendorReply(int Status, JsonNode? Body, VendorFault? Fault)
{
    public JsonNode? At(string path) => JsonPath.At(Body, path);

    public string? Text(string path) => JsonPath.Text(At(path));

    public IReadOnlyList<JsonNode> Items(string path) => At(path) is JsonArray list ? [.. list.OfType<JsonNode>()] : [];

    public override string ToString() => $"HTTP {Status} {Fault}";
}
