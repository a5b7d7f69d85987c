using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo.Records;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>The activity log: lead changes, deleted leads, activities by type, all behind paging tokens.</summary>
internal sealed class ActivityCalls(MarketoSandbox sandbox)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/rest/v1/activities/pagingtoken.json", "activities.token", Token),
        Endpoint.Get("/rest/v1/activities/leadchanges.json", "activities.leadChanges", LeadChanges),
        Endpoint.Get("/rest/v1/activities/deletedleads.json", "activities.deletedLeads", call => Page(call, activity => activity.Type == MarketoActivity.DeleteLead, Shown)),
        Endpoint.Get("/rest/v1/activities.json", "activities.list", Activities),
    ];

    private Answer Token(Call call) =>
        DateTimeOffset.TryParse(call.Query("sinceDatetime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? sandbox.Answers.Success(nextPageToken: sandbox.PagingTokens.Issue(new(since, 0)))
            : throw sandbox.Answers.Refusal("1003", "Invalid sinceDatetime");

    private Answer LeadChanges(Call call)
    {
        var fields = call.Queries("fields").ToHashSet();
        if (fields.Count == 0)
            throw sandbox.Answers.Refusal("1003", "Missing value for required parameter 'fields'");
        if (fields.FirstOrDefault(field => sandbox.State.Leads.Field(field) is null) is { } unknown)
            throw sandbox.Answers.Refusal("1006", $"Field '{unknown}' not found");
        return Page(call, activity => activity.Type == MarketoActivity.NewLead || (activity.Type == MarketoActivity.ChangeDataValue && fields.Contains(activity.Field!)), Change);
    }

    private Answer Activities(Call call)
    {
        var types = call.Queries("activityTypeIds").Select(type => int.Parse(type, CultureInfo.InvariantCulture)).ToHashSet();
        if (types.Count is 0 or > 10 || types.Contains(MarketoActivity.DeleteLead))
            throw sandbox.Answers.Refusal("1003", "Invalid activityTypeIds");
        return Page(call, activity => types.Contains(activity.Type), Shown);
    }

    private Answer Page(Call call, Func<MarketoActivity, bool> matches, Func<MarketoActivity, JsonObject> show)
    {
        var place = sandbox.PagingTokens.Find(call.Query("nextPageToken")) ?? throw sandbox.Answers.Refusal("1003", "Invalid nextPageToken");
        var size = Math.Clamp(call.QueryInt("batchSize", sandbox.Options.Batch), 1, sandbox.Options.Batch);
        var log = sandbox.State.Activities;
        var start = log.FindIndex(activity => activity.Id > place.After);
        var all = (start < 0 ? [] : log.Skip(start))
            .Where(activity => activity.At >= place.Since && activity.VisibleFrom <= sandbox.Clock.Now && matches(activity)).Take(size + 1).ToList();
        var page = all.Take(size).ToList();
        call.Records = page.Count;
        var next = sandbox.PagingTokens.Issue(place with { After = page.Count > 0 ? page[^1].Id : place.After });
        return sandbox.Answers.Success(page.Select(JsonNode? (activity) => show(activity)).ToJsonArray(), next, moreResult: all.Count > page.Count);
    }

    private static JsonObject Change(MarketoActivity activity)
    {
        var json = Shown(activity);
        json["fields"] = activity.Field is { } field
            ? new JsonArray(new JsonObject { ["id"] = activity.Id % 100_000, ["name"] = field, ["oldValue"] = activity.Old ?? "", ["newValue"] = activity.New ?? "" })
            : new JsonArray();
        return json;
    }

    private static JsonObject Shown(MarketoActivity activity) => new()
    {
        ["id"] = activity.Id,
        ["marketoGUID"] = activity.Id.ToString(CultureInfo.InvariantCulture),
        ["leadId"] = activity.LeadId,
        ["activityDate"] = MarketoRow.Time(activity.At),
        ["activityTypeId"] = activity.Type,
        ["attributes"] = activity.Losers.Count == 0
            ? new JsonArray()
            : new JsonArray(new JsonObject { ["name"] = "Merge IDs", ["value"] = $"[{string.Join(", ", activity.Losers)}]" }),
    };
}
