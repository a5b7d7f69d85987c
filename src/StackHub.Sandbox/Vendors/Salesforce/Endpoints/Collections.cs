using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Soql;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>Up to 200 records in one call, each with its own result inside a 200.</summary>
internal sealed class Collections(SalesforceSandbox sandbox)
{
    private const string Root = SalesforceSandbox.Data + "composite/sobjects";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post(Root, "collections.create", call => Write(call, call.Json.Items("records").ToList(), Create)),
        Endpoint.Patch(Root, "collections.update", call => Write(call, call.Json.Items("records").ToList(), Update)),
        Endpoint.Patch(Root + "/{type}/{key}", "{type}.upsertMany", Upsert),
        Endpoint.Ask(Root + "/{type}", "{type}.retrieveMany", Retrieve),
        Endpoint.Get(Root + "/{type}", "{type}.retrieveMany", Retrieve),
        Endpoint.Delete(Root, "collections.delete", call => Write(call, [.. call.Queries("ids")], Delete)),
    ];

    private sealed record Outcome(string? Id, bool? IsCreated = null, SalesforceError? Error = null);

    private Answer Write<T>(Call call, List<T> items, Func<Call, T, Func<Outcome>> plan)
    {
        call.Records = items.Count;
        if (items.Count == 0)
            throw new SalesforceError("REQUIRED_FIELD_MISSING", "The required field 'records' is missing or empty").Refusal();
        if (items.Count > sandbox.Options.CollectionLimit)
        {
            sandbox.Stats.Violate("batch-size", $"{call.Operation} with {items.Count} records");
            throw new SalesforceError("EXCEEDED_ID_LIMIT", $"record limit reached. cannot submit more than {sandbox.Options.CollectionLimit} records into this call").Refusal();
        }

        // Reading first: a record the parser refuses refuses the whole call, before anything is written.
        var writes = items.ConvertAll(item => plan(call, item));
        var isAllOrNone = call.Method == "DELETE" ? call.Query("allOrNone") == "true" : call.Json.Flag("allOrNone") == true;
        return Answer.Ok(Carried(writes, isAllOrNone).Select(JsonNode (outcome) => Json(outcome)).ToJsonArray());
    }

    private List<Outcome> Carried(List<Func<Outcome>> writes, bool isAllOrNone)
    {
        var outcomes = new List<Outcome>(writes.Count);
        sandbox.Writes.InOne(() =>
        {
            outcomes.AddRange(writes.Select(Tried));
            return !isAllOrNone || outcomes.TrueForAll(outcome => outcome.Error is null);
        });
        if (isAllOrNone && outcomes.Exists(outcome => outcome.Error is not null))
            return outcomes.ConvertAll(outcome => outcome.Error is null ? new(null, Error: RolledBack) : outcome);
        return outcomes;
    }

    private static readonly SalesforceError RolledBack = new("ALL_OR_NONE_OPERATION_ROLLED_BACK", "Record rolled back because not all records were valid and the request was using AllOrNone header");

    private static Outcome Tried(Func<Outcome> write)
    {
        try
        {
            return write();
        }
        catch (RecordRefused refused)
        {
            return new(null, Error: refused.Error);
        }
    }

    private static JsonObject Json(Outcome outcome)
    {
        var json = new JsonObject();
        if (outcome.Id is not null)
            json["id"] = outcome.Id;
        json["success"] = outcome.Error is null;
        json["errors"] = outcome.Error is null ? [] : new JsonArray(outcome.Error.InResult());
        if (outcome.IsCreated is { } isCreated)
            json["created"] = isCreated;
        return json;
    }

    private Func<Outcome> Create(Call call, JsonElement json)
    {
        var type = TypeOf(json);
        var fields = Read(type, json);
        return () => new(sandbox.Writes.Insert(type, fields(), sandbox.AuthorOf(call)).Id);
    }

    private Func<Outcome> Update(Call call, JsonElement json)
    {
        var type = TypeOf(json);
        var id = json.Text("id") ?? json.Text("Id") ?? throw new SalesforceError("MISSING_ARGUMENT", "Id not specified in an update call").Refusal();
        var fields = Read(type, json, "Id");
        return () =>
        {
            var row = Found(type, id);
            sandbox.Writes.Update(row, fields(), sandbox.AuthorOf(call));
            return new(row.Id);
        };
    }

    private Func<Outcome> Delete(Call call, string id) => () =>
    {
        var type = StandardObjects.All.Values.FirstOrDefault(type => id.StartsWith(type.Prefix, StringComparison.Ordinal));
        var row = type is null ? throw new RecordRefused("MALFORMED_ID", $"bad id {id}") : Found(type, id);
        sandbox.Writes.Delete(row, sandbox.AuthorOf(call));
        return new(row.Id);
    };

    private Answer Upsert(Call call)
    {
        var type = SalesforceSandbox.TypeOf(call);
        var key = type.Find(call.Route("key")) is { } field && (field.ExternalId || field.Type == FieldType.Id)
            ? field
            : throw new SalesforceError("NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {call.Route("key")}").Refusal(404);
        var records = call.Json.Items("records").ToList();
        var repeated = records.Select(record => record.Text(key.Name)).OfType<string>()
            .GroupBy(value => value, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Write(call, records, (_, json) => UpsertOne(call, type, key, json, repeated));
    }

    private Func<Outcome> UpsertOne(Call call, SObjectType type, Field key, JsonElement json, HashSet<string> repeated)
    {
        if (TypeOf(json) != type)
            throw new SalesforceError("INVALID_TYPE", $"All records must be of type {type.Name}").Refusal();
        var value = json.Text(key.Name);
        var fields = Read(type, json, "Id", key.Name);
        return () =>
        {
            if (value is null && key.Type != FieldType.Id)
                throw new RecordRefused("MISSING_ARGUMENT", $"{key.Name} not specified");
            if (value is not null && repeated.Contains(value))
                throw new RecordRefused("DUPLICATE_VALUE", $"Duplicate external id specified: {value}", key.Name);
            var (isCreated, row) = sandbox.Upsert(type, key, value, fields(), sandbox.AuthorOf(call));
            return new(row.Id, isCreated);
        };
    }

    private Answer Retrieve(Call call)
    {
        var type = SalesforceSandbox.TypeOf(call);
        var isAsked = call.Method == "POST";
        List<string> ids = isAsked ? [.. call.Json.Texts("ids")] : [.. call.Queries("ids")];
        List<string> fields = isAsked ? [.. call.Json.Texts("fields")] : [.. call.Queries("fields")];
        call.Records = ids.Count;
        if (ids.Count > sandbox.Options.RetrieveLimit)
        {
            sandbox.Stats.Violate("batch-size", $"{call.Operation} with {ids.Count} ids");
            throw new SalesforceError("EXCEEDED_ID_LIMIT", $"record limit reached. cannot submit more than {sandbox.Options.RetrieveLimit} records into this call").Refusal();
        }

        if (fields.Count == 0)
            throw new SalesforceError("MISSING_ARGUMENT", "fields not specified").Refusal();
        if (fields.Find(name => !type.Has(name)) is { } unknown)
            throw new SalesforceError("INVALID_FIELD", $"No such column '{unknown}' on sobject of type {type.Name}").Refusal();
        return Answer.Ok(ids.Select(id => One(call, type, id, fields)).ToJsonArray());
    }

    private JsonObject? One(Call call, SObjectType type, string id, List<string> fields)
    {
        if (sandbox.State.Find(type.Name, id) is not { IsDeleted: false } row)
            return null;
        var json = SoqlRunner.Headed(type.Name, row.Id, call.Route("version"));
        foreach (var name in fields)
            json[type.Find(name)!.Name] = FieldValues.ToJson(row[name]);
        return json;
    }

    private Storage.SObjectRow Found(SObjectType type, string id) => sandbox.State.Find(type.Name, id) ?? throw (SalesforceIds.Normal(id) is null
        ? new RecordRefused("MALFORMED_ID", $"malformed id {id}")
        : new RecordRefused("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"));

    /// <summary>Parses now; a parent that is not there refuses only this record, later.</summary>
    private Func<Dictionary<Field, object?>> Read(SObjectType type, JsonElement json, params string[] except)
    {
        try
        {
            var fields = sandbox.Reader.Read(type, json, except);
            return () => fields;
        }
        catch (RecordRefused refused)
        {
            return () => throw new RecordRefused(refused.Error);
        }
    }

    private static SObjectType TypeOf(JsonElement json) =>
        json.Member("attributes")?.Text("type") is { } name && StandardObjects.All.TryGetValue(name, out var type)
            ? type
            : throw new SalesforceError("INVALID_FIELD", "Include an entity type with each record: attributes.type").Refusal();
}
