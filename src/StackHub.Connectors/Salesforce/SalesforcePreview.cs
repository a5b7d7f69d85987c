using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>The requests a write sends first; pure.</summary>
internal static class SalesforcePreview
{
    public static IReadOnlyList<PlannedRequest> Of(SalesforceOptions options, SalesforceObject type, IReadOnlyList<RecordWrite> writes)
    {
        var root = SalesforceApi.RootOf(options);
        var creates = writes.Where(write => write.Target is null).ToList();
        var updates = writes.Where(write => write.Target is not null && SalesforceRequests.Plain(write).Any()).ToList();
        List<PlannedRequest> requests = [];
        if (type.Kind == RecordKind.Person)
            requests.AddRange(Searches(options, creates));
        if (creates.Count > 0)
            requests.Add(new("PATCH", root + SalesforceRequests.UpsertPath(type.Name, options.HubIdField), SalesforceRequests.Text(SalesforceRequests.Upsert(creates, options.HubIdField))));
        if (updates.Count > 0)
            requests.Add(new("PATCH", root + SalesforceRequests.Collections, SalesforceRequests.Text(SalesforceRequests.Update(updates))));
        if (writes.Where(write => write.Target is not null && SalesforceRequests.Roles(write) is not null).Select(write => write.Target!).ToList() is { Count: > 0 } opportunities)
            requests.Add(new("GET", SalesforceApi.QueryPath(options, SalesforceQueries.Roles(opportunities), all: true), Body: null));
        return requests;
    }

    private static IEnumerable<PlannedRequest> Searches(SalesforceOptions options, List<RecordWrite> creates)
    {
        var emails = creates.Select(KnownPeople.EmailOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return from type in new[] { SalesforceObject.Contact, SalesforceObject.Lead }
               where emails.Count > 0
               select new PlannedRequest("GET", SalesforceApi.QueryPath(options, SalesforceQueries.People(type, options.HubIdField, emails), all: false), Body: null);
    }
}
