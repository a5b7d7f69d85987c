using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>What a person does in Salesforce's own pages, by the same rules as the API.</summary>
internal sealed class SalesforceEdits(SalesforceSandbox sandbox)
{
    private readonly Author human = new(sandbox.State.HumanUser, AutoAssign: false);

    public JsonNode? Carry(VendorEdit edit)
    {
        JsonNode? result = null;
        sandbox.Writes.InOne(() =>
        {
            result = Carried(edit);
            return true;
        });
        return result;
    }

    public static JsonObject Json(SObjectRow row)
    {
        var json = new JsonObject();
        foreach (var field in row.Type.Fields)
            json[field.Name] = FieldValues.ToJson(row[field.Name]);
        return json;
    }

    private JsonObject? Carried(VendorEdit edit)
    {
        var type = StandardObjects.All.GetValueOrDefault(edit.Type) ?? throw new ArgumentException($"Salesforce has no object '{edit.Type}'.", nameof(edit));
        if (edit.Action == "create")
            return Json(sandbox.Writes.Insert(type, Fields(type, edit), human));
        var row = sandbox.State.Find(type.Name, edit.Id) ?? throw new ArgumentException($"There is no {type.Name} '{edit.Id}'.", nameof(edit));
        switch (edit.Action)
        {
            case "update":
                sandbox.Writes.Update(row, Fields(type, edit), human);
                break;
            case "delete":
                sandbox.Writes.Delete(row, human);
                break;
            case "restore":
                sandbox.Writes.Undelete(sandbox.State.Purging.ContainsKey(row) ? throw new ArgumentException($"{edit.Id} is not in the recycle bin.", nameof(edit)) : row, human);
                break;
            case "purge":
                sandbox.Writes.Purge(row);
                break;
            case "merge":
                sandbox.Writes.Merge(row, [sandbox.State.Find(type.Name, edit.OtherId) ?? throw new ArgumentException($"There is no {type.Name} '{edit.OtherId}'.", nameof(edit))], human);
                break;
            case "convert":
                sandbox.Writes.Convert(row, new() { WithoutOpportunity = edit.Fields.GetValueOrDefault("doNotCreateOpportunity") == "true" }, human);
                break;
            default:
                throw new ArgumentException($"Salesforce knows no edit '{edit.Action}'.", nameof(edit));
        }

        return Json(row);
    }

    private static Dictionary<Field, object?> Fields(SObjectType type, VendorEdit edit) => edit.Fields.ToDictionary(
        pair => type.Find(pair.Key) ?? throw new ArgumentException($"{type.Name} has no field '{pair.Key}'.", nameof(edit)),
        pair => pair.Value is null ? null : FieldValues.FromText(type.Find(pair.Key)!, pair.Value));
}
