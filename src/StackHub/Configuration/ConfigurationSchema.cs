using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Configuration.Format;
using StackHub.Connecting;

namespace StackHub.Configuration;

/// <summary>The JSON Schema of stackhub.yaml for editors, made from the table of keys that the loader itself uses.</summary>
public static class ConfigurationSchema
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json() => Json([]);

    /// <param name="connectors">With them the schema also knows the vendors, their settings and their objects.</param>
    public static string Json(IReadOnlyList<IConnectorFactory> connectors)
    {
        ArgumentNullException.ThrowIfNull(connectors);
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "StackHub configuration (stackhub.yaml)",
        };
        foreach (var (name, value) in FileFormat.Shape.Schema())
            schema[name] = value?.DeepClone();
        if (connectors.Count > 0)
            AddConnectors(SystemSchema(schema), [.. connectors.Select(factory => factory.Info).OrderBy(info => info.Vendor, StringComparer.Ordinal)]);
        return Text(schema);
    }

    private static JsonObject SystemSchema(JsonObject schema) =>
        (JsonObject)schema["properties"]![FileFormat.Systems.Name]!["patternProperties"]![Forms.System.Form.ToString()]!;

    private static void AddConnectors(JsonObject system, ConnectorInfo[] connectors)
    {
        system["properties"]![SystemFormat.Connector.Name]!["enum"] = Names(connectors.Select(connector => connector.Vendor));
        system["allOf"] = new JsonArray([.. connectors.Select(connector => (JsonNode)new JsonObject
        {
            ["if"] = new JsonObject { ["properties"] = new JsonObject { [SystemFormat.Connector.Name] = new JsonObject { ["const"] = connector.Vendor } } },
            ["then"] = new JsonObject { ["properties"] = Known(connector) },
        })]);
    }

    private static JsonObject Known(ConnectorInfo connector) => new()
    {
        [SystemFormat.Settings.Name] = new JsonObject { ["properties"] = Settings(connector), ["additionalProperties"] = false },
        [SystemFormat.Objects.Name] = new JsonObject { ["propertyNames"] = new JsonObject { ["enum"] = Names(connector.Objects.Select(type => type.ObjectType)) } },
    };

    private static JsonObject Settings(ConnectorInfo connector)
    {
        var settings = new JsonObject();
        foreach (var setting in connector.Settings)
        {
            var doc = setting.Default is null ? setting.Purpose : $"{setting.Purpose.TrimEnd('.')}. Default: {setting.Default}.";
            settings[setting.Name] = new JsonObject { ["description"] = doc };
            if (setting.Secret)
                (settings[setting.Name]!["type"], settings[setting.Name]!["pattern"]) = ("string", $"^({SecretReference.Environment}|{SecretReference.KeyVault}):.+$");
        }
        return settings;
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    private static string Text(JsonObject schema)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Written))
            schema.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }
}
