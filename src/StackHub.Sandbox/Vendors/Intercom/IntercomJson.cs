using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Contacts, companies and lists in Intercom's shape.</summary>
internal sealed class IntercomJson(IntercomOptions options)
{
    private static readonly string[] Unknown =
    [
        "last_replied_at", "last_contacted_at", "last_email_opened_at", "last_email_clicked_at", "language_override", "browser", "browser_version", "browser_language", "os",
        "android_app_name", "android_app_version", "android_device", "android_os_version", "android_sdk_version", "android_last_seen_at",
        "ios_app_name", "ios_app_version", "ios_device", "ios_os_version", "ios_sdk_version", "ios_last_seen_at",
    ];

    public JsonObject Of(IntercomContact contact)
    {
        var json = new JsonObject
        {
            ["type"] = "contact",
            ["id"] = contact.Id,
            ["workspace_id"] = options.AppId,
            ["external_id"] = contact.ExternalId,
            ["role"] = contact.Role,
            ["email"] = contact.Email ?? (options.MissingEmailAsNull ? null : ""),
            ["email_domain"] = contact.Email?.Split('@')[^1] ?? (options.MissingEmailAsNull ? null : ""),
            ["phone"] = contact.Phone,
            ["name"] = contact.Name,
            ["avatar"] = contact.Avatar is null ? null : new JsonObject { ["type"] = "avatar", ["image_url"] = contact.Avatar },
            ["owner_id"] = contact.OwnerId,
            ["social_profiles"] = new JsonObject { ["type"] = "list", ["data"] = new JsonArray() },
            ["has_hard_bounced"] = false,
            ["marked_email_as_spam"] = false,
            ["unsubscribed_from_emails"] = contact.Unsubscribed,
            ["created_at"] = contact.CreatedAt.ToUnixTimeSeconds(),
            ["updated_at"] = contact.UpdatedAt.ToUnixTimeSeconds(),
            ["signed_up_at"] = contact.SignedUpAt,
            ["last_seen_at"] = contact.LastSeenAt,
        };
        foreach (var name in Unknown)
            json[name] = null;
        json["location"] = new JsonObject { ["type"] = "location", ["country"] = null, ["region"] = null, ["city"] = null };
        json["custom_attributes"] = Custom(contact.Custom);
        json["tags"] = Linked(contact, "tags", []);
        json["notes"] = Linked(contact, "notes", []);
        json["companies"] = Linked(contact, "companies", contact.Companies.Select(JsonNode (id) => new JsonObject { ["type"] = "company", ["id"] = id, ["url"] = $"/companies/{id}" }));
        return json;
    }

    public JsonObject Of(IntercomCompany company)
    {
        var json = new JsonObject
        {
            ["type"] = "company",
            ["company_id"] = company.CompanyId,
            ["id"] = company.Id,
            ["app_id"] = options.AppId,
            ["name"] = company.Name ?? "",
            ["created_at"] = company.CreatedAt.ToUnixTimeSeconds(),
            ["updated_at"] = company.UpdatedAt.ToUnixTimeSeconds(),
            ["monthly_spend"] = (long)company.MonthlySpend,
            ["session_count"] = 0,
            ["user_count"] = company.Contacts.Count,
            ["tags"] = new JsonObject { ["type"] = "tag.list", ["tags"] = new JsonArray() },
            ["segments"] = new JsonObject { ["type"] = "segment.list", ["segments"] = new JsonArray() },
            ["plan"] = company.Plan is null ? [] : new JsonObject { ["type"] = "plan", ["id"] = company.Plan, ["name"] = company.Plan },
            ["custom_attributes"] = Custom(company.Custom),
        };
        if (company.RemoteCreatedAt is { } remote)
            json["remote_created_at"] = remote;
        if (company.Size is { } size)
            json["size"] = size;
        if (company.Website is { } website)
            json["website"] = website;
        if (company.Industry is { } industry)
            json["industry"] = industry;
        return json;
    }

    public static JsonObject Reference(IntercomContact contact, string? flag = null, bool value = true)
    {
        var json = new JsonObject { ["type"] = "contact", ["id"] = contact.Id, ["external_id"] = contact.ExternalId };
        if (flag is not null)
            json[flag] = value;
        return json;
    }

    /// <summary>A page of a cursor-based list.</summary>
    public static JsonObject Page(IEnumerable<JsonNode> data, int total, int perPage, int page, string? next)
    {
        var pages = new JsonObject { ["type"] = "pages", ["page"] = page, ["per_page"] = perPage, ["total_pages"] = (total + perPage - 1) / perPage };
        if (next is not null)
            pages["next"] = new JsonObject { ["per_page"] = perPage, ["starting_after"] = next };
        return new() { ["type"] = "list", ["data"] = data.ToJsonArray(), ["total_count"] = total, ["pages"] = pages };
    }

    private static JsonObject Linked(IntercomContact contact, string name, IEnumerable<JsonNode> data)
    {
        var items = data.ToJsonArray();
        return new() { ["type"] = "list", ["total_count"] = items.Count, ["data"] = items, ["url"] = $"/contacts/{contact.Id}/{name}", ["has_more"] = false };
    }

    private static JsonObject Custom(Dictionary<string, object?> values)
    {
        var json = new JsonObject();
        foreach (var (name, value) in values)
        {
            json[name] = value switch
            {
                null => null,
                string text => text,
                long number => number,
                double number => number,
                bool flag => flag,
                _ => value.ToString(),
            };
        }

        return json;
    }
}
