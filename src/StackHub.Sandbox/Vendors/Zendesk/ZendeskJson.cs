using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>The shapes of Zendesk's answers.</summary>
internal sealed class ZendeskJson(ZendeskOptions options)
{
    private string Root => $"https://{options.Subdomain}.zendesk.com/api/v2";

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public JsonObject Of(ZendeskUser user, IReadOnlyList<ZendeskField> fields)
    {
        var json = new JsonObject
        {
            ["id"] = user.Id,
            ["url"] = $"{Root}/users/{user.Id}.json",
            ["name"] = user.Name,
            ["email"] = user.Email,
            ["created_at"] = Text(user.CreatedAt),
            ["updated_at"] = Text(user.UpdatedAt),
            ["time_zone"] = "Eastern Time (US & Canada)",
            ["iana_time_zone"] = "America/New_York",
            ["phone"] = user.Phone,
            ["shared_phone_number"] = user.Phone is null ? null : false,
            ["photo"] = null,
            ["locale_id"] = 1,
            ["locale"] = "en-US",
            ["organization_id"] = user.OrganizationId,
            ["role"] = user.Role,
            ["verified"] = user.Identities.Exists(identity => identity.Verified),
            ["external_id"] = user.ExternalId,
            ["tags"] = user.Tags.ToJsonArray(),
            ["alias"] = "",
            ["active"] = user.Active,
            ["shared"] = false,
            ["shared_agent"] = false,
            ["two_factor_auth_enabled"] = null,
            ["moderator"] = false,
            ["only_private_comments"] = false,
            ["restricted_agent"] = true,
            ["suspended"] = user.Suspended,
            ["details"] = user.Details ?? "",
            ["notes"] = user.Notes ?? "",
            ["user_fields"] = Custom(user.Custom, fields),
        };
        return options.AsDescribed ? Without(json, "email") : json;
    }

    public JsonObject Of(ZendeskOrganization organization, IReadOnlyList<ZendeskField> fields) => new()
    {
        ["id"] = organization.Id,
        ["url"] = $"{Root}/organizations/{organization.Id}.json",
        ["name"] = organization.Name,
        ["shared_tickets"] = false,
        ["shared_comments"] = false,
        ["external_id"] = organization.ExternalId,
        ["created_at"] = Text(organization.CreatedAt),
        ["updated_at"] = Text(organization.UpdatedAt),
        ["deleted_at"] = organization.DeletedAt is { } deleted ? Text(deleted) : null,
        ["domain_names"] = organization.Domains.ToJsonArray(),
        ["details"] = organization.Details,
        ["notes"] = organization.Notes,
        ["group_id"] = null,
        ["tags"] = organization.Tags.ToJsonArray(),
        ["organization_fields"] = Custom(organization.Custom, fields),
    };

    public JsonObject Deleted(ZendeskUser user) => new()
    {
        ["id"] = user.Id,
        ["url"] = $"{Root}/deleted_users/{user.Id}.json",
        ["name"] = user.Name,
        ["email"] = "",
        ["created_at"] = Text(user.CreatedAt),
        ["updated_at"] = Text(user.UpdatedAt),
        ["time_zone"] = "Eastern Time (US & Canada)",
        ["phone"] = user.Phone,
        ["shared_phone_number"] = null,
        ["photo"] = null,
        ["locale_id"] = 1,
        ["locale"] = "en-US",
        ["organization_id"] = user.OrganizationId ?? 0,
        ["role"] = user.Role,
        ["active"] = false,
    };

    public JsonObject Of(ZendeskIdentity identity, ZendeskUser user) => new()
    {
        ["id"] = identity.Id,
        ["url"] = $"{Root}/users/{user.Id}/identities/{identity.Id}.json",
        ["user_id"] = user.Id,
        ["type"] = identity.Type,
        ["value"] = identity.Value,
        ["verified"] = identity.Verified,
        ["primary"] = identity.Primary,
        ["created_at"] = Text(identity.CreatedAt),
        ["updated_at"] = Text(identity.CreatedAt),
        ["deliverable_state"] = "deliverable",
        ["undeliverable_count"] = 0,
    };

    public JsonObject Of(ZendeskField field, string path) => new()
    {
        ["id"] = field.Id,
        ["url"] = $"{Root}/{path}/{field.Id}.json",
        ["key"] = field.Key,
        ["type"] = field.Type,
        ["title"] = field.Title,
        ["raw_title"] = field.Title,
        ["description"] = "",
        ["raw_description"] = "",
        ["position"] = 9999,
        ["active"] = field.Active,
        ["system"] = false,
        ["regexp_for_validation"] = null,
        ["created_at"] = Text(field.CreatedAt),
        ["updated_at"] = Text(field.CreatedAt),
    };

    /// <summary>A checkbox that nobody ever ticked reads as false.</summary>
    private JsonObject Custom(Dictionary<string, JsonElement> custom, IReadOnlyList<ZendeskField> fields)
    {
        var json = new JsonObject();
        foreach (var field in fields)
        {
            if (custom.TryGetValue(field.Key, out var value))
                json[field.Key] = JsonNode.Parse(value.GetRawText());
            else if (field.Type == "checkbox")
                json[field.Key] = false;
            else if (!options.AsDescribed)
                json[field.Key] = null;
        }

        return json;
    }

    private static JsonObject Without(JsonObject json, string blank)
    {
        if (json[blank] is null)
            json.Remove(blank);
        return json;
    }
}
