using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>Refusals in Intercom's shape.</summary>
internal sealed class IntercomErrors
{
    private readonly Sequence requests = new();

    public Answer Answer(int status, string code, string message, string? field = null)
    {
        var error = new JsonObject { ["code"] = code, ["message"] = message };
        if (field is not null)
            error["field"] = field;
        return new(status, new JsonObject
        {
            ["type"] = "error.list",
            ["request_id"] = requests.NextGuid().ToString(),
            ["errors"] = new JsonArray(error),
        });
    }

    public VendorRefusal Refusal(int status, string code, string message, string? field = null) => new(Answer(status, code, message, field));

    public VendorRefusal Invalid(string message, string? field = null) => Refusal(400, "parameter_invalid", message, field);

    public VendorRefusal Missing(string message) => Refusal(400, "parameter_not_found", message);

    public VendorRefusal NoContact() => Refusal(404, "not_found", "User Not Found");

    public VendorRefusal NoCompany() => Refusal(404, "company_not_found", "Company Not Found");
}
