using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>Leads: filter, read, sync, delete, merge.</summary>
internal sealed class LeadCalls(MarketoSandbox sandbox)
{
    private static readonly string[] Shown = ["id", "email", "updatedAt", "createdAt", "lastName", "firstName"];
    private static readonly string[] Filters = ["id", "email", "cookies", "facebookId", "leadPartitionId", "linkedInId", "sfdcAccountId", "sfdcContactId", "sfdcLeadId", "twitterId"];
    private readonly Inputs inputs = new(sandbox);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/rest/v1/leads.json", "leads.filter", Filter) with { IsSearch = true },
        Endpoint.Get("/rest/v1/lead/{leadId}.json", "leads.get", Get),
        Endpoint.Post("/rest/v1/leads.json", "leads.sync", Sync),
        Endpoint.Post("/rest/v1/leads/delete.json", "leads.delete", Delete),
        new("POST", "/rest/v1/leads/{leadId}/merge.json", "leads.merge", Merge) { IsWrite = true },
    ];

    private MarketoTable Table => sandbox.State.Leads;

    private Answer Filter(Call call) =>
        inputs.Filtered(call, Table, filter => Filters.Contains(filter) || Table.Field(filter) is { IsSearchable: true }, Shown, (json, _) => { });

    private Answer Get(Call call)
    {
        var asked = call.Queries("fields").ToList();
        inputs.RefuseUnknown(Table, asked);
        return Table.Find(call.Route("leadId")) is { } lead
            ? sandbox.Answers.Success(new JsonArray(Inputs.Shown(lead, asked.Count > 0 ? asked : Shown, (json, _) => { }, 0)))
            : sandbox.Answers.Success(new JsonArray());
    }

    private Answer Sync(Call call)
    {
        var records = inputs.Of(call);
        var action = inputs.Choice(call, "action", "createOrUpdate", "createOnly", "updateOnly", "createOrUpdate", "createDuplicate");
        var lookup = inputs.Choice(call, "lookupField", "email", ["id", "email", .. Table.Fields.Where(field => field.IsSearchable).Select(field => field.Name)]);
        if (call.Json.Text("partitionName") is { } partition and not "Default")
            throw sandbox.Answers.Refusal("1010", $"Partition '{partition}' not found");
        inputs.RefuseUnknown(Table, records.SelectMany(record => record.EnumerateObject().Select(member => member.Name)));
        return sandbox.Answers.Success(records.Select(JsonNode? (record) => sandbox.Leads.Sync(action, lookup, record)).ToJsonArray());
    }

    private Answer Delete(Call call)
    {
        var result = new JsonArray();
        foreach (var record in inputs.Of(call))
        {
            var lead = Table.Find(record.Member("id")?.AsText());
            if (lead is not null)
                sandbox.Leads.Delete(lead);
            result.Add(lead is null ? MarketoAnswers.Skipped("1004", "Lead not found") : new JsonObject { ["id"] = lead.Id, ["status"] = "deleted" });
        }

        return sandbox.Answers.Success(result);
    }

    private Answer Merge(Call call)
    {
        var winner = Lead(call.Route("leadId"));
        var losers = call.Queries("leadId").Concat(call.Queries("leadIds")).Select(Lead).ToList();
        sandbox.Leads.Merge(winner, losers);
        return sandbox.Answers.Success();
    }

    private MarketoRow Lead(string id) =>
        Table.Find(id) ?? throw sandbox.Answers.Refusal("1004", string.Create(CultureInfo.InvariantCulture, $"Lead '{id}' not found"));
}
