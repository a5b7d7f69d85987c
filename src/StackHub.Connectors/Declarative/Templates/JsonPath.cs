using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>Places in JSON by names joined with dots; a number is a place in a list: "data.attributes.emails.0".</summary>
internal static class JsonPath
{
    public static JsonNode? At(JsonNode? node, string path)
    {
        if (path.Length == 0)
            return node;
        foreach (var name in path.Split('.'))
        {
            node = node switch
            {
                JsonObject json => json[name],
                JsonArray list when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }
        return node;
    }

    /// <summary>Whether the place exists, be it with null in it.</summary>
    public static bool Has(JsonNode? node, string path)
    {
        var dot = path.LastIndexOf('.');
        return At(node, dot < 0 ? "" : path[..dot]) switch
        {
            JsonObject json => json.ContainsKey(path[(dot + 1)..]),
            JsonArray list => int.TryParse(path[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count,
            _ => false,
        };
    }

    /// <summary>Puts a value there and makes the objects on the way; lists are given whole.</summary>
    public static void Put(JsonObject root, string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (root[name] is not JsonObject inner)
                root[name] = inner = [];
            root = inner;
        }
        root[names[^1]] = value;
    }

    /// <summary>A scalar as the hub keeps texts; null for null, empty texts, objects and lists.</summary>
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => node.ToJsonString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
