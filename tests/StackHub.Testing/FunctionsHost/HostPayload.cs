using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;

namespace StackHub.Testing.FunctionsHost;

/// <summary>
/// The body of an invocation as the host writes it: what is not an object becomes JSON within a string, so that a text arrives encoded
/// twice and a number as text; dates stay plain. A JSON message's own members are put over the metadata of the same name.
/// </summary>
internal static class HostPayload
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string OfQueue(FunctionDeclaration function, QueueMessage message, string text)
    {
        var metadata = new SortedDictionary<string, JsonNode?>(StringComparer.OrdinalIgnoreCase)
        {
            ["DequeueCount"] = Encoded(message.DequeueCount),
            ["ExpirationTime"] = message.ExpiresOn,
            ["Id"] = Encoded(message.MessageId),
            ["InsertionTime"] = message.InsertedOn,
            ["NextVisibleTime"] = message.NextVisibleOn,
            ["PopReceipt"] = Encoded(message.PopReceipt),
        };
        foreach (var (name, value) in Members(text))
            metadata[name] = Encoded(value);
        metadata["sys"] = Sys(function);
        return Written(function, Encoded(text), metadata);
    }

    public static string OfTimer(FunctionDeclaration function, bool late)
    {
        var timer = new JsonObject { ["Schedule"] = new JsonObject { ["AdjustForDST"] = true }, ["ScheduleStatus"] = null, ["IsPastDue"] = late };
        return Written(function, timer, new() { ["sys"] = Sys(function) });
    }

    /// <summary>Of a message that is a JSON object: its members that are no arrays, as text.</summary>
    private static IEnumerable<(string Name, string Value)> Members(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject members ? [.. members.Where(member => member.Value is not JsonArray).Select(member => (member.Key, member.Value?.ToString() ?? ""))] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string Written(FunctionDeclaration function, JsonNode data, SortedDictionary<string, JsonNode?> metadata) =>
        new JsonObject { ["Data"] = new JsonObject { [function.Parameter] = data }, ["Metadata"] = new JsonObject(metadata) }.ToJsonString(Plain);

    private static JsonNode Encoded<T>(T value) => JsonSerializer.Serialize(value, Plain);

    private static JsonObject Sys(FunctionDeclaration function) => new() { ["MethodName"] = function.Name, ["UtcNow"] = TimeProvider.System.GetUtcNow(), ["RandGuid"] = HostId.New() };
}
