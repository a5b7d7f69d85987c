using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>The workspace's subscription types: one to opt out of, one to opt in to.</summary>
internal static class IntercomSubscriptions
{
    public const string OptOut = "91";
    public const string OptIn = "92";

    public static readonly IReadOnlyList<string> All = [OptOut, OptIn];

    public static JsonObject Json(string id) => new()
    {
        ["type"] = "subscription",
        ["id"] = id,
        ["state"] = "live",
        ["consent_type"] = id == OptIn ? "opt_in" : "opt_out",
        ["default_translation"] = Translation(id),
        ["translations"] = new JsonArray(Translation(id)),
        ["content_types"] = new JsonArray("email"),
    };

    private static JsonObject Translation(string id) => new()
    {
        ["name"] = id == OptIn ? "Newsletter" : "Announcements",
        ["description"] = id == OptIn ? "The monthly newsletter" : "News about the product",
        ["locale"] = "en",
    };
}
