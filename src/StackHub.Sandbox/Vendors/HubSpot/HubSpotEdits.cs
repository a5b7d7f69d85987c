using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>What a person does in HubSpot's own pages, by the same rules as the API.</summary>
internal sealed class HubSpotEdits(HubSpotSandbox sandbox)
{
    public static JsonObject Json(HubSpotRecord record)
    {
        var properties = new JsonObject { ["hs_object_id"] = record.IdText };
        foreach (var name in record.Properties.Keys)
            properties[name] = record[name];
        return new()
        {
            ["id"] = record.IdText,
            ["properties"] = properties,
            ["updatedAt"] = PropertyValues.Stamp(record.UpdatedAt),
            ["archived"] = record.IsArchived,
            ["mergedIds"] = record.MergedIds.Select(id => id.ToString()).ToJsonArray(),
            ["associations"] = record.Associations.Select(JsonNode (pair) => new JsonObject { ["type"] = pair.Key.Type.Plural, ["id"] = pair.Key.Id.ToString() }).ToJsonArray(),
        };
    }

    public JsonNode? Carry(VendorEdit edit)
    {
        var type = HubSpotType.Find(edit.Type) ?? throw new ArgumentException($"HubSpot has no object '{edit.Type}'.", nameof(edit));
        if (edit.Action == "create")
            return Json(sandbox.Writes.Create(type, Values(type, edit), ChangeSource.Person));
        var record = Find(type, edit.Id, edit);
        switch (edit.Action)
        {
            case "update":
                sandbox.Writes.Update(record, Values(type, edit), ChangeSource.Person);
                break;
            case "delete":
                sandbox.Writes.Archive(record, ChangeSource.Person);
                break;
            case "restore":
                sandbox.Writes.Restore(record, ChangeSource.Person);
                break;
            case "erase":
                sandbox.Writes.Erase(record, ChangeSource.Person);
                break;
            case "merge":
                sandbox.Writes.Merge(record, Find(type, edit.OtherId, edit), ChangeSource.Person);
                break;
            case "unsubscribe" when record["email"] is { } email:
                sandbox.State.Consents.LeaveEverything(email, sandbox.Clock.Now);
                sandbox.ShowConsent(email);
                break;
            case "associate" or "dissociate" when HubSpotType.Find(edit.OtherType ?? "") is { } otherType:
                Tie(edit, record, Find(otherType, edit.OtherId, edit));
                break;
            default:
                throw new ArgumentException($"HubSpot knows no edit '{edit.Action}'.", nameof(edit));
        }

        return Json(record);
    }

    private void Tie(VendorEdit edit, HubSpotRecord from, HubSpotRecord to)
    {
        if (edit.Action == "dissociate")
            sandbox.Writes.Unlink(from, to, null, ChangeSource.Person);
        else
            sandbox.Writes.Link(from, to, [AssociationTypes.Default(from.Type, to.Type) ?? throw new ArgumentException("These types cannot be associated.", nameof(edit))], ChangeSource.Person);
    }

    private HubSpotRecord Find(HubSpotType type, string? id, VendorEdit edit) =>
        sandbox.State.Table(type).Find(id ?? "") ?? throw new ArgumentException($"There is no {type.Singular} '{id}'.", nameof(edit));

    private Dictionary<string, string> Values(HubSpotType type, VendorEdit edit) =>
        sandbox.Writes.Checked(type, edit.Fields.ToDictionary(pair => pair.Key, pair => pair.Value ?? ""));
}
