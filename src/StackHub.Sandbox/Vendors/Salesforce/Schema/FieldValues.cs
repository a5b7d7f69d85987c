using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StackHub.Sandbox.Vendors.Salesforce.Schema;

/// <summary>Values between JSON, CSV and memory, with Salesforce's refusals.</summary>
internal static partial class FieldValues
{
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        double number => number == Math.Truncate(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((decimal)number) : JsonValue.Create(number),
        _ => JsonValue.Create(ToText(value)),
    };

    public static string? ToText(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset time => Stamp(time),
        _ => value.ToString(),
    };

    /// <summary>A JSON value for this field; throws the parser error that refuses the whole request.</summary>
    public static object? Parse(Field field, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when field.Type != FieldType.Boolean && !field.IsNumber => FromText(field, json.GetString()!) ?? Blank(field, json),
        JsonValueKind.True or JsonValueKind.False when field.Type == FieldType.Boolean => json.GetBoolean(),
        JsonValueKind.Number when field.IsNumber => Number(field, json),
        _ => throw Unreadable(field, json),
    };

    /// <summary>A value written as text (CSV, a person's edit); null when it does not fit the type.</summary>
    public static object? FromText(Field field, string text) => field.Type switch
    {
        FieldType.Boolean => bool.TryParse(text, out var flag) ? flag : null,
        FieldType.Date => DateOnly.TryParseExact(text.Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
        FieldType.DateTime => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null,
        _ when field.IsNumber => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
    };

    /// <summary>The refusal of one record for this value, or null.</summary>
    public static SalesforceError? Problem(Field field, object? value) => value switch
    {
        string text when field.Length > 0 && text.Length > field.Length && field.Type != FieldType.Reference =>
            new("STRING_TOO_LONG", $"{field.Name}: data value too large: {text} (max length={field.Length})", field.Name),
        string text when field.Type == FieldType.Email && !EmailShape().IsMatch(text) =>
            new("INVALID_EMAIL_ADDRESS", $"{field.Name}: invalid email address: {text}", field.Name),
        string text when field is { Restricted: true } && !field.Values.Contains(text) =>
            new("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", $"{field.Name}: bad value for restricted picklist field: {text}", field.Name),
        double number when field.Type == FieldType.Int && number != Math.Truncate(number) =>
            new("NUMBER_OUTSIDE_VALID_RANGE", $"{field.Name}: value outside of valid range: {number}", field.Name),
        _ => null,
    };

    private static object? Blank(Field field, JsonElement json) =>
        string.IsNullOrWhiteSpace(json.GetString()) && field.Type is not (FieldType.Date or FieldType.DateTime) ? null : throw Unreadable(field, json);

    private static double Number(Field field, JsonElement json) =>
        field.Type == FieldType.Int && !json.TryGetInt32(out _) ? throw Unreadable(field, json) : json.GetDouble();

    private static Hosting.VendorRefusal Unreadable(Field field, JsonElement json)
    {
        var kind = json.ValueKind switch
        {
            JsonValueKind.Number => json.TryGetInt64(out _) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT",
            JsonValueKind.True => "VALUE_TRUE",
            JsonValueKind.False => "VALUE_FALSE",
            JsonValueKind.Object => "START_OBJECT",
            JsonValueKind.Array => "START_ARRAY",
            _ => "VALUE_STRING",
        };
        var type = field.IsText || field.Type is FieldType.Reference or FieldType.Id ? "string" : field.TypeName;
        return new SalesforceError("JSON_PARSER_ERROR", $"Cannot deserialize instance of {type} from {kind} value {json.GetRawText().Trim('"')} or request may be missing a required field at [line:1, column:1]").Refusal();
    }

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*/=?^_+\-`{|}~][A-Za-z0-9!#$%&'*/=?^_+\-`{|}~.]*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$")]
    private static partial Regex EmailShape();
}
