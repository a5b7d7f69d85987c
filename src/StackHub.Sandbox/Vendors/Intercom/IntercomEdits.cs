using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>What a person does in Intercom's own pages, by the same rules as the API.</summary>
internal sealed class IntercomEdits(IntercomSandbox sandbox)
{
    public static JsonObject? Json(IntercomSandbox sandbox, string type, string id)
    {
        var shapes = new IntercomJson(sandbox.Options);
        if (type.StartsWith("compan", StringComparison.Ordinal))
            return (sandbox.State.Companies.GetValueOrDefault(id) ?? sandbox.State.ByCompanyId.GetValueOrDefault(id)) is { } company ? shapes.Of(company) : null;
        return sandbox.State.Contacts.GetValueOrDefault(id) is { } contact ? shapes.Of(contact) : null;
    }

    public JsonNode? Carry(VendorEdit edit) => edit.Type.StartsWith("compan", StringComparison.Ordinal) ? CarryCompany(edit) : CarryContact(edit);

    private JsonObject? CarryContact(VendorEdit edit)
    {
        using var body = Body("contact", edit);
        if (edit.Action == "create")
            return Json(sandbox, "contacts", sandbox.Writes.Create(body.RootElement).Id);
        var contact = Contact(edit.Id, edit);
        switch (edit.Action)
        {
            case "update":
                sandbox.Writes.Update(contact, body.RootElement);
                break;
            case "delete":
                sandbox.Writes.Delete(contact);
                break;
            case "archive" or "restore":
                sandbox.Writes.Archive(contact, edit.Action == "archive");
                break;
            case "merge":
                sandbox.Writes.Merge(Contact(edit.OtherId, edit), contact);
                break;
            case "attach":
                sandbox.Writes.Attach(contact, Company(edit.OtherId, edit));
                break;
            case "detach":
                sandbox.Writes.Detach(contact, Company(edit.OtherId, edit));
                break;
            default:
                throw new ArgumentException($"Intercom knows no edit '{edit.Action}' of a contact.", nameof(edit));
        }

        return Json(sandbox, "contacts", contact.Id);
    }

    private JsonObject? CarryCompany(VendorEdit edit)
    {
        using var body = Body("company", edit);
        switch (edit.Action)
        {
            case "create":
                return Json(sandbox, "companies", sandbox.Writes.Upsert(body.RootElement).Company.Id);
            case "update":
                sandbox.Writes.Update(Company(edit.Id, edit), body.RootElement);
                break;
            case "delete":
                sandbox.Writes.Delete(Company(edit.Id, edit));
                break;
            default:
                throw new ArgumentException($"Intercom knows no edit '{edit.Action}' of a company.", nameof(edit));
        }

        return Json(sandbox, "companies", edit.Id!);
    }

    /// <summary>Text values in the JSON types the API wants; names of custom attributes go where they belong.</summary>
    private JsonDocument Body(string model, VendorEdit edit)
    {
        var (json, custom) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in edit.Fields)
        {
            var attribute = sandbox.State.Custom(model, name);
            var type = attribute?.DataType ?? sandbox.State.Attributes.Find(one => one.Model == model && one.Name == name)?.DataType;
            (attribute is null ? json : custom)[name] = (type, value) switch
            {
                (_, null) => null,
                ("boolean", _) => bool.Parse(value),
                ("integer" or "date", _) => long.Parse(value),
                ("float", _) => double.Parse(value),
                _ => value,
            };
        }

        if (custom.Count > 0)
            json["custom_attributes"] = custom;
        return JsonDocument.Parse(json.ToJsonString());
    }

    private IntercomContact Contact(string? id, VendorEdit edit) =>
        sandbox.State.Contacts.GetValueOrDefault(id ?? "") ?? throw new ArgumentException($"There is no contact '{id}'.", nameof(edit));

    private IntercomCompany Company(string? id, VendorEdit edit) =>
        sandbox.State.Companies.GetValueOrDefault(id ?? "") ?? throw new ArgumentException($"There is no company '{id}'.", nameof(edit));
}
