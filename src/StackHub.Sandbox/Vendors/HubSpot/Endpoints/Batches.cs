using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Records;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Up to 100 records in one call.</summary>
internal sealed class Batches(HubSpotSandbox sandbox)
{
    private readonly ObjectJson shapes = new(sandbox);
    private readonly HubSpotBodies bodies = new(sandbox);

    public IEnumerable<Endpoint> All => HubSpotSandbox.ObjectRoots.SelectMany(root => new[]
    {
        Endpoint.Ask(root + "/batch/read", "{type}.batchRead", Read),
        Endpoint.Post(root + "/batch/create", "{type}.batchCreate", Create),
        Endpoint.Post(root + "/batch/update", "{type}.batchUpdate", Update),
        Endpoint.Post(root + "/batch/upsert", "{type}.batchUpsert", Upsert),
        Endpoint.Post(root + "/batch/archive", "{type}.batchArchive", Archive),
    });

    private HubSpotTable Table(Call call) => sandbox.State.Table(bodies.Type(call.Route("type")));

    private Answer Read(Call call)
    {
        var table = Table(call);
        var ids = bodies.Inputs(call).ConvertAll(input => bodies.Required(input, "id"));
        if (call.Json.Member("properties") is not { ValueKind: JsonValueKind.Array })
            throw sandbox.Errors.Missing("properties");
        var (wanted, history) = (call.Json.Texts("properties").ToList(), call.Json.Texts("propertiesWithHistory").ToList());
        if (history.Count > 0 && ids.Count > 50)
            throw sandbox.Errors.Invalid("At most 50 inputs may be read with propertiesWithHistory");
        var wantsArchived = call.Query("archived") == "true";
        var found = ids.Select(id => (Id: id, Record: sandbox.Lookup(table, call.Json.Text("idProperty"), id))).ToList();
        var missing = found.Where(pair => pair.Record is null || pair.Record.IsArchived != wantsArchived).Select(pair => pair.Id).ToList();
        return shapes.Batch(200,
            found.Where(pair => pair.Record is not null && pair.Record.IsArchived == wantsArchived).Select(pair => pair.Record!).Distinct().Select(record => shapes.Of(record, wanted, history)),
            missing.Count == 0 ? [] : [NotFound(table.Type, missing)]);
    }

    private Answer Create(Call call)
    {
        var type = bodies.Type(call.Route("type"));
        var inputs = bodies.Inputs(call);
        var values = inputs.ConvertAll(input => sandbox.Writes.Checked(type, bodies.Properties(input)));
        var (results, errors) = (new List<JsonNode>(), new List<JsonObject>());
        RefuseConflicts(type, values.ConvertAll(value => (value, Self: (HubSpotRecord?)null)), errors, out var refused);
        for (var at = 0; at < inputs.Count; at++)
        {
            if (refused.Contains(at))
                continue;
            var record = sandbox.Create(type, bodies.Properties(inputs[at]), inputs[at]);
            results.Add(shapes.Of(record, [.. record.Properties.Keys]));
        }

        return shapes.Batch(201, results, errors);
    }

    private Answer Update(Call call)
    {
        var table = Table(call);
        var inputs = bodies.Inputs(call);
        var plans = inputs.ConvertAll(input => (Id: bodies.Required(input, "id"), Property: input.Text("idProperty"), Raw: bodies.Properties(input)));
        RefuseRepeats(plans.Select(plan => plan.Id));
        var ready = plans.ConvertAll(plan => (plan.Id, Record: sandbox.Lookup(table, plan.Property, plan.Id), plan.Raw, Values: sandbox.Writes.Checked(table.Type, plan.Raw)));
        var errors = new List<JsonObject>();
        var missing = ready.Where(plan => plan.Record is null or { IsArchived: true }).Select(plan => plan.Id).ToList();
        if (missing.Count > 0)
            errors.Add(NotFound(table.Type, missing));
        var good = ready.FindAll(plan => plan.Record is { IsArchived: false });
        RefuseConflicts(table.Type, good.ConvertAll(plan => (plan.Values, plan.Record)), errors, out var refused);
        var results = new List<JsonNode>();
        foreach (var plan in good.Where((_, at) => !refused.Contains(at)))
        {
            sandbox.Writes.Update(plan.Record!, plan.Values, sandbox.App);
            results.Add(shapes.Of(plan.Record!, plan.Raw.Keys));
        }

        return shapes.Batch(200, results, errors);
    }

