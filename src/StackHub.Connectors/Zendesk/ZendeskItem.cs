using System.Globalization;
using System.Text.Json;

namespace StackHub.Connectors.Zendesk;

/// <summary>A user or organization as Zendesk sent it. Kept as JSON, so that "absent" and "null" stay two things.</summary>
internal readonly struct ZendeskItem(JsonElement json)
{
    private const string ErasedName = "Permanently Deleted User";

    public string? Id => Text("id") is { Length: > 0 } id ? id : null;

    public string? ExternalId => Text("external_id");

    public string? Email => Text(ZendeskFields.Email);

    public string? Name => Text(ZendeskFields.Name);

    public DateTimeOffset? UpdatedAt => Text("updated_at") is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>Agents and admins are the company's own staff: no business of the hub.</summary>
    public bool IsStaff => Text("role") is { } role && role != "end-user";

    /// <summary>Soft-deleted, merged into another one, or an organization that an export still tells.</summary>
    public bool IsDeleted => Get("active") is { ValueKind: JsonValueKind.False } || Text("deleted_at") is not null;

    /// <summary>Deleted for good: Zendesk says so only by the name it leaves.</summary>
    public bool IsErased => IsDeleted && Name == ErasedName && string.IsNullOrEmpty(Email);

    public bool IsLive => !IsDeleted && !IsStaff;

    public bool IsPresent => json.ValueKind == JsonValueKind.Object;

    public JsonElement? Get(string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;

    public ZendeskItem? Child(string name) => Get(name) is { ValueKind: JsonValueKind.Object } child ? new ZendeskItem(child) : null;

    /// <summary>Texts and numbers: ids are numbers in answers, and texts in events.</summary>
    public string? Text(string name) => Get(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public IReadOnlyList<string> Texts(string name) => Get(name) is { ValueKind: JsonValueKind.Array } array
        ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    /// <summary>It may be personal data.</summary>
    public override string ToString() => "[item]";
}
