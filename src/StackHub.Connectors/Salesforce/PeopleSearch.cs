using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Looks for people before they are created: an address or a hub id the system already has, among contacts and leads alike.</summary>
internal sealed class PeopleSearch(SalesforceApi api, SalesforceOptions options, SystemId system)
{
    private static readonly SalesforceObject[] Types = [SalesforceObject.Contact, SalesforceObject.Lead];

    public async Task<KnownPeople> FindAsync(IReadOnlyList<RecordWrite> creates, CancellationToken cancellationToken)
    {
        var emails = creates.Select(KnownPeople.EmailOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var hubIds = creates.Where(write => write.Uncertain).Select(write => write.HubId.ToString()).ToList();
        List<(SalesforceObject, JsonElement)> rows = [];
        foreach (var type in Types)
        {
            await AddAsync(rows, type, emails, run => SalesforceQueries.People(type, options.HubIdField, run), cancellationToken).ConfigureAwait(false);
            await AddAsync(rows, type, hubIds, run => SalesforceQueries.ByHubId(type, options.HubIdField, run), cancellationToken).ConfigureAwait(false);
        }

        return KnownPeople.Of(system, options.HubIdField, rows);
    }

    private async Task AddAsync(List<(SalesforceObject, JsonElement)> rows, SalesforceObject type, IReadOnlyList<string> values, Func<IEnumerable<string>, string> query, CancellationToken cancellationToken)
    {
        foreach (var run in Soql.Runs(values, SalesforceObject.Batch, Uri.EscapeDataString(query([])).Length))
        {
            var answer = await api.QueryAsync("people.search", query(run), all: false, cancellationToken).ConfigureAwait(false);
            rows.AddRange(answer.Refusal is null ? answer.Rows.Select(row => (type, row)) : throw api.Unavailable("people.search", answer.Refusal));
        }
    }
}
