using System.Runtime.CompilerServices;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// The change feed: (SystemModstamp, Id) keyset pages of a closed window, with the recycle bin. An opportunity's feed has its contact
/// roles' own feed merged in, because a change of a role leaves the opportunity's times alone.
/// </summary>
internal sealed class SalesforceFeed(SalesforceReader reader, RowContexts contexts, SystemId system)
{
    public async IAsyncEnumerable<FeedPage> ChangesAsync(SalesforceObject type, IReadOnlyList<string> asked, FeedPosition from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var selection = new FieldSelection(type, asked);
        while (true)
        {
            var page = await PageAsync(type, selection, from, until, cancellationToken).ConfigureAwait(false);
            var changes = await ChangesOfAsync(type, selection, page, cancellationToken).ConfigureAwait(false);
            if (page.End is not { } end)
            {
                yield return new(changes, page.Done(from, until));
                yield break;
            }

            if (end == from || end.Time < from.Time)
                throw new InvalidOperationException($"{system}: the feed of {type.Name} makes no progress.");
            yield return new(changes, end);
            from = end;
        }
    }

    private async Task<FeedRows> PageAsync(SalesforceObject type, FieldSelection selection, FeedPosition from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var records = await reader.SelectAsync("changes", selection, fields => SalesforceQueries.Changes(type, fields, from, until), all: true, cancellationToken).ConfigureAwait(false);
        if (!selection.WithRoles)
            return FeedRows.Of(records, roles: []);
        var none = new FieldSelection(type, []);
        var roles = await reader.SelectAsync("contactRoles.changes", none, _ => SalesforceQueries.RoleChanges(from, until), all: true, cancellationToken).ConfigureAwait(false);
        return FeedRows.Of(records, roles);
    }

    private async Task<IReadOnlyList<Change>> ChangesOfAsync(SalesforceObject type, FieldSelection selection, FeedRows page, CancellationToken cancellationToken)
    {
        var context = await contexts.ForAsync(type, selection, page.Records, dated: true, cancellationToken).ConfigureAwait(false);
        var seen = page.Records.Select(row => (At: SalesforceRow.Stamp(row), Change: SalesforceMapping.ToChange(system, type, row, context)));
        var known = page.Records.Select(SalesforceRow.Id).ToHashSet(StringComparer.Ordinal);
        var touched = page.Roles
            .Where(role => OpportunityOf(role) is { } id && known.Add(id))
            .Select(role => (At: SalesforceRow.Stamp(role), Change: (Change)new Change.Touched(type.Ref(system, OpportunityOf(role)!))));
        return [.. seen.Concat(touched).OrderBy(entry => entry.At).Select(entry => entry.Change)];
    }

    private static string? OpportunityOf(JsonElement role) => SalesforceRow.Text(role, "OpportunityId") is { } id ? SalesforceId.Full(id) : null;
}
