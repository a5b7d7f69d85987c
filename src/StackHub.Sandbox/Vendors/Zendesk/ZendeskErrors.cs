using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>Refusals in Zendesk's shapes.</summary>
internal static class ZendeskErrors
{
    public static Answer Answer(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["description"] = description });

    public static VendorRefusal Refusal(int status, string error, string description) => new(Answer(status, error, description));

    public static VendorRefusal Missing() => Refusal(404, "RecordNotFound", "Not found");

    /// <summary>A record that breaks a rule, with the field and the kind of breach.</summary>
    public static RecordInvalid Invalid(string field, string description, string error) => new(field, description, error);

    public static Answer Invalid(RecordInvalid problem) => new(422, new JsonObject
    {
        ["error"] = "RecordInvalid",
        ["description"] = "Record validation errors",
        ["details"] = new JsonObject
        {
            [problem.Field] = new JsonArray(new JsonObject { ["description"] = problem.Message, ["error"] = problem.Error }),
        },
    });
}

/// <summary>One rule one record breaks: an answer of its own, or a row of a job.</summary>
internal sealed class RecordInvalid(string name, string description, string error) : Exception(description)
{
    public string Field { get; } = name;

    public string Error { get; } = error;
}
