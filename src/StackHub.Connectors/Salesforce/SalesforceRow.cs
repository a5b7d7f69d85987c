using System.Globalization;
using System.Text.Json;

namespace StackHub.Connectors.Salesforce;

/// <summary>Reads one query row: plain text for each kind of JSON value.</summary>
internal static class SalesforceRow
{
    private static readonly string[] ChangeTimes = ["LastModifiedDate", "SystemModstamp"];

    public static string Id(JsonElement row) => SalesforceId.Full(Text(row, "Id") ?? throw new FormatException("A Salesforce row has no Id."));

    public static bool Is(JsonElement row, string field) => Text(row, field) == "true";

    /// <summary>The feed's time.</summary>
    public static DateTimeOffset Stamp(JsonElement row) =>
        SalesforceTime.TryParse(Text(row, "SystemModstamp")) ?? throw new FormatException("A Salesforce row has no SystemModstamp.");

    /// <summary>
    /// LastModifiedDate, because Salesforce's own housekeeping moves SystemModstamp without changing a value; stale values would look new.
    /// </summary>
    public static DateTimeOffset ModifiedAt(JsonElement row) =>
        ChangeTimes.Select(field => SalesforceTime.TryParse(Text(row, field))).FirstOrDefault(time => time is not null) ?? Stamp(row);

    /// <summary>The field's value as plain text; null when it is null or not in the row. "Owner.Name" walks the relationship.</summary>
    public static string? Text(JsonElement row, string field) => Find(row, field) is { } value ? Text(value) : null;

    public static bool Has(JsonElement row, string field) => Find(row, field) is { ValueKind: not JsonValueKind.Object and not JsonValueKind.Array };

    private static JsonElement? Find(JsonElement row, string field)
    {
        var value = row;
        foreach (var part in field.Split('.'))
        {
            if (value.ValueKind == JsonValueKind.Null)
                return value;
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(part, out value))
                return null;
        }

        return value;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Instant(value.GetString()!),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => Number(value.GetRawText()),
        _ => null,
    };

    private static string Instant(string text) =>
        text.Length > 20 && text[10] == 'T' && SalesforceTime.TryParse(text) is { } time ? SalesforceTime.Canonical(time) : text;

    /// <summary>Salesforce writes large numbers as 3.5E8 and whole ones as 12.0.</summary>
    private static string Number(string raw) =>
        decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : raw;
}
