using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Intercom.Records;

/// <summary>One attribute of contacts or companies.</summary>
internal sealed record DataAttribute(int Id, string Model, string Name, string DataType, DateTimeOffset CreatedAt)
{
    public IReadOnlyList<string> Options { get; init; } = [];

    public string? Description { get; init; }

    public bool IsCustom { get; init; } = true;

    public bool Archived { get; init; }

    /// <summary>Whether a value of this JSON type may be stored.</summary>
    public bool Fits(JsonElement value) => (DataType, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => true,
        ("string", JsonValueKind.String) => Options.Count == 0 || Options.Contains(value.GetString()!),
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out _),
        ("float", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("date", JsonValueKind.Number) => value.TryGetInt64(out _),
        _ => false,
    };

    public JsonObject Json()
    {
        var json = new JsonObject
        {
            ["type"] = "data_attribute",
            ["name"] = Name,
            ["full_name"] = IsCustom ? $"custom_attributes.{Name}" : Name,
            ["label"] = Name,
            ["description"] = Description ?? "",
            ["data_type"] = DataType,
            ["api_writable"] = true,
            ["ui_writable"] = IsCustom,
            ["messenger_writable"] = false,
            ["custom"] = IsCustom,
            ["archived"] = Archived,
            ["model"] = Model,
        };
        if (!IsCustom)
            return json;
        json["id"] = Id;
        json["admin_id"] = "991267786";
        (json["created_at"], json["updated_at"]) = (CreatedAt.ToUnixTimeSeconds(), CreatedAt.ToUnixTimeSeconds());
        if (Options.Count > 0)
            json["options"] = Options.ToJsonArray();
        return json;
    }
}
