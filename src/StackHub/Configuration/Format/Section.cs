using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>A block whose keys are known.</summary>
internal sealed class Section(Place place, string path, IReadOnlyDictionary<string, Node> values, ProblemList problems)
{
    public string Path => path;

    public ProblemList Problems => problems;

    public bool Has(Key key) => values.ContainsKey(key.Name);

    public string PathOf(Key key) => Paths.Of(path, key.Name);

    /// <summary>Where the key's value is; of an absent key, where its block begins.</summary>
    public Place PlaceOf(Key key) => values.TryGetValue(key.Name, out var node) ? node.Place : place;

    /// <summary>Null when the key is absent or its value was not of its shape, which is reported. Read a key once.</summary>
    public T? Get<T>(Key<T> key) => values.TryGetValue(key.Name, out var node) ? key.Value.Read(node, PathOf(key), problems) : default;

    /// <summary>The same for the same keys and values, whatever their layout and comments.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        foreach (var (name, node) in values.OrderBy(value => value.Key, StringComparer.Ordinal))
            Write(text.Append(name).Append(':'), node);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..12];
    }

    private static void Write(StringBuilder text, Node node)
    {
        text.Append('(');
        if (node is ScalarNode scalar)
            text.Append(scalar.Text.Length).Append(':').Append(scalar.Text);
        foreach (var item in node is ListNode list ? list.Items : [])
            Write(text, item);
        foreach (var entry in node is MapNode map ? map.Entries : [])
            Write(text.Append(entry.Name).Append(':'), entry.Value);
        text.Append(')');
    }

    public void Problem(Key key, string message, string cure) => problems.Add(PlaceOf(key), PathOf(key), message, cure);
}

/// <summary>The shape of a block whose keys are known.</summary>
internal sealed class SectionOf(string expects, IReadOnlyList<Key> keys) : Shape<Section>
{
    public override string Expects => expects;

    public IReadOnlyList<Key> Keys => keys;

    public override Section? Read(Node node, string path, ProblemList problems)
    {
        if (node is not MapNode && !node.IsNull)
            return WrongBlock(node, path, problems);
        var values = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var entry in node is MapNode map ? map.Distinct(path, problems) : [])
            if (keys.Any(key => key.Name == entry.Name))
                values.Add(entry.Name, entry.Value);
            else
                problems.Add(entry.Place, Paths.Of(path, entry.Name), $"There is no key {Shown.Of(entry.Name)} here.", Suggestion.OneOf(entry.Name, keys.Select(key => key.Name)));
        foreach (var key in keys.Where(key => key.Required && !values.ContainsKey(key.Name)))
            problems.Add(node.Place, path, $"The key {Shown.Of(key.Name)} is missing.", $"Add it: {key.Doc}");
        return new(node.Place, path, values, problems);
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = new JsonArray("object", "null"), ["properties"] = Properties(), ["additionalProperties"] = false };
        if (keys.Any(key => key.Required))
            (schema["type"], schema["required"]) = ("object", new JsonArray([.. keys.Where(key => key.Required).Select(key => (JsonNode)key.Name)]));
        return schema;
    }

    private JsonObject Properties()
    {
        var properties = new JsonObject();
        foreach (var key in keys)
        {
            var schema = key.Shape.Schema();
            schema["description"] = key.Default is null ? key.Doc : $"{key.Doc} Default: {key.Default}.";
            properties[key.Name] = schema;
        }
        return properties;
    }
}
