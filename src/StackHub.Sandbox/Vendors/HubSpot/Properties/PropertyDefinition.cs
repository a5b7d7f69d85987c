using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot.Properties;

/// <summary>One property of an object type.</summary>
internal sealed record PropertyDefinition(string Name, string Type = "string", string FieldType = "text")
{
    public string Label { get; init; } = Name;

    public string Group { get; init; } = "contactinformation";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Options { get; init; } = [];

    public bool ReadOnly { get; init; }

    public bool Unique { get; init; }

    public bool IsCustom { get; init; }

    public JsonObject Json() => new()
    {
        ["name"] = Name,
        ["label"] = Label,
        ["type"] = Type,
        ["fieldType"] = FieldType,
        ["description"] = Description,
        ["groupName"] = Group,
        ["options"] = Options.Select(JsonNode (value, at) => new JsonObject
        {
            ["label"] = value,
            ["value"] = value,
            ["displayOrder"] = at,
            ["hidden"] = false,
        }).ToJsonArray(),
        ["displayOrder"] = -1,
        ["calculated"] = false,
        ["externalOptions"] = false,
        ["hasUniqueValue"] = Unique,
        ["hidden"] = false,
        ["hubspotDefined"] = !IsCustom,
        ["archived"] = false,
        ["formField"] = !ReadOnly,
        ["dataSensitivity"] = "non_sensitive",
        ["modificationMetadata"] = new JsonObject
        {
            ["archivable"] = IsCustom,
            ["readOnlyDefinition"] = !IsCustom,
            ["readOnlyOptions"] = !IsCustom,
            ["readOnlyValue"] = ReadOnly,
        },
    };
}
