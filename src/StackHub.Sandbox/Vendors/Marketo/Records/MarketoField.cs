using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Marketo.Records;

/// <summary>A field of leads, companies or opportunities.</summary>
internal sealed record MarketoField(string Name, string DataType)
{
    public bool IsCustom { get; init; }

    public bool IsUpdateable { get; init; } = true;

    /// <summary>Marketo filters leads by custom fields of these types only.</summary>
    public bool IsSearchable => IsCustom && DataType is "string" or "email" or "integer";

    public bool IsText => DataType is "string" or "email" or "phone" or "url";

    /// <summary>"name:type" or "name:type:readonly".</summary>
    public static MarketoField Parse(string text) =>
        text.Split(':') is [var name, var type, ..] parts ? new(name, type) { IsUpdateable = parts.Length < 3 } : throw new ArgumentException(text, nameof(text));

    public bool Fits(JsonElement value) => value.ValueKind == JsonValueKind.Null || DataType switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" or "score" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "float" or "currency" or "percent" => value.ValueKind == JsonValueKind.Number,
        "date" => value.ValueKind == JsonValueKind.String && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "datetime" => value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _),
        _ => value.ValueKind == JsonValueKind.String,
    };

    /// <summary>As it is stored; an empty text is no value.</summary>
    public static JsonValue? Stored(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? JsonValue.Create(text) : null,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(value.GetDouble()),
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    /// <summary>What a person types in Marketo's pages, as JSON.</summary>
    public JsonNode? Typed(string? text) => (DataType, text) switch
    {
        (_, null) => null,
        ("boolean", _) => bool.Parse(text),
        ("integer" or "score", _) => long.Parse(text, CultureInfo.InvariantCulture),
        ("float" or "currency" or "percent", _) => double.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };
}
