using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>What all calls with records have in common: how many, how large, which fields; and filters with their pages.</summary>
internal sealed class Inputs(MarketoSandbox sandbox)
{
    public IReadOnlyList<JsonElement> Of(Call call)
    {
        if (Encoding.UTF8.GetByteCount(call.Text) > sandbox.Options.LongestBody)
            throw Violated("size", call, new VendorRefusal(new(413) { Text = "" }));
        var inputs = call.Json.Items("input").ToList();
        call.Records = inputs.Count;
        if (inputs.Count == 0 || inputs.Any(input => input.ValueKind != JsonValueKind.Object))
            throw sandbox.Answers.Refusal("1003", "Missing value for required parameter 'input'");
        if (inputs.Count > sandbox.Options.Batch)
            throw Violated("batch", call, sandbox.Answers.Refusal("1003", $"Number of records exceeds the maximum of {sandbox.Options.Batch}"));
        return inputs;
    }

    /// <summary>A field that does not exist fails the whole call.</summary>
    public void RefuseUnknown(MarketoTable table, IEnumerable<string> fields)
    {
        if (fields.FirstOrDefault(field => table.Field(field) is null) is { } unknown)
            throw sandbox.Answers.Refusal("1006", $"Field '{unknown}' not found");
    }

    public string Choice(Call call, string name, string otherwise, params string[] allowed)
    {
        var value = call.Json.Text(name) ?? otherwise;
        return allowed.Contains(value) ? value : throw sandbox.Answers.Refusal("1003", $"Invalid value for '{name}'");
    }

    /// <summary>GET with filterType and filterValues.</summary>
    public Answer Filtered(Call call, MarketoTable table, Func<string, bool> isSearchable, IReadOnlyList<string> otherwise, Action<JsonObject, int> finish)
    {
        if (call.Query("filterType") is not { Length: > 0 } filter || !isSearchable(filter))
            throw sandbox.Answers.Refusal("1003", "Invalid filterType");
        var values = call.Queries("filterValues").Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (values.Count is 0 || values.Count > sandbox.Options.Batch)
            throw Violated("batch", call, sandbox.Answers.Refusal("1003", $"filterValues must hold 1 to {sandbox.Options.Batch} values"));
        var asked = call.Queries("fields").ToList();
        RefuseUnknown(table, asked);
        var fields = asked.Count > 0 ? asked : otherwise;
        var found = values.SelectMany(value => table.With(filter, value)).Where(row => filter == "id" || row.VisibleFrom <= sandbox.Clock.Now).DistinctBy(row => row.Id).OrderBy(row => row.Id).ToList();
        return Page(call, found, fields, finish);
    }

    private Answer Page(Call call, List<MarketoRow> found, IReadOnlyList<string> fields, Action<JsonObject, int> finish)
    {
        var after = 0L;
        if (call.Query("nextPageToken") is { Length: > 0 } token)
            after = (sandbox.PagingTokens.Find(token) ?? throw sandbox.Answers.Refusal("1003", "Invalid nextPageToken")).After;
        var size = Math.Clamp(call.QueryInt("batchSize", sandbox.Options.Batch), 1, sandbox.Options.Batch);
        var rest = found.Where(row => row.Id > after).ToList();
        var page = rest.Take(size).ToList();
        call.Records = page.Count;
        var result = page.Select((row, place) => (JsonNode?)Shown(row, fields, finish, place)).ToJsonArray();
        return rest.Count > page.Count
            ? sandbox.Answers.Success(result, sandbox.PagingTokens.Issue(new(default, page[^1].Id)), moreResult: true)
            : sandbox.Answers.Success(result);
    }

    public static JsonObject Shown(MarketoRow row, IEnumerable<string> fields, Action<JsonObject, int> finish, int place)
    {
        var json = new JsonObject();
        foreach (var field in fields)
            json[field] = row.Json(field);
        finish(json, place);
        return json;
    }

    private VendorRefusal Violated(string rule, Call call, VendorRefusal refusal)
    {
        sandbox.Stats.Violate(rule, call.Operation);
        return refusal;
    }
}
