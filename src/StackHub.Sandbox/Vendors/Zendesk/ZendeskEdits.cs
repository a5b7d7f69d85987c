using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>What a person does in Zendesk's own pages. Custom fields are called by their bare key.</summary>
internal sealed class ZendeskEdits(ZendeskSandbox sandbox)
{
    public static JsonObject? Json(ZendeskSandbox sandbox, string type, string id)
    {
        var number = long.TryParse(id, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (IsOrganization(type))
            return sandbox.State.Organizations.GetValueOrDefault(number) is { DeletedAt: null } organization ? sandbox.Shapes.Of(organization, sandbox.State.OrganizationFields) : null;
        return sandbox.State.Users.GetValueOrDefault(number) is { } user ? sandbox.Shapes.Of(user, sandbox.State.UserFields) : null;
    }

    public JsonNode? Carry(VendorEdit edit)
    {
        try
        {
            return IsOrganization(edit.Type) ? CarryOrganization(edit) : CarryUser(edit);
        }
        catch (RecordInvalid problem)
        {
            throw new ArgumentException(problem.Message, nameof(edit), problem);
        }
    }

    private static bool IsOrganization(string type) => type.StartsWith("organi", StringComparison.Ordinal);

    private JsonObject? CarryUser(VendorEdit edit)
    {
        using var body = Body(edit, sandbox.State.UserFields, "user_fields");
        var writes = sandbox.UserWrites;
        if (edit.Action == "create")
            return Json(sandbox, "users", writes.Create(body.RootElement).Id.ToString(CultureInfo.InvariantCulture));
        var user = User(edit.Id, edit);
        switch (edit.Action)
        {
            case "update":
                Update(user, body.RootElement);
                break;
            case "delete":
                writes.Delete(user);
                break;
            case "erase":
                writes.DeletePermanently(user.Active ? writes.Delete(user) : user);
                break;
            case "merge":
                writes.Merge(User(edit.OtherId, edit), user);
                break;
            default:
                throw new ArgumentException($"Zendesk knows no edit '{edit.Action}' of a user.", nameof(edit));
        }

        return Json(sandbox, "users", edit.Id!);
    }

    /// <summary>In the pages an address is put first as soon as it is added.</summary>
    private void Update(ZendeskUser before, JsonElement body)
    {
        var user = sandbox.UserWrites.Update(before, body);
        if (body.Text("email") is { Length: > 0 } email && user.Identities.Find(identity => identity.Type == "email" && identity.Value.Equals(email, StringComparison.OrdinalIgnoreCase)) is { Primary: false } added)
            sandbox.UserWrites.MakePrimary(user, added.Id);
    }

    private JsonObject? CarryOrganization(VendorEdit edit)
    {
        using var body = Body(edit, sandbox.State.OrganizationFields, "organization_fields");
        switch (edit.Action)
        {
            case "create":
                return Json(sandbox, "organizations", sandbox.OrganizationWrites.Create(body.RootElement).Id.ToString(CultureInfo.InvariantCulture));
            case "update":
                sandbox.OrganizationWrites.Update(Organization(edit), body.RootElement);
                break;
            case "delete":
                sandbox.OrganizationWrites.Delete(Organization(edit));
                break;
            default:
                throw new ArgumentException($"Zendesk knows no edit '{edit.Action}' of an organization.", nameof(edit));
        }

        return Json(sandbox, "organizations", edit.Id!);
    }

    private static JsonDocument Body(VendorEdit edit, List<ZendeskField> fields, string member)
    {
        var (json, custom) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in edit.Fields)
        {
            if (fields.Exists(field => field.Key == name))
                custom[name] = value;
            else
                json[name] = Node(name, value);
        }

        if (custom.Count > 0)
            json[member] = custom;
        // A person has to give a name; a test that does not care gets one.
        if (edit.Action == "create" && json["name"] is null)
            json["name"] = edit.Fields.GetValueOrDefault("email") ?? "Somebody";
        return JsonDocument.Parse(json.ToJsonString());
    }

    private static JsonNode? Node(string name, string? value) => name switch
    {
        "organization_id" => value is null ? null : long.Parse(value, CultureInfo.InvariantCulture),
        "tags" or "domain_names" => (value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).ToJsonArray(),
        _ => value,
    };

    private ZendeskUser User(string? id, VendorEdit edit) =>
        long.TryParse(id, CultureInfo.InvariantCulture, out var number) && sandbox.State.Users.GetValueOrDefault(number) is { } user ? user : throw new ArgumentException($"There is no user '{id}'.", nameof(edit));

    private ZendeskOrganization Organization(VendorEdit edit) =>
        long.TryParse(edit.Id, CultureInfo.InvariantCulture, out var number) && sandbox.State.Organizations.GetValueOrDefault(number) is { DeletedAt: null } found ? found : throw new ArgumentException($"There is no organization '{edit.Id}'.", nameof(edit));
}
