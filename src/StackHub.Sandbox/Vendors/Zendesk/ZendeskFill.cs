using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Takes what a body says into a record. Like the real one it ignores what it does not know, custom fields too.</summary>
internal static partial class ZendeskFill
{
    public static bool IsAddress(string text) => Address().IsMatch(text);

    public static void Into(ZendeskUser user, JsonElement json, IReadOnlyList<ZendeskField> fields)
    {
        Texts(json, "name", value => user.Name = value ?? "");
        Texts(json, "external_id", value => user.ExternalId = value);
        Texts(json, "phone", value => user.Phone = value);
        Texts(json, "notes", value => user.Notes = value);
        Texts(json, "details", value => user.Details = value);
        Texts(json, "role", value => user.Role = value is "end-user" or "agent" or "admin" ? value : throw ZendeskErrors.Invalid("role", "Role: is invalid", "InvalidValue"));
        if (json.Member("organization_id") is { } organization)
            user.OrganizationId = organization.ValueKind == JsonValueKind.Number ? organization.GetInt64() : null;
        if (json.Member("tags") is { ValueKind: JsonValueKind.Array })
            user.Tags = Tags(json);
        Custom(user.Custom, json.Member("user_fields"), fields);
        if (string.IsNullOrWhiteSpace(user.Name))
            throw ZendeskErrors.Invalid("name", "Name: is too short (minimum one character)", "BlankValue");
    }

    public static void Into(ZendeskOrganization organization, JsonElement json, IReadOnlyList<ZendeskField> fields)
    {
        Texts(json, "name", value => organization.Name = value ?? "");
        Texts(json, "external_id", value => organization.ExternalId = value);
        Texts(json, "notes", value => organization.Notes = value);
        Texts(json, "details", value => organization.Details = value);
        if (json.Member("domain_names") is { ValueKind: JsonValueKind.Array })
            organization.Domains = [.. json.Texts("domain_names").Select(domain => domain.Trim().ToLowerInvariant()).Where(domain => domain.Length > 0).Distinct()];
        if (json.Member("tags") is { ValueKind: JsonValueKind.Array })
            organization.Tags = Tags(json);
        Custom(organization.Custom, json.Member("organization_fields"), fields);
        if (string.IsNullOrWhiteSpace(organization.Name))
            throw ZendeskErrors.Invalid("name", "Name: cannot be blank", "BlankValue");
    }

    /// <summary>Tags are lower case and one word.</summary>
    private static List<string> Tags(JsonElement json) =>
        [.. json.Texts("tags").Select(tag => tag.Trim().ToLowerInvariant().Replace(' ', '_')).Where(tag => tag.Length > 0).Distinct()];

    private static void Texts(JsonElement json, string name, Action<string?> set)
    {
        if (json.Member(name) is not { } value)
            return;
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Number))
            throw ZendeskErrors.Invalid(name, $"{name}: is invalid", "InvalidValue");
        set(value.AsText() is { Length: > 0 } text ? text : null);
    }

    private static void Custom(Dictionary<string, JsonElement> custom, JsonElement? values, IReadOnlyList<ZendeskField> fields)
    {
        if (values is not { ValueKind: JsonValueKind.Object } json)
            return;
        foreach (var value in json.EnumerateObject())
        {
            if (fields.FirstOrDefault(field => field.Key == value.Name) is not { } field)
                continue;
            if (value.Value.ValueKind is JsonValueKind.Null || value.Value.AsText() is "")
                custom.Remove(field.Key);
            else
                custom[field.Key] = Fitting(field, value.Value).Clone();
        }
    }

    private static JsonElement Fitting(ZendeskField field, JsonElement value)
    {
        var text = value.AsText();
        var fits = field.Type switch
        {
            "integer" => long.TryParse(text, CultureInfo.InvariantCulture, out _),
            "decimal" => decimal.TryParse(text, CultureInfo.InvariantCulture, out _),
            "checkbox" => text is "true" or "false",
            "date" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => text is not null,
        };
        if (!fits)
            throw ZendeskErrors.Invalid("base", $"{field.Title}: is invalid", "InvalidValue");
        return field.Type switch
        {
            "integer" or "decimal" => JsonSerializer.SerializeToElement(decimal.Parse(text!, CultureInfo.InvariantCulture)),
            "checkbox" => JsonSerializer.SerializeToElement(text == "true"),
            "date" => JsonSerializer.SerializeToElement($"{text![..10]}T00:00:00+00:00"),
            _ => JsonSerializer.SerializeToElement(text),
        };
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
    private static partial Regex Address();
}
