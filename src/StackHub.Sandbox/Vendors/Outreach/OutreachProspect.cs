using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Outreach;

/// <summary>A prospect; its attributes are as they came, but for the times.</summary>
internal sealed class OutreachProspect(long number, DateTimeOffset made)
{
    public long Number => number;

    public DateTimeOffset Made { get; } = made;

    public DateTimeOffset Updated { get; set; } = made;

    public JsonObject Attributes { get; } = new()
    {
        ["emails"] = new JsonArray(),
        ["firstName"] = null,
        ["lastName"] = null,
        ["title"] = null,
        ["mobilePhones"] = new JsonArray(),
        ["addressCity"] = null,
        ["addressCountry"] = null,
        ["externalId"] = null,
        ["emailOptedOut"] = false,
    };

    public IEnumerable<string> Emails => Attributes["emails"]!.AsArray().Select(email => (string)email!);

    public string? ExternalId => (string?)Attributes["externalId"];

    public JsonObject Json()
    {
        var attributes = (JsonObject)Attributes.DeepClone();
        (attributes["createdAt"], attributes["updatedAt"]) = (Time(Made), Time(Updated));
        return new() { ["type"] = "prospect", ["id"] = number, ["attributes"] = attributes };
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'");
}
