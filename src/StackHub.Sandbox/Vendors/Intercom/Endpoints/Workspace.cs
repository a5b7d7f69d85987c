using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom.Endpoints;

/// <summary>Who is calling, and which attributes there are.</summary>
internal sealed partial class Workspace(IntercomSandbox sandbox)
{
    private static readonly string[] Types = ["string", "integer", "float", "boolean", "date", "datetime", "options"];

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/me", "me", Me),
        Endpoint.Get("/admins", "admins.list", _ => Answer.Ok(new JsonObject { ["type"] = "admin.list", ["admins"] = new JsonArray(Admin()) })),
        Endpoint.Get("/data_attributes", "dataAttributes.list", List),
        Endpoint.Post("/data_attributes", "dataAttributes.create", Create),
    ];

    private Answer Me(Call call)
    {
        var admin = Admin();
        admin["email_verified"] = true;
        admin["app"] = new JsonObject
        {
            ["type"] = "app",
            ["id_code"] = sandbox.Options.AppId,
            ["name"] = "Sandbox",
            ["region"] = "US",
            ["timezone"] = "UTC",
            ["created_at"] = 1704067200,
            ["identity_verification"] = false,
        };
        return Answer.Ok(admin);
    }

    private static JsonObject Admin() => new()
    {
        ["type"] = "admin",
        ["id"] = "991267786",
        ["name"] = "Hannah Human",
        ["email"] = "hannah.human@sandbox.example",
        ["job_title"] = "Admin",
        ["away_mode_enabled"] = false,
        ["away_mode_reassign"] = false,
        ["has_inbox_seat"] = true,
        ["team_ids"] = new JsonArray(),
    };

    private Answer List(Call call)
    {
        var model = call.Query("model");
        var attributes = sandbox.State.Attributes.Where(attribute => (model is null || attribute.Model == model) && (!attribute.Archived || call.Query("include_archived") == "true"));
        return Answer.Ok(new JsonObject { ["type"] = "list", ["data"] = attributes.Select(JsonNode (attribute) => attribute.Json()).ToJsonArray() });
    }

    private Answer Create(Call call)
    {
        var name = call.Json.Text("name") ?? throw sandbox.Errors.Missing("name not specified");
        if (call.Json.Text("model") is not ("contact" or "company") and var model)
            throw sandbox.Errors.Invalid("The Data Attribute model field must be either contact or company");
        model = call.Json.Text("model")!;
        if (!Types.Contains(call.Json.Text("data_type")))
            throw sandbox.Errors.Invalid("Data Type isn't an option");
        if (!NameShape().IsMatch(name))
            throw sandbox.Errors.Invalid("Your name for this attribute must only contain alphanumeric characters, currency symbols, and hyphens");
        if (sandbox.State.Custom(model, name) is not null)
            throw sandbox.Errors.Invalid($"You already have '{name}' in your {model} data. To save this as new {model} data, use a different name.");
        if (sandbox.State.Attributes.Count(attribute => attribute is { IsCustom: true, Archived: false } && attribute.Model == model) >= sandbox.Options.CustomAttributes)
            throw sandbox.Errors.Invalid("You have reached the limit of custom attributes");
        return Answer.Ok(Defined(call, model, name).Json());
    }

    private DataAttribute Defined(Call call, string model, string name)
    {
        var type = call.Json.Text("data_type")!;
        var options = call.Json.Items("options").Select(option => option.Text("value")).OfType<string>().ToList();
        if (type == "options" && options.Count < 2)
            throw sandbox.Errors.Invalid("At least two options are required");
        var stored = type switch
        {
            "options" => "string",
            "datetime" => "date",
            _ => type,
        };
        var attribute = new DataAttribute(sandbox.State.Attributes.Count + 1, model, name, stored, sandbox.Clock.Now) { Options = options, Description = call.Json.Text("description") };
        sandbox.State.Attributes.Add(attribute);
        return attribute;
    }

    [GeneratedRegex(@"^[\p{L}\p{N}\p{Sc}_ -]+$")]
    private static partial Regex NameShape();
}
