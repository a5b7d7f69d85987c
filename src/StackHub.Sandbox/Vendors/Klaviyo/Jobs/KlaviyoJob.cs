using System.Text.Json.Nodes;

namespace StackHub.Sandbox.Vendors.Klaviyo.Jobs;

/// <summary>Work that was accepted and is done later; whoever asked is told nothing about a single record of it.</summary>
internal sealed record KlaviyoJob(string Id, string Type, DateTimeOffset Created, DateTimeOffset Due, int Total, Action<KlaviyoJob> Work)
{
    public bool IsDone { get; set; }

    public int Failed { get; set; }

    public int Skipped { get; set; }

    public List<JsonObject> Errors { get; } = [];

    public string Status(DateTimeOffset now) => IsDone ? "complete" : now - Created < (Due - Created) / 2 ? "queued" : "processing";

    public JsonObject Json(KlaviyoJson shapes, DateTimeOffset now)
    {
        var attributes = new JsonObject
        {
            ["status"] = Status(now),
            ["created_at"] = KlaviyoJson.Time(Created),
            ["total_count"] = Total,
            ["completed_count"] = IsDone ? Total - Failed - Skipped : 0,
            ["completed_at"] = IsDone ? KlaviyoJson.Time(Due) : null,
        };
        attributes[Type == "profile-bulk-import-job" ? "failed_count" : "skipped_count"] = Failed + Skipped;
        return new() { ["type"] = Type, ["id"] = Id, ["attributes"] = attributes, ["links"] = shapes.Self($"/api/{Type}s/{Id}/") };
    }
}
