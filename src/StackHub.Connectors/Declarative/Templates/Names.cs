using System.Text.Json.Nodes;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>What the names of a template stand for at this moment; it prints none of it.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, JsonNode> values = new(StringComparer.Ordinal);

    public Names With(string name, JsonNode? value)
    {
        var names = new Names();
        foreach (var (known, held) in values)
            names.values[known] = held;
        if (value is not null)
            names.values[name] = value;
        return names;
    }

    public Names With(string name, string? value) => With(name, string.IsNullOrEmpty(value) ? null : JsonValue.Create(value));

    public Names WithAll(string root, IEnumerable<KeyValuePair<string, string>> entries) => entries.Aggregate(this, (names, entry) => names.With($"{root}.{entry.Key}", entry.Value));

    /// <summary>Null when there is no such name or it is empty; "event.data.id" looks into the node that is called "event".</summary>
    public JsonNode? Find(string name)
    {
        if (values.TryGetValue(name, out var value))
            return value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && values.TryGetValue(name[..dot], out var root) ? JsonPath.At(root, name[(dot + 1)..]) : null;
    }

    public override string ToString() => $"{values.Count} names";
}
