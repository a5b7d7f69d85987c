using System.Collections.Concurrent;
using System.Text.Json;

namespace StackHub.Connectors.Salesforce;

/// <summary>Reads what belongs to a page of rows: the contact roles of its opportunities and, if wished, its field history.</summary>
internal sealed class RowContexts(SalesforceApi api, SalesforceOptions options)
{
    /// <summary>Objects whose history the organisation does not track, or hides from us.</summary>
    private readonly ConcurrentDictionary<string, bool> untracked = new(StringComparer.Ordinal);

    public async Task<RowContext> ForAsync(SalesforceObject type, FieldSelection selection, IReadOnlyList<JsonElement> rows, bool dated, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => !SalesforceRow.Is(row, "IsDeleted")).Select(SalesforceRow.Id).ToList();
        return new(selection.Fields)
        {
            Complete = selection.Complete,
            Roles = selection.WithRoles ? await RolesAsync(ids, cancellationToken).ConfigureAwait(false) : null,
            History = dated && options.FieldHistory ? await HistoryAsync(type, ids, cancellationToken).ConfigureAwait(false) : FieldHistory.None,
        };
    }

    public async Task<ContactRoles> RolesAsync(IReadOnlyList<string> opportunityIds, CancellationToken cancellationToken) =>
        new(await api.RunsAsync("contactRoles.read", opportunityIds, SalesforceQueries.Roles, cancellationToken).ConfigureAwait(false));

    private async Task<FieldHistory> HistoryAsync(SalesforceObject type, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        var length = Uri.EscapeDataString(SalesforceQueries.History(type, [])).Length;
        foreach (var run in Soql.Runs(ids, SalesforceObject.Batch, length))
        {
            if (untracked.ContainsKey(type.Name))
                return FieldHistory.None;
            var answer = await api.QueryAsync("history", SalesforceQueries.History(type, run), all: false, cancellationToken).ConfigureAwait(false);
            if (answer.Refusal is not null)
                untracked[type.Name] = true;
            rows.AddRange(answer.Rows);
        }

        return untracked.ContainsKey(type.Name) ? FieldHistory.None : new(rows, type.HistoryParent);
    }
}
