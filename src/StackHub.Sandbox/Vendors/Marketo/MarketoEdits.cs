using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>What a person does in Marketo's own pages; there an address may be given to several leads.</summary>
internal sealed class MarketoEdits(MarketoSandbox sandbox)
{
    public JsonObject? Shown(string type, string id) => Find(Table(type), id) is { } row ? Json(Table(type), row) : null;

    public JsonNode? Carry(VendorEdit edit)
    {
        var table = Table(edit.Type);
        using var body = Body(table, edit);
        switch (edit.Action)
        {
            case "crm-sync": // a record of the CRM changed: its lead follows, and one that is missing is made anew
                return Json(table, sandbox.State.Leads.With("email", edit.Fields["email"]!).FirstOrDefault() is { } lead ? sandbox.Leads.Update(lead, body.RootElement) : sandbox.Leads.Create(body.RootElement));
            case "create":
                return Json(table, table == sandbox.State.Leads ? sandbox.Leads.Create(body.RootElement) : sandbox.Objects.Create(table, body.RootElement));
            case "update" when table == sandbox.State.Leads:
                sandbox.Leads.Update(Row(table, edit.Id), body.RootElement);
                break;
            case "update":
                sandbox.Objects.Update(table, Row(table, edit.Id), body.RootElement);
                break;
            case "delete" when table == sandbox.State.Leads:
                sandbox.Leads.Delete(Row(table, edit.Id));
                break;
            case "delete":
                sandbox.Objects.Delete(table, Row(table, edit.Id));
                break;
            case "merge" when table == sandbox.State.Leads:
                sandbox.Leads.Merge(Row(table, edit.Id), [Row(table, edit.OtherId)]);
                break;
            default:
                throw new ArgumentException($"Marketo knows no edit '{edit.Action}' of {edit.Type}.", nameof(edit));
        }

        return Shown(edit.Type, edit.Id!);
    }

    private static JsonObject Json(MarketoTable table, MarketoRow row)
    {
        var json = new JsonObject { ["id"] = IdOf(table, row) };
        foreach (var field in table.Fields.Where(field => field.Name != "id"))
            json[field.Name] = row.Json(field.Name);
        return json;
    }

    /// <summary>Leads by their number; companies and opportunities by the outside key that the API writes them by.</summary>
    private static string? IdOf(MarketoTable table, MarketoRow row) => table.Name == "leads" ? row.Text("id") : row.Text(MarketoObjects.KeyOf(table));

    private static JsonDocument Body(MarketoTable table, VendorEdit edit)
    {
        var json = new JsonObject();
        foreach (var (name, value) in edit.Fields)
            json[name] = (table.Field(name) ?? throw new ArgumentException($"{edit.Type} have no field '{name}'.", nameof(edit))).Typed(value);
        if (edit.Action == "create" && table.Name != "leads" && !json.ContainsKey(MarketoObjects.KeyOf(table)))
            json[MarketoObjects.KeyOf(table)] = $"erp-new-{table.Rows.Count}";
        return JsonDocument.Parse(json.ToJsonString());
    }

    private MarketoTable Table(string type) => type switch
    {
        "leads" => sandbox.State.Leads,
        "companies" => sandbox.State.Companies,
        "opportunities" => sandbox.State.Opportunities,
        _ => throw new ArgumentException($"Marketo has no '{type}'.", nameof(type)),
    };

    private static MarketoRow? Find(MarketoTable table, string? id) =>
        table.Name == "leads" ? table.Find(id) : table.With(MarketoObjects.KeyOf(table), id ?? "").FirstOrDefault();

    private static MarketoRow Row(MarketoTable table, string? id) =>
        Find(table, id) ?? throw new ArgumentException($"There is no '{id}' among {table.Name}.", nameof(id));
}
