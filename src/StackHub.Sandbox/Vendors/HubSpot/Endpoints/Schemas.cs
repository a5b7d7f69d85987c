using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>What the portal looks like: properties, groups, owners and pipelines.</summary>
internal sealed partial class Schemas(HubSpotSandbox sandbox)
{
    private const string Root = "/crm/v3/properties/{type}";
    private static readonly DateTimeOffset Founded = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HubSpotBodies bodies = new(sandbox);
    private readonly HashSet<string> groups = ["contactinformation", "companyinformation", "dealinformation"];

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(Root, "{type}.properties.list", call => Answer.Ok(new JsonObject { ["results"] = Table(call).Properties.Values.Select(JsonNode (property) => property.Json()).ToJsonArray() })),
        Endpoint.Post(Root, "{type}.properties.create", call => Answer.Created(Define(call, call.Json).Json())),
        Endpoint.Get(Root + "/{name}", "{type}.properties.get", call => Answer.Ok(Existing(call).Json())),
        Endpoint.Patch(Root + "/{name}", "{type}.properties.update", Update),
        Endpoint.Delete(Root + "/{name}", "{type}.properties.archive", Archive),
        Endpoint.Post(Root + "/batch/create", "{type}.properties.batchCreate", call => new ObjectJson(sandbox).Batch(201, bodies.Inputs(call).ConvertAll(JsonNode (input) => Define(call, input).Json()), [])),
        Endpoint.Get(Root + "/groups", "{type}.properties.groups", _ => Answer.Ok(new JsonObject { ["results"] = groups.Select(JsonNode (name) => Group(name)).ToJsonArray() })),
        Endpoint.Post(Root + "/groups", "{type}.properties.createGroup", CreateGroup),
        Endpoint.Get("/crm/v3/owners", "owners.list", Owners),
        Endpoint.Get("/crm/v3/owners/{id}", "owners.get", Owner),
        Endpoint.Get("/crm/v3/pipelines/{type}", "{type}.pipelines.list", _ => Answer.Ok(new JsonObject { ["results"] = new JsonArray(Pipeline()) })),
    ];

    private HubSpotTable Table(Call call) => sandbox.State.Table(bodies.Type(call.Route("type")));

    private PropertyDefinition Existing(Call call) => Table(call).Properties.GetValueOrDefault(call.Route("name"))
        ?? throw sandbox.Errors.Refusal(404, "OBJECT_NOT_FOUND", $"No property exists with name {call.Route("name")}");

    private PropertyDefinition Define(Call call, JsonElement json)
    {
        var table = Table(call);
        var (name, label, type, fieldType, group) = (bodies.Required(json, "name"), bodies.Required(json, "label"), bodies.Required(json, "type"), bodies.Required(json, "fieldType"), bodies.Required(json, "groupName"));
        if (!NameShape().IsMatch(name))
            throw sandbox.Errors.Invalid($"Property name \"{name}\" must start with a letter and hold only lowercase letters, digits and underscores");
        if (type is not ("bool" or "date" or "datetime" or "enumeration" or "number" or "phone_number" or "string"))
            throw sandbox.Errors.Invalid($"Invalid property type {type}");
        if (!groups.Contains(group))
            throw sandbox.Errors.Invalid($"No property group exists with name {group}");
        if (table.Properties.ContainsKey(name))
            throw sandbox.Errors.Refusal(409, "OBJECT_ALREADY_EXISTS", $"A property named '{name}' already exists.");
        if (type == "enumeration" && !json.Items("options").Any())
            throw sandbox.Errors.Missing("options");
        var property = new PropertyDefinition(name, type, fieldType)
        {
            Label = label,
            Group = group,
            Description = json.Text("description") ?? "",
            Options = [.. json.Items("options").Select(option => bodies.Required(option, "value"))],
            Unique = json.Flag("hasUniqueValue") == true,
            IsCustom = true,
        };
        table.Define(property);
        return property;
    }

    private Answer Update(Call call)
    {
        var property = Existing(call);
        var changed = property with
        {
            Label = call.Json.Text("label") ?? property.Label,
            Description = call.Json.Text("description") ?? property.Description,
            Options = call.Json.Member("options") is null ? property.Options : [.. call.Json.Items("options").Select(option => bodies.Required(option, "value"))],
        };
        Table(call).Define(changed);
        return Answer.Ok(changed.Json());
    }

    private Answer Archive(Call call)
    {
        var property = Existing(call);
        if (!property.IsCustom)
            throw sandbox.Errors.Invalid($"Property {property.Name} is defined by HubSpot and cannot be archived");
        Table(call).Properties.Remove(property.Name);
        return Answer.NoContent;
    }

    private Answer CreateGroup(Call call)
    {
        var name = bodies.Required(call.Json, "name");
        bodies.Required(call.Json, "label");
        groups.Add(name);
        return Answer.Created(Group(name));
    }

    private static JsonObject Group(string name) => new() { ["name"] = name, ["label"] = name, ["displayOrder"] = 0, ["archived"] = false };

    private Answer Owners(Call call)
    {
        var email = call.Query("email");
        return Answer.Ok(new JsonObject { ["results"] = sandbox.State.Owners.Where(owner => email is null || owner.Email == email).Select(JsonNode (owner) => Json(owner)).ToJsonArray() });
    }

    private Answer Owner(Call call) => sandbox.State.Owners.FirstOrDefault(owner =>
            (call.Query("idProperty") == "userId" ? owner.UserId.ToString() : owner.Id) == call.Route("id")) is { } found
        ? Answer.Ok(Json(found))
        : throw sandbox.Errors.NotFound();

    private static JsonObject Json(HubSpotOwner owner) => new()
    {
        ["id"] = owner.Id,
        ["email"] = owner.Email,
        ["type"] = "PERSON",
        ["firstName"] = owner.First,
        ["lastName"] = owner.Last,
        ["userId"] = owner.UserId,
        ["userIdIncludingInactive"] = owner.UserId,
        ["createdAt"] = PropertyValues.Stamp(Founded),
        ["updatedAt"] = PropertyValues.Stamp(Founded),
        ["archived"] = false,
    };

    private static JsonObject Pipeline() => new()
    {
        ["id"] = "default",
        ["label"] = "Sales Pipeline",
        ["displayOrder"] = 0,
        ["createdAt"] = PropertyValues.Stamp(Founded),
        ["updatedAt"] = PropertyValues.Stamp(Founded),
        ["archived"] = false,
        ["stages"] = StandardProperties.DealStages.Select(JsonNode (stage, at) => new JsonObject
        {
            ["id"] = stage,
            ["label"] = stage,
            ["displayOrder"] = at,
            ["metadata"] = new JsonObject { ["isClosed"] = stage.StartsWith("closed", StringComparison.Ordinal) ? "true" : "false", ["probability"] = stage == "closedwon" ? "1.0" : stage == "closedlost" ? "0.0" : "0.4" },
            ["createdAt"] = PropertyValues.Stamp(Founded),
            ["updatedAt"] = PropertyValues.Stamp(Founded),
            ["archived"] = false,
        }).ToJsonArray(),
    };

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex NameShape();
}
