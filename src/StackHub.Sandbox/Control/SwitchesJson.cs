using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Control;

/// <summary>Reads and sets the public switches of an object by name, for the control API.</summary>
internal static class SwitchesJson
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static JsonObject Read(object switches)
    {
        var json = new JsonObject();
        foreach (var property in Settable(switches))
            json[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = JsonSerializer.SerializeToNode(property.GetValue(switches), property.PropertyType, Web);
        return json;
    }

    /// <summary>Sets what is named; throws for a name that is no switch.</summary>
    public static void Apply(object switches, JsonElement patch)
    {
        var known = Settable(switches).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in patch.EnumerateObject())
        {
            if (!known.TryGetValue(member.Name, out var property))
                throw new ArgumentException($"There is no switch '{member.Name}'; there are: {string.Join(", ", known.Keys)}.", nameof(patch));
            property.SetValue(switches, member.Value.Deserialize(property.PropertyType, Web));
        }
    }

    private static IEnumerable<PropertyInfo> Settable(object switches) =>
        switches.GetType().GetProperties().Where(property => property.SetMethod is { IsPublic: true });
}
