using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Soql;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>One record at a time: create, read, update, delete, upsert by external id, and what changed when.</summary>
internal sealed class Records(SalesforceSandbox sandbox)
{
    private const string Root = SalesforceSandbox.Data + "sobjects/{type}";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(SalesforceSandbox.Data + "sobjects", "sobjects.list", List),
        Endpoint.Get(Root + "/describe", "{type}.describe", call => Answer.Ok(Describe.Of(SalesforceSandbox.TypeOf(call)))),
        Endpoint.Get(Root + "/updated", "{type}.updated", Updated) with { IsSearch = true },
        Endpoint.Get(Root + "/deleted", "{type}.deleted", Deleted) with { IsSearch = true },
        Endpoint.Post(Root, "{type}.create", Create),
        Endpoint.Get(Root + "/{id}", "{type}.get", call => Get(call, Existing(call))),
        Endpoint.Patch(Root + "/{id}", "{type}.update", Update),
        Endpoint.Delete(Root + "/{id}", "{type}.delete", call => Delete(call, Existing(call))),
        Endpoint.Get(Root + "/{key}/{value}", "{type}.getByExternalId", call => ByKey(call, row => Get(call, row))),
        Endpoint.Patch(Root + "/{key}/{value}", "{type}.upsert", Upsert),
        Endpoint.Delete(Root + "/{key}/{value}", "{type}.deleteByExternalId", call => ByKey(call, row => Delete(call, row))),
    ];

    private static Answer List(Call call) => Answer.Ok(new JsonObject
    {
        ["encoding"] = "UTF-8",
        ["maxBatchSize"] = 200,
        ["sobjects"] = StandardObjects.All.Values.OrderBy(type => type.Name, StringComparer.Ordinal).Select(JsonNode (type) => Describe.Summary(type)).ToJsonArray(),
    });

    private Answer Create(Call call)
    {
        var type = SalesforceSandbox.TypeOf(call);
        var row = sandbox.Alone(() => sandbox.Writes.Insert(type, sandbox.Reader.Read(type, call.Json), sandbox.AuthorOf(call)));
        return Answer.Created(Result(row.Id, null));
    }

    private Answer Update(Call call)
    {
        var row = Existing(call);
        sandbox.Alone(() => sandbox.Writes.Update(row, sandbox.Reader.Read(row.Type, call.Json), sandbox.AuthorOf(call)));
        return Answer.NoContent;
    }

    private Answer Delete(Call call, SObjectRow row)
    {
        sandbox.Alone(() => sandbox.Writes.Delete(row, sandbox.AuthorOf(call)));
        return Answer.NoContent;
    }

    private static Answer Get(Call call, SObjectRow row)
    {
        if (row.IsDeleted)
            throw Missing().Refusal(404);
        var json = SoqlRunner.Headed(row.Type.Name, row.Id, call.Route("version"));
        var wanted = call.Queries("fields").ToList();
        if (wanted.Find(name => !row.Type.Has(name)) is { } unknown)
            throw new SalesforceError("INVALID_FIELD", $"No such column '{unknown}' on sobject of type {row.Type.Name}").Refusal();
        foreach (var field in wanted.Count == 0 ? row.Type.Fields : row.Type.Fields.Where(field => wanted.Contains(field.Name, StringComparer.OrdinalIgnoreCase)))
            json[field.Name] = FieldValues.ToJson(row[field.Name]);
        return Answer.Ok(json);
    }

    private Answer Upsert(Call call)
    {
        var type = SalesforceSandbox.TypeOf(call);
        var (isCreated, row) = sandbox.Alone(() =>
            sandbox.Upsert(type, Key(type, call.Route("key")), Value(call), sandbox.Reader.Read(type, call.Json, "Id"), sandbox.AuthorOf(call)));
        return new(isCreated ? 201 : 200, Result(row.Id, isCreated));
    }

    private Answer ByKey(Call call, Func<SObjectRow, Answer> found)
    {
        var type = SalesforceSandbox.TypeOf(call);
        var field = Key(type, call.Route("key"));
        return sandbox.Matching(type, field, Value(call)) switch
        {
            [] => throw Missing().Refusal(404),
            [var row] => found(row),
            var many => Several(call, type, many),
        };
    }

    private Answer Updated(Call call)
    {
        var (type, from, to) = (SalesforceSandbox.TypeOf(call), Time(call, "start"), Time(call, "end"));
        var table = sandbox.State.TableOf(type);
        table.Lag.Late(sandbox.Clock.Now);
        var ids = table.ModifiedBetween(from, to).Where(row => !row.IsDeleted && Seen(table, row)).Select(row => row.Id).ToJsonArray();
        call.Records = ids.Count;
        return Answer.Ok(new JsonObject { ["ids"] = ids, ["latestDateCovered"] = FieldValues.Stamp(to < sandbox.Clock.Now ? to : sandbox.Clock.Now) });
    }

    private Answer Deleted(Call call)
    {
        var (type, from, to) = (SalesforceSandbox.TypeOf(call), Time(call, "start"), Time(call, "end"));
        var table = sandbox.State.TableOf(type);
        table.Lag.Late(sandbox.Clock.Now);
        var records = table.ModifiedBetween(from, to).Where(row => row.IsDeleted && Seen(table, row))
            .Select(JsonNode (row) => new JsonObject { ["id"] = row.Id, ["deletedDate"] = FieldValues.Stamp(row.SystemModstamp) }).ToJsonArray();
        call.Records = records.Count;
        return Answer.Ok(new JsonObject
        {
            ["deletedRecords"] = records,
            ["earliestDateAvailable"] = FieldValues.Stamp(sandbox.Clock.Now.AddDays(-15)),
            ["latestDateCovered"] = FieldValues.Stamp(to < sandbox.Clock.Now ? to : sandbox.Clock.Now),
        });
    }

    private static bool Seen(SObjectTable table, SObjectRow row) => ReferenceEquals(table.Lag.Seen(row), row);

    private DateTimeOffset Time(Call call, string name)
    {
        if (call.Query(name) is not { } text || !DateTimeOffset.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            throw new SalesforceError("INVALID_REPLICATION_DATE", $"Invalid {name} date").Refusal();
        if (time < sandbox.Clock.Now.AddDays(-30))
            throw new SalesforceError("INVALID_REPLICATION_DATE", "startDate cannot be more than 30 days ago").Refusal();
        return time;
    }

    private SObjectRow Existing(Call call)
    {
        var type = SalesforceSandbox.TypeOf(call);
        return sandbox.State.Find(type.Name, call.Route("id")) ?? throw Missing().Refusal(404);
    }

    private static Field Key(SObjectType type, string name) => type.Find(name) is { } field && (field.ExternalId || field.Type == FieldType.Id)
        ? field
        : throw new SalesforceError("NOT_FOUND", $"Provided external ID field does not exist or is not accessible: {name}").Refusal(404);

    private static string Value(Call call) => Uri.UnescapeDataString(call.Route("value"));

    private static Answer Several(Call call, SObjectType type, IEnumerable<SObjectRow> rows) =>
        new(300, rows.Select(row => $"/services/data/v{call.Route("version")}/sobjects/{type.Name}/{row.Id}").ToJsonArray());

    private static SalesforceError Missing() => new("NOT_FOUND", "The requested resource does not exist");

    private static JsonObject Result(string id, bool? isCreated)
    {
        var json = new JsonObject { ["id"] = id, ["success"] = true, ["errors"] = new JsonArray() };
        if (isCreated is { } created)
            json["created"] = created;
        return json;
    }
}
