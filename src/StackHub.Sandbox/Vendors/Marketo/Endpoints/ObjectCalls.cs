using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>Companies and opportunities: filter, sync, delete, describe.</summary>
internal sealed class ObjectCalls(MarketoSandbox sandbox)
{
    private readonly Inputs inputs = new(sandbox);

    public IEnumerable<Endpoint> All => [.. For(sandbox.State.Companies), .. For(sandbox.State.Opportunities)];

    private IEnumerable<Endpoint> For(MarketoTable table) =>
    [
        Endpoint.Get($"/rest/v1/{table.Name}.json", $"{table.Name}.filter", call => Filter(call, table)) with { IsSearch = true },
        Endpoint.Post($"/rest/v1/{table.Name}.json", $"{table.Name}.sync", call => Sync(call, table)),
        Endpoint.Post($"/rest/v1/{table.Name}/delete.json", $"{table.Name}.delete", call => Delete(call, table)),
        Endpoint.Get($"/rest/v1/{table.Name}/describe.json", $"{table.Name}.describe", _ => Describe(table)),
    ];

    private Answer Filter(Call call, MarketoTable table)
    {
        var (id, key) = (MarketoObjects.IdOf(table), MarketoObjects.KeyOf(table));
        return inputs.Filtered(call, table, filter => filter == id || filter == key || filter is "dedupeFields" or "idField" or "company", [id, key, "createdAt", "updatedAt"], (json, place) =>
        {
            json["seq"] = place;
            if (!json.ContainsKey(id) && table.With(key, json[key]?.ToString() ?? "").FirstOrDefault() is { } row)
                json[id] = row.Json(id);
        });
    }

    private Answer Sync(Call call, MarketoTable table)
    {
        sandbox.Objects.RefuseCrm();
        var records = inputs.Of(call);
        var action = inputs.Choice(call, "action", "createOrUpdate", "createOnly", "updateOnly", "createOrUpdate");
        var by = inputs.Choice(call, "dedupeBy", "dedupeFields", "dedupeFields", "idField");
        inputs.RefuseUnknown(table, records.SelectMany(record => record.EnumerateObject().Select(member => member.Name)));
        return Answered(table, records, record => sandbox.Objects.Sync(table, action, by, record));
    }

    private Answer Delete(Call call, MarketoTable table)
    {
        sandbox.Objects.RefuseCrm();
        var records = inputs.Of(call);
        var by = inputs.Choice(call, "deleteBy", "dedupeFields", "dedupeFields", "idField");
        return Answered(table, records, record => sandbox.Objects.Delete(table, by, record));
    }

    private Answer Answered(MarketoTable table, IReadOnlyList<JsonElement> records, Func<JsonElement, JsonObject> carry)
    {
        var result = new JsonArray();
        foreach (var record in records)
        {
            var line = carry(record);
            line["seq"] = result.Count;
            if (table.Name == "companies" && !line.ContainsKey("id"))
                line["id"] = 0; // the description requires it
            result.Add(line);
        }

        return sandbox.Answers.Success(result);
    }

    private Answer Describe(MarketoTable table)
    {
        sandbox.Objects.RefuseCrm();
        var (id, key) = (MarketoObjects.IdOf(table), MarketoObjects.KeyOf(table));
        return sandbox.Answers.Success(new JsonArray(new JsonObject
        {
            ["name"] = table.Name, ["apiName"] = table.Name, ["displayName"] = table.Name, ["pluralName"] = table.Name, ["description"] = "",
            ["createdAt"] = "2020-01-01T00:00:00Z", ["updatedAt"] = "2020-01-01T00:00:00Z", ["status"] = "approved", ["state"] = "approved", ["version"] = "approved",
            ["idField"] = id,
            ["dedupeFields"] = new JsonArray(key),
            ["searchableFields"] = new JsonArray(new JsonArray(key), new JsonArray(id)),
            ["relationships"] = new JsonArray(),
            ["fields"] = table.Fields.Select(JsonNode? (field) => new JsonObject { ["name"] = field.Name, ["displayName"] = field.Name, ["dataType"] = field.DataType, ["updateable"] = field.IsUpdateable, ["crmManaged"] = false }).ToJsonArray(),
        }));
    }
}
