using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce.Soql;
using StackHub.Sandbox.Vendors.Salesforce.Storage;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>SOQL over REST, with locators for the pages after the first.</summary>
internal sealed class Queries(SalesforceSandbox sandbox)
{
    private const int KeptLocators = 50;

    private readonly SoqlRunner runner = new(sandbox.State);
    private readonly Dictionary<string, Paged> open = [];
    private readonly Queue<string> ages = [];
    private readonly Sequence locators = new();

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(SalesforceSandbox.Data + "query", "query", call => Run(call, withDeleted: false)) with { IsSearch = true },
        Endpoint.Get(SalesforceSandbox.Data + "queryAll", "queryAll", call => Run(call, withDeleted: true)) with { IsSearch = true },
        Endpoint.Get(SalesforceSandbox.Data + "query/{locator}", "queryMore", More),
        Endpoint.Get(SalesforceSandbox.Data + "queryAll/{locator}", "queryMore", More),
    ];

    private sealed record Paged(List<SObjectRow> Rows, Func<SObjectRow, JsonObject> Shape, int Page);

    private Answer Run(Call call, bool withDeleted)
    {
        var text = call.Query("q") ?? throw new SalesforceError("MALFORMED_QUERY", "unexpected token: '<EOF>'").Refusal();
        var query = SoqlParser.Parse(text, sandbox.Clock.Now);
        var rows = runner.Rows(query, withDeleted, sandbox.Clock.Now);
        if (query.IsCount)
            return Answer.Ok(new JsonObject { ["totalSize"] = rows.Count, ["done"] = true, ["records"] = new JsonArray() });
        var shape = runner.Shape(query, call.Route("version"));
        var page = PageSize(call);
        if (rows.Count <= page)
            return Page(call, new(rows, shape, page), 0, "");
        var locator = $"01gHx{locators.Next():D10}AAA";
        // Later pages show the rows as they were when the query ran.
        open.Add(locator, new([.. rows.Select(row => row.Snapshot())], shape, page));
        ages.Enqueue(locator);
        if (ages.Count > KeptLocators)
            open.Remove(ages.Dequeue());
        return Page(call, open[locator], 0, locator);
    }

    private Answer More(Call call)
    {
        var cut = call.Route("locator").LastIndexOf('-');
        var name = cut > 0 ? call.Route("locator")[..cut] : "";
        return open.TryGetValue(name, out var paged) && int.TryParse(call.Route("locator")[(cut + 1)..], out var from)
            ? Page(call, paged, from, name)
            : new SalesforceError("INVALID_QUERY_LOCATOR", "invalid query locator").Answer(400);
    }

    private static Answer Page(Call call, Paged paged, int from, string locator)
    {
        var records = paged.Rows.Skip(from).Take(paged.Page).Select(JsonNode (row) => paged.Shape(row)).ToJsonArray();
        call.Records = records.Count;
        var isDone = from + records.Count >= paged.Rows.Count;
        var json = new JsonObject { ["totalSize"] = paged.Rows.Count, ["done"] = isDone };
        if (!isDone)
            json["nextRecordsUrl"] = $"/services/data/v{call.Route("version")}/query/{locator}-{from + paged.Page}";
        json["records"] = records;
        return Answer.Ok(json);
    }

    private int PageSize(Call call) =>
        call.Header("Sforce-Query-Options")?.Split('=') is [var name, var size] && name.Trim().Equals("batchSize", StringComparison.OrdinalIgnoreCase) && int.TryParse(size, out var wish)
            ? Math.Clamp(wish, 200, 2000)
            : sandbox.Options.QueryPage;
}
