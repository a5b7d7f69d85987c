using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Associations v4, one and in batches.</summary>
internal sealed class Associations(HubSpotSandbox sandbox)
{
    private const string Batch = "/crm/v4/associations/{from}/{to}/batch/";
    private const string One = "/crm/v4/objects/{from}/{fromId}/associations/";

    private readonly ObjectJson shapes = new(sandbox);
    private readonly HubSpotBodies bodies = new(sandbox);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post(Batch + "associate/default", "associations.batchDefault", Defaults),
        Endpoint.Post(Batch + "create", "associations.batchCreate", Labelled),
        Endpoint.Ask(Batch + "read", "associations.batchRead", Read),
        Endpoint.Post(Batch + "archive", "associations.batchArchive", Archive),
        Endpoint.Post(Batch + "labels/archive", "associations.batchLabelsArchive", ArchiveLabels),
        Endpoint.Get("/crm/v4/associations/{from}/{to}/labels", "associations.labels", Labels),
        Endpoint.Get(One + "{to}", "associations.list", List),
        Endpoint.Put(One + "default/{to}/{toId}", "associations.default", call => Answered(Default(call, call.Route("fromId"), call.Route("toId")))),
        Endpoint.Put(One + "{to}/{toId}", "associations.create", call => Answer.Created(Link(call, call.Route("fromId"), call.Route("toId"), call.Json))),
        Endpoint.Delete(One + "{to}/{toId}", "associations.delete", Delete),
    ];

    private (HubSpotType From, HubSpotType To) Types(Call call) => (bodies.Type(call.Route("from")), bodies.Type(call.Route("to")));

    private HubSpotRecord Record(HubSpotType type, string id) =>
        sandbox.State.Table(type).Find(id) is { IsArchived: false } record ? record : throw sandbox.Errors.NotFound();

    private Answer Answered(params IEnumerable<JsonNode> results) => shapes.Batch(200, results, []);

    private Answer Defaults(Call call)
    {
        var inputs = bodies.Inputs(call);
        return Answered(inputs.ConvertAll(input => Ends(input)).ConvertAll(JsonNode (ends) => Default(call, ends.From, ends.To)));
    }

    private JsonObject Default(Call call, string fromId, string toId)
    {
        var (from, to) = Types(call);
        var number = AssociationTypes.Default(from, to) ?? throw sandbox.Errors.Invalid($"No default association from {from.Plural} to {to.Plural}");
        sandbox.Writes.Link(Record(from, fromId), Record(to, toId), [number], sandbox.App);
        return new()
        {
            ["from"] = new JsonObject { ["id"] = fromId },
            ["to"] = new JsonObject { ["id"] = toId },
            ["associationSpec"] = new JsonObject { ["associationCategory"] = "HUBSPOT_DEFINED", ["associationTypeId"] = number },
        };
    }

    private Answer Labelled(Call call)
    {
        var plans = bodies.Inputs(call).ConvertAll(input => (Ends: Ends(input), Types: input.Member("types") ?? throw sandbox.Errors.Missing("types")));
        return shapes.Batch(201, plans.ConvertAll(plan => Link(call, plan.Ends.From, plan.Ends.To, plan.Types)), []);
    }

    private JsonObject Link(Call call, string fromId, string toId, JsonElement specs)
    {
        var (from, to) = Types(call);
        var numbers = Numbers(specs, from, to);
        sandbox.Writes.Link(Record(from, fromId), Record(to, toId), numbers, sandbox.App);
        return new()
        {
            ["fromObjectTypeId"] = from.TypeId,
            ["fromObjectId"] = fromId,
            ["toObjectTypeId"] = to.TypeId,
            ["toObjectId"] = toId,
            ["labels"] = numbers.Select(number => AssociationTypes.Find(number)!.Label).OfType<string>().ToJsonArray(),
        };
    }

    private List<int> Numbers(JsonElement specs, HubSpotType from, HubSpotType to)
    {
        if (specs.ValueKind != JsonValueKind.Array)
            throw sandbox.Errors.Invalid("Invalid input JSON on line 1, column 1: types must be an array");
        var known = AssociationTypes.Between(from, to).ToDictionary(pair => pair.Number, pair => pair.Type.Category);
        return [.. specs.EnumerateArray().Select(spec =>
        {
            var category = bodies.Required(spec, "associationCategory");
            return int.TryParse(bodies.Required(spec, "associationTypeId"), out var number) && known.GetValueOrDefault(number) == category
                ? number
                : throw sandbox.Errors.Invalid($"One or more association types between {from.Plural} and {to.Plural} don't exist: {category} {number}");
        })];
    }

    private Answer Read(Call call)
    {
        var (from, to) = Types(call);
        var ids = bodies.Inputs(call).ConvertAll(input => bodies.Required(input, "id"));
        var found = ids.Select(id => (Id: id, Ends: sandbox.State.Table(from).Find(id) is { IsArchived: false } record ? Ends(record, to).ToList() : [])).ToList();
        var errors = found.Where(pair => pair.Ends.Count == 0)
            .Select(pair => HubSpotErrors.Entry("OBJECT_NOT_FOUND", $"No {to.Singular} is associated with {from.Singular} {pair.Id}.", "fromObjectId", pair.Id)).ToList();
        return shapes.Batch(200, found.Where(pair => pair.Ends.Count > 0).Select(JsonNode (pair) => new JsonObject
        {
            ["from"] = new JsonObject { ["id"] = pair.Id },
            ["to"] = pair.Ends.ToJsonArray(),
        }), errors);
    }

    private Answer List(Call call)
    {
        var (from, to) = Types(call);
        return Answer.Ok(new JsonObject { ["results"] = Ends(Record(from, call.Route("fromId")), to).ToJsonArray() });
    }

    private static IEnumerable<JsonNode> Ends(HubSpotRecord record, HubSpotType to) =>
        record.Associations.Where(pair => pair.Key.Type == to).Select(JsonNode (pair) => new JsonObject
        {
            ["toObjectId"] = pair.Key.Id.ToString(),
            ["associationTypes"] = pair.Value.Select(JsonNode (number) => Spec(number)).ToJsonArray(),
        });

    private static JsonObject Spec(int number)
    {
        var type = AssociationTypes.Find(number)!;
        var json = new JsonObject { ["category"] = type.Category, ["typeId"] = number };
        if (type.Label is { } label)
            json["label"] = label;
        return json;
    }

    private Answer Labels(Call call)
    {
        var (from, to) = Types(call);
        return Answer.Ok(new JsonObject { ["results"] = AssociationTypes.Between(from, to).Select(JsonNode (pair) => Spec(pair.Number)).ToJsonArray() });
    }

    private Answer Archive(Call call)
    {
        var (from, to) = Types(call);
        foreach (var input in bodies.Inputs(call))
        {
            var start = Id(input, "from");
            foreach (var end in input.Items("to"))
                Unlink(from, to, start, bodies.Required(end, "id"), null);
        }

        return Answer.NoContent;
    }

    private Answer ArchiveLabels(Call call)
    {
        var (from, to) = Types(call);
        foreach (var input in bodies.Inputs(call))
        {
            var (start, end) = Ends(input);
            Unlink(from, to, start, end, Numbers(input.Member("types") ?? throw sandbox.Errors.Missing("types"), from, to));
        }

        return Answer.NoContent;
    }

    private Answer Delete(Call call)
    {
        var (from, to) = Types(call);
        Unlink(from, to, call.Route("fromId"), call.Route("toId"), null);
        return Answer.NoContent;
    }

    private void Unlink(HubSpotType from, HubSpotType to, string fromId, string toId, IReadOnlyCollection<int>? types)
    {
        if (sandbox.State.Table(from).Find(fromId) is { } start && sandbox.State.Table(to).Find(toId) is { } end)
            sandbox.Writes.Unlink(start, end, types, sandbox.App);
    }

    private (string From, string To) Ends(JsonElement input) => (Id(input, "from"), Id(input, "to"));

    private string Id(JsonElement input, string name) => bodies.Required(input.Member(name) ?? throw sandbox.Errors.Missing(name), "id");
}
