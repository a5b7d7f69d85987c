using System.Text.Json;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Hosting;

/// <summary>Small readings of a JSON body that every vendor needs.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    public static string? Text(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool? Flag(this JsonElement json, string name) => json.Member(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static IEnumerable<string> Texts(this JsonElement json, string name) =>
        json.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    /// <summary>A scalar as text, whatever its JSON type; null for null, objects and arrays.</summary>
    public static string? AsText(this JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes)
    {
        var array = new JsonArray();
        foreach (var node in nodes)
            array.Add(node);
        return array;
    }

    public static JsonArray ToJsonArray(this IEnumerable<string> values) =>
        values.Select(value => (JsonNode?)JsonValue.Create(value)).ToJsonArray();
}
