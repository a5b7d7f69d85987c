using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connectors.Declarative.Format;

namespace StackHub.Connectors.Declarative;

/// <summary>The JSON Schema of a vendor's file, made from the table of keys that the reader itself uses.</summary>
public static class VendorSchema
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "A vendor of StackHub's (connectors/*.yaml)",
        };
        foreach (var (name, value) in VendorFormat.Shape.Schema())
            schema[name] = value?.DeepClone();
        return schema.ToJsonString(Written);
    }
}
