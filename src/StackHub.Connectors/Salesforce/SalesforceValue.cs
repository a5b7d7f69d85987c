using System.Globalization;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Mapping;

namespace StackHub.Connectors.Salesforce;

/// <summary>A canonical value as Salesforce's JSON wants it: typed, and null to clear.</summary>
internal static class SalesforceValue
{
    public static void Write(Utf8JsonWriter json, FieldWrite field)
    {
        var text = field.Value.Text;
        if (field.Type == FieldType.Boolean)
            json.WriteBooleanValue(text == "true"); // a checkbox has no blank and refuses null: cleared is unchecked
        else if (text is null)
            json.WriteNullValue();
        else if (field.Type == FieldType.Number && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            json.WriteNumberValue(number);
        else
            json.WriteStringValue(text);
    }
}
