using System.Globalization;
using System.Text.Json;

namespace StackHub.Connectors.Marketo;

/// <summary>One line of a result: a record, an activity, or what became of a write.</summary>
internal readonly struct MarketoItem(JsonElement json)
{
    public string? Status => Text("status");

    public DateTimeOffset? UpdatedAt => Time(MarketoObject.UpdatedAt);

    /// <summary>Why a record was skipped; the vendor's description calls the member "reason".</summary>
    public MarketoError? Reason => Get("reasons") is { ValueKind: JsonValueKind.Array } reasons && reasons.GetArrayLength() > 0 ? ErrorOf(reasons[0])
        : Get("reason") is { ValueKind: JsonValueKind.Object } reason ? ErrorOf(reason) : null;

    public JsonElement? Get(string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A scalar as plain text; null for null, an empty text, and what is no scalar.</summary>
    public string? Text(string name) => Get(name) is { } value ? TextOf(value) : null;

    public IEnumerable<MarketoItem> Items(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Select(item => new MarketoItem(item)) : [];

    /// <summary>The values of an array of texts.</summary>
    public IEnumerable<string> Texts(string name) =>
        Get(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray().Select(TextOf).OfType<string>() : [];

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>It may be personal data.</summary>
    public override string ToString() => "[item]";

    public static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : value.GetRawText(),
        _ => null,
    };

    private static MarketoError ErrorOf(JsonElement reason)
    {
        var item = new MarketoItem(reason);
        return new(item.Text("code"), item.Text("message"));
    }
}
