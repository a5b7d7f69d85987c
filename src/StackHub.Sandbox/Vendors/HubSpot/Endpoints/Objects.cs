using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Records;
using StackHub.Sandbox.Vendors.HubSpot.Search;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Contacts, companies and deals one at a time: list, read, create, update, archive, merge, erase, search.</summary>
internal sealed class Objects(HubSpotSandbox sandbox)
{
    private readonly ObjectJson shapes = new(sandbox);
    private readonly HubSpotBodies bodies = new(sandbox);

    public IEnumerable<Endpoint> All => HubSpotSandbox.ObjectRoots.SelectMany(root => new[]
    {
        Endpoint.Get(root, "{type}.list", List),
        Endpoint.Post(root, "{type}.create", Create),
        Endpoint.Get(root + "/{id}", "{type}.get", Get),
        Endpoint.Patch(root + "/{id}", "{type}.update", Update),
        Endpoint.Delete(root + "/{id}", "{type}.archive", Archive),
        Endpoint.Post(root + "/merge", "{type}.merge", Merge),
        Endpoint.Post(root + "/gdpr-delete", "{type}.gdprDelete", Erase),
        Endpoint.Ask(root + "/search", "{type}.search", Search) with { IsSearch = true },
    });

    private HubSpotTable Table(Call call) => sandbox.State.Table(bodies.Type(call.Route("type")));

    private Answer List(Call call)
    {
        var table = Table(call);
        var limit = call.QueryInt("limit", 10);
        if (limit is < 1 or > 100)
            throw sandbox.Errors.Invalid("limit must be between 1 and 100");
        var wantsArchived = call.Query("archived") == "true";
        var after = long.TryParse(call.Query("after"), out var id) ? id : 0;
        var (wanted, history, ends) = (call.Queries("properties").ToList(), call.Queries("propertiesWithHistory").ToList(), call.Queries("associations").ToList());
        if (history.Count > 0)
            limit = Math.Min(limit, 50);
        var page = From(table, after).Where(record => record.IsArchived == wantsArchived).Take(limit + 1).ToList();
        var results = page.Take(limit).Select(JsonNode (record) => WithEnds(record, shapes.Of(record, wanted, history), ends)).ToJsonArray();
        call.Records = results.Count;
        var json = new JsonObject { ["results"] = results };
        if (page.Count > limit)
            json["paging"] = Next(call, page[limit].IdText);
        return Answer.Ok(json);
    }

    /// <summary>Records from this id on, found by halving and not by walking.</summary>
    private static IEnumerable<HubSpotRecord> From(HubSpotTable table, long id)
    {
        var (low, high) = (0, table.Records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = table.Records.GetKeyAtIndex(middle) < id ? (middle + 1, high) : (low, middle);
        }

        for (var at = low; at < table.Records.Count; at++)
            yield return table.Records.GetValueAtIndex(at);
    }

    private static JsonObject WithEnds(HubSpotRecord record, JsonObject json, List<string> ends)
    {
        if (ends.Count > 0 && ObjectJson.Associations(record, ends) is { } associations)
            json["associations"] = associations;
        return json;
    }

    private JsonObject Next(Call call, string after) => new()
    {
        ["next"] = new JsonObject { ["after"] = after, ["link"] = new Uri(sandbox.BaseUrl, $"{call.Path}?after={after}").ToString() },
    };

    private Answer Get(Call call)
    {
        var record = Found(call, call.Query("archived") == "true");
        var json = shapes.Of(record, [.. call.Queries("properties")], [.. call.Queries("propertiesWithHistory")]);
        return Answer.Ok(WithEnds(record, json, [.. call.Queries("associations")]));
    }

    private HubSpotRecord Found(Call call, bool isArchived = false) =>
        sandbox.Lookup(Table(call), call.Query("idProperty"), Uri.UnescapeDataString(call.Route("id"))) is { } record && record.IsArchived == isArchived
            ? record
            : throw sandbox.Errors.NotFound();

    private Answer Create(Call call)
    {
        var type = bodies.Type(call.Route("type"));
        var record = sandbox.Create(type, bodies.Properties(call.Json), call.Json);
        return Answer.Created(shapes.Of(record, [.. record.Properties.Keys]));
    }

    private Answer Update(Call call)
    {
        var record = Found(call);
        var values = bodies.Properties(call.Json);
        sandbox.Writes.Update(record, sandbox.Writes.Checked(record.Type, values), sandbox.App);
        return Answer.Ok(shapes.Of(record, values.Keys));
    }

    private Answer Archive(Call call)
    {
        if (sandbox.Lookup(Table(call), null, call.Route("id")) is { } record)
            sandbox.Writes.Archive(record, sandbox.App);
        return Answer.NoContent;
    }

