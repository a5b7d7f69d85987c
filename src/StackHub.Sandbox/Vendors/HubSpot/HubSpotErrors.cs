using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>Refusals in HubSpot's shape.</summary>
internal sealed class HubSpotErrors
{
    private readonly Sequence correlations = new();

    public Answer Answer(int status, string category, string message, params IEnumerable<HubSpotProblem> problems)
    {
        var json = new JsonObject
        {
            ["status"] = "error",
            ["message"] = message,
            ["correlationId"] = correlations.NextGuid().ToString(),
            ["category"] = category,
        };
        if (problems.Select(JsonNode (problem) => problem.Json()).ToJsonArray() is { Count: > 0 } errors)
            json["errors"] = errors;
        return new(status, json);
    }

    public VendorRefusal Refusal(int status, string category, string message, params IEnumerable<HubSpotProblem> problems) =>
        new(Answer(status, category, message, problems));

    public VendorRefusal Invalid(string message) => Refusal(400, "VALIDATION_ERROR", message);

    public VendorRefusal Missing(string member) =>
        Invalid($"Invalid input JSON on line 1, column 1: Some required fields were not set: [{member}]");

    public VendorRefusal NotFound() => Refusal(404, "OBJECT_NOT_FOUND", "resource not found");

    /// <summary>One entry of a 207's errors.</summary>
    public static JsonObject Entry(string category, string message, string key, params IEnumerable<string> values) => new()
    {
        ["status"] = "error",
        ["category"] = category,
        ["message"] = message,
        ["context"] = new JsonObject { [key] = values.ToJsonArray() },
        ["errors"] = new JsonArray(),
        ["links"] = new JsonObject(),
    };
}

/// <summary>One detail of a refusal.</summary>
internal sealed record HubSpotProblem(string Message, string Code, string Property)
{
    public JsonObject Json() => new()
    {
        ["message"] = Message,
        ["code"] = Code,
        ["context"] = new JsonObject { ["propertyName"] = new JsonArray(Property) },
    };
}
