using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>The fields of leads, and the day's use.</summary>
internal sealed class SchemaCalls(MarketoSandbox sandbox)
{
    private static readonly string[] Types = ["boolean", "currency", "date", "datetime", "email", "float", "integer", "percent", "phone", "score", "string", "url"];
    private readonly Inputs inputs = new(sandbox);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/rest/v1/leads/describe2.json", "leads.describe", _ => Describe()),
        Endpoint.Post("/rest/v1/leads/schema/fields.json", "leads.createFields", Create),
        Endpoint.Get("/rest/v1/stats/usage.json", "stats.usage", _ => Usage()),
    ];

    private MarketoTable Leads => sandbox.State.Leads;

    private Answer Describe() => sandbox.Answers.Success(new JsonArray(new JsonObject
    {
        ["name"] = "API Lead",
        ["searchableFields"] = Leads.Fields.Where(field => field.IsSearchable || field.Name is "id" or "email").Select(JsonNode? (field) => new JsonArray(field.Name)).ToJsonArray(),
        ["fields"] = Leads.Fields.Select(JsonNode? (field) => Shown(field)).ToJsonArray(),
    }));

    private JsonObject Shown(MarketoField field)
    {
        var json = new JsonObject
        {
            ["name"] = field.Name, ["displayName"] = field.Name, ["dataType"] = field.DataType, ["updateable"] = field.IsUpdateable, ["crmManaged"] = false,
        };
        if (field.IsText)
            json["length"] = sandbox.Options.LongestText;
        return json;
    }

    private Answer Create(Call call)
    {
        var result = new JsonArray();
        foreach (var input in inputs.Of(call))
        {
            if (input.Text("name") is not { Length: > 0 } name || input.Text("displayName") is null || !Types.Contains(input.Text("dataType")))
                throw sandbox.Answers.Refusal("1003", "Invalid field definition");
            var isTaken = Leads.Field(name) is not null;
            if (!isTaken)
                Leads.Fields.Add(new(name, input.Text("dataType")!) { IsCustom = true });
            var line = isTaken ? MarketoAnswers.Skipped("1005", $"Field '{name}' already exists") : new JsonObject { ["status"] = "created" };
            line["name"] = name;
            result.Add(line);
        }

        return sandbox.Answers.Success(result);
    }

    private Answer Usage() => sandbox.Answers.Success(new JsonArray(new JsonObject
    {
        ["date"] = CentralTime.Of(sandbox.Clock.Now).ToString("yyyy-MM-dd"),
        ["total"] = sandbox.CountedToday,
        ["users"] = new JsonArray(new JsonObject { ["userId"] = "api@sandbox.example", ["count"] = sandbox.CountedToday }),
    }));
}