    private Answer Merge(Call call)
    {
        var table = Table(call);
        var (primaryId, loserId) = (bodies.Required(call.Json, "primaryObjectId"), bodies.Required(call.Json, "objectIdToMerge"));
        var (primary, loser) = (table.Find(primaryId), table.Find(loserId));
        if (primary is null or { IsArchived: true } || loser is null or { IsArchived: true })
            throw sandbox.Errors.NotFound();
        if (primary == loser)
            throw sandbox.Errors.Invalid($"Cannot merge {primaryId} with itself");
        return Answer.Ok(shapes.Of(sandbox.Writes.Merge(primary, loser, sandbox.App), ["hs_merged_object_ids"]));
    }

    private Answer Erase(Call call)
    {
        if (bodies.Type(call.Route("type")) != HubSpotType.Contacts)
            throw sandbox.Errors.NotFound();
        var (id, property) = (bodies.Required(call.Json, "objectId"), call.Json.Text("idProperty"));
        if (sandbox.Lookup(sandbox.State.Contacts, property, id) is { } record)
            sandbox.State.Erasing.TryAdd(record, sandbox.Clock.Now + sandbox.Options.ErasureTime);
        else if (property == "email")
            sandbox.State.Blocked.Add(id.Trim());
        else
            throw sandbox.Errors.NotFound();
        sandbox.EraseDue();
        return Answer.NoContent;
    }

    private Answer Search(Call call)
    {
        var table = Table(call);
        var json = call.Json;
        var groups = json.Items("filterGroups").Select(group => (IReadOnlyList<SearchFilter>)[.. group.Items("filters").Select(filter => SearchFilter.Read(filter, sandbox.Errors))]).ToList();
        if (groups.Count > sandbox.Options.FilterGroups || groups.Exists(group => group.Count > 6))
            throw sandbox.Errors.Invalid($"The maximum number of filterGroups is {sandbox.Options.FilterGroups}, with 6 filters each");
        var (limit, after) = Window(call, json);
        var runner = new SearchRunner(table, sandbox.Errors);
        var found = runner.Matching(groups, json.Text("query"), sandbox.Clock.Now).ToList();
        var (property, isDescending) = Sort(json);
        found.Sort(runner.Order(property, isDescending));
        var wanted = json.Texts("properties").ToList();
        var results = found.Skip(after).Take(limit).Select(JsonNode (record) => shapes.Of(record, wanted)).ToJsonArray();
        call.Records = results.Count;
        var answer = new JsonObject { ["total"] = found.Count, ["results"] = results };
        if (after + limit < found.Count)
            answer["paging"] = new JsonObject { ["next"] = new JsonObject { ["after"] = (after + limit).ToString() } };
        return Answer.Ok(answer);
    }

    private (int Limit, int After) Window(Call call, JsonElement json)
    {
        var limit = json.Member("limit")?.AsText() is { } given ? int.TryParse(given, out var number) ? number : -1 : 10;
        if (limit < 0 || limit > sandbox.Options.SearchPage)
        {
            sandbox.Stats.Violate("batch-size", $"{call.Operation} with limit {limit}");
            throw sandbox.Errors.Invalid($"Search limit {limit} is not between 0 and {sandbox.Options.SearchPage}");
        }

        var after = json.Member("after")?.AsText() is { Length: > 0 } from ? int.TryParse(from, out var offset) ? offset : throw sandbox.Errors.Invalid($"Invalid paging cursor {from}") : 0;
        if (after + limit <= sandbox.Options.SearchWindow)
            return (limit, after);
        sandbox.Stats.Violate("search-window", $"{call.Operation} after {after} with limit {limit}");
        throw sandbox.Errors.Invalid($"Search is limited to {sandbox.Options.SearchWindow:N0} results per query");
    }

    /// <summary>"property", "-property" or {"propertyName","direction"}; only one sort is allowed.</summary>
    private (string Property, bool IsDescending) Sort(JsonElement json)
    {
        var sorts = json.Items("sorts").ToList();
        if (sorts.Count > 1)
            throw sandbox.Errors.Invalid("Only one sort is supported");
        return sorts switch
        {
            [] => ("hs_object_id", false),
            [{ ValueKind: JsonValueKind.String } text] when text.GetString() is ['-', .. var name] => (name, true),
            [{ ValueKind: JsonValueKind.String } text] => (text.GetString()!, false),
            [var sort] => (sort.Text("propertyName") ?? throw sandbox.Errors.Missing("propertyName"), sort.Text("direction") == "DESCENDING"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
