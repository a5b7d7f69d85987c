using System.Globalization;
using System.Text.Json;

namespace StackHub.Connectors.Intercom;

/// <summary>A contact or company as Intercom sent it. Kept as JSON, so that "absent" and "null" stay two things.</summary>
internal readonly struct IntercomItem(JsonElement json)
{
    public string? Id => Text("id");

    public string? ExternalId => Text("external_id");

    public string? Email => Text("email");

    public string? Name => Text("name");

    public DateTimeOffset? CreatedAt => Seconds("created_at");

    public DateTimeOffset? UpdatedAt => Seconds("updated_at");

    public IntercomItem? Child(string name) => Get(name) is { ValueKind: JsonValueKind.Object } child ? new IntercomItem(child) : null;

    public JsonElement? Get(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    public string? Text(string name) => Get(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public IEnumerable<string> Keys => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(p => p.Name) : [];

    /// <summary>Null when the answer does not list companies; Intercom lists the first ten.</summary>
    public IntercomCompanyLinks? Companies => Child("companies") is { } list ? LinksOf(list) : null;

    /// <summary>It may be personal data.</summary>
    public override string ToString() => "[item]";

    private static IntercomCompanyLinks? LinksOf(IntercomItem list)
    {
        if (list.Get("data") is not { ValueKind: JsonValueKind.Array } data)
            return null;
        string[] ids = [.. data.EnumerateArray().Select(c => new IntercomItem(c).Id).OfType<string>()];
        var more = list.Get("has_more") is { ValueKind: JsonValueKind.True };
        var total = list.Get("total_count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt32(out var n) ? n : ids.Length;
        return new IntercomCompanyLinks(ids, more || total > ids.Length);
    }

    private DateTimeOffset? Seconds(string name) => Get(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds),
        { ValueKind: JsonValueKind.String } text when DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => null,
    };
}

/// <summary>The companies a contact is attached to, as far as the answer lists them.</summary>
internal sealed record IntercomCompanyLinks(IReadOnlyList<string> Ids, bool HasMore)
{
    public bool IsNone => Ids.Count == 0 && !HasMore;

    /// <summary>The company when there is exactly one; Intercom has no "main" company among several.</summary>
    public string? Only => Ids.Count == 1 && !HasMore ? Ids[0] : null;
}
