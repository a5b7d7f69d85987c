using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>Answers and refusals in JSON:API's shape.</summary>
internal sealed class KlaviyoErrors
{
    public const string MediaType = "application/vnd.api+json";

    private readonly Sequence numbers = new();

    public static Answer Ok(JsonNode json, int status = 200) => new(status, json) { ContentType = MediaType };

    public Answer Answer(int status, string code, string title, string detail, JsonObject? source = null, JsonObject? meta = null)
    {
        var error = new JsonObject
        {
            ["id"] = numbers.NextGuid().ToString(),
            ["status"] = status,
            ["code"] = code,
            ["title"] = title,
            ["detail"] = detail,
            ["source"] = source ?? new JsonObject { ["pointer"] = "/data/" },
            ["links"] = new JsonObject(),
            ["meta"] = meta ?? [],
        };
        return Ok(new JsonObject { ["errors"] = new JsonArray(error) }, status);
    }

    public VendorRefusal Invalid(string detail, string pointer = "/data") =>
        new(Answer(400, "invalid", "Invalid input.", detail, new JsonObject { ["pointer"] = pointer }));

    public VendorRefusal BadParameter(string detail, string parameter) =>
        new(Answer(400, "invalid", "Invalid input.", detail, new JsonObject { ["parameter"] = parameter }));

    public VendorRefusal Missing(string what, string id) =>
        new(Answer(404, "not_found", "Not found.", $"A {what} with id {id} does not exist."));

    public VendorRefusal TooLarge(string detail) => new(Answer(413, "payload_too_large", "Payload too large.", detail));

    public VendorRefusal Duplicate(string id) => new(Answer(
        409,
        "duplicate_profile",
        "Conflict.",
        "A profile already exists with one of these identifiers.",
        new JsonObject { ["pointer"] = "/data/attributes" },
        new JsonObject { ["duplicate_profile_id"] = id }));
}