    private Answer Upsert(Call call)
    {
        var table = Table(call);
        var plans = bodies.Inputs(call).ConvertAll(input => Planned(table, input));
        RefuseRepeats(plans.Select(plan => plan.Id));
        var errors = new List<JsonObject>();
        RefuseConflicts(table.Type, plans.ConvertAll(plan => (plan.Values, plan.Record)), errors, out var refused);
        var results = new List<JsonNode>();
        foreach (var plan in plans.Where((_, at) => !refused.Contains(at)))
        {
            if (plan.Record is { } record)
                sandbox.Writes.Update(record, plan.Values, sandbox.App);
            else
                record = sandbox.Writes.Create(table.Type, plan.Values, sandbox.App);
            var json = shapes.Of(record, plan.Values.Keys);
            json["new"] = plan.Record is null;
            results.Add(json);
        }

        return shapes.Batch(200, results, errors);
    }

    private sealed record UpsertPlan(string Id, HubSpotRecord? Record, Dictionary<string, string> Values);

    private UpsertPlan Planned(HubSpotTable table, JsonElement input)
    {
        var (id, property) = (bodies.Required(input, "id"), input.Text("idProperty"));
        var values = sandbox.Writes.Checked(table.Type, bodies.Properties(input));
        if (property is null or "hs_object_id")
            return new(id, table.Find(id) is { IsArchived: false } byId ? byId : throw sandbox.Errors.NotFound(), values);
        if (!table.IsUnique(property))
            throw sandbox.Errors.Invalid($"Property {property} is not a unique identifier property of {table.Type.Plural}");
        var key = sandbox.Writes.Checked(table.Type, new Dictionary<string, string> { [property] = id })[property];
        var record = table.FindUnique(property, key);
        if (record is null)
            values.TryAdd(property, key);
        return new(id, record, values);
    }

    private Answer Archive(Call call)
    {
        var table = Table(call);
        foreach (var id in bodies.Inputs(call).ConvertAll(input => bodies.Required(input, "id")))
        {
            if (table.Find(id) is { } record)
                sandbox.Writes.Archive(record, sandbox.App);
        }

        return Answer.NoContent;
    }

    private void RefuseRepeats(IEnumerable<string> ids)
    {
        if (ids.GroupBy(id => id.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw sandbox.Errors.Invalid($"Duplicate IDs found in batch input: [{repeated.Key}]. IDs must be unique");
    }

    /// <summary>A value somebody else holds, or that two inputs claim, refuses the batch or only the input, by option.</summary>
    private void RefuseConflicts(HubSpotType type, List<(Dictionary<string, string> Values, HubSpotRecord? Self)> plans, List<JsonObject> errors, out HashSet<int> refused)
    {
        refused = [];
        var claimed = new HashSet<(string, string)>();
        var table = sandbox.State.Table(type);
        for (var at = 0; at < plans.Count; at++)
        {
            var (values, self) = plans[at];
            foreach (var pair in values.Where(pair => pair.Value.Length > 0 && table.IsUnique(pair.Key)))
            {
                if (!claimed.Add((pair.Key, pair.Value.ToLowerInvariant())))
                    throw sandbox.Errors.Invalid($"Duplicate values for unique property {pair.Key} in batch input: [{pair.Value}]");
            }

            if (sandbox.Writes.Holder(type, values, self) is not { } holder)
                continue;
            if (sandbox.Options.ConflictFailsBatch)
                throw sandbox.Writes.Conflict(type, holder);
            refused.Add(at);
            errors.Add(HubSpotErrors.Entry("CONFLICT", HubSpotWrites.ConflictText(type, holder), "existingId", holder.IdText));
        }
    }

    private static JsonObject NotFound(HubSpotType type, IEnumerable<string> ids) => HubSpotErrors.Entry("OBJECT_NOT_FOUND",
        $"Could not get some {type.Singular.ToUpperInvariant()} objects, they may be deleted or not exist. Check that ids are valid.", "ids", ids);
}
