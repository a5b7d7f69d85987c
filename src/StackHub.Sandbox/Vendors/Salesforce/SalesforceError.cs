using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>One error in Salesforce's words.</summary>
internal sealed record SalesforceError(string Code, string Message, params IReadOnlyList<string> Fields)
{
    public JsonObject InResult() => new()
    {
        ["statusCode"] = Code,
        ["message"] = Message,
        ["fields"] = Fields.ToJsonArray(),
    };

    public JsonObject InAnswer()
    {
        var json = new JsonObject { ["message"] = Message, ["errorCode"] = Code };
        if (Fields.Count > 0 || Code.StartsWith("REQUIRED", StringComparison.Ordinal))
            json["fields"] = Fields.ToJsonArray();
        return json;
    }

    public Answer Answer(int status) => new(status, new JsonArray(InAnswer()));

    public VendorRefusal Refusal(int status = 400) => new(Answer(status));
}
