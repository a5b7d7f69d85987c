using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// Creates that Zendesk refused because somebody has the address, the name or the hub's id already: finds who. The hub's id is looked up in
/// the database, addresses and names only in an index that lags, so not finding is not knowing.
/// </summary>
internal sealed class ZendeskDuplicates(ZendeskApi api, ZendeskOptions options, SystemId system)
{
    /// <summary>Live records that carry the hub ids of these writes.</summary>
    public async Task<IReadOnlyDictionary<string, ZendeskItem>> OursAsync(ZendeskType type, IReadOnlyCollection<RecordWrite> writes, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, ZendeskItem>(StringComparer.OrdinalIgnoreCase);
        if (writes.Count == 0)
            return found;
        var page = await api.ShowManyByExternalIdAsync(type, [.. writes.Select(write => write.HubId.ToString()).Distinct()], cancellationToken).ConfigureAwait(false);
        foreach (var item in page.Items.Where(item => item.IsLive && item.Id is not null && item.ExternalId is not null))
            found[item.ExternalId!] = item;
        return found;
    }

    public async Task<WriteOutcome> ResolveAsync(ZendeskType type, RecordWrite write, ZendeskRow row, ZendeskItem ours, IReadOnlyDictionary<string, string> createdNow, CancellationToken cancellationToken)
    {
        if (ours.Id is { } id)
            return new WriteOutcome.Existing(RefOf(type, id));
        if (!ZendeskRefusal.IsDuplicate(row) || KeyOf(type, write) is not { } key)
            return ZendeskRefusal.Of(type, row, write.Fields);
        if (createdNow.TryGetValue(key, out var twin))
            return new WriteOutcome.Existing(RefOf(type, twin));

        var page = type.IsUsers
            ? await api.FindByEmailAsync(key, cancellationToken).ConfigureAwait(false)
            : await api.FindByNameAsync(key, cancellationToken).ConfigureAwait(false);
        return Decide(type, write, row, [.. page.Items.Where(item => !item.IsDeleted && item.Id is not null)], key);
    }

    /// <summary>What a create is known by besides the hub's id: an address, or an organization's name.</summary>
    public static string? KeyOf(ZendeskType type, RecordWrite write)
    {
        foreach (var field in write.Fields)
            if (field.VendorField == (type.IsUsers ? ZendeskFields.Email : ZendeskFields.Name))
                return field.Value.Text?.ToLowerInvariant();
        return null;
    }

    private WriteOutcome Decide(ZendeskType type, RecordWrite write, ZendeskRow row, ZendeskItem[] found, string key)
    {
        // Who has it as the primary address (or the very name) goes before who has it as a secondary one.
        var exact = found.Where(item => key.Equals(item.Text(type.IsUsers ? ZendeskFields.Email : ZendeskFields.Name), StringComparison.OrdinalIgnoreCase)).ToArray();
        var candidates = exact.Length > 0 ? exact : found;
        return candidates switch
        {
            [] => new WriteOutcome.Retry("DuplicateValue, not found yet", options.SearchLag),
            [var staff] when staff.IsStaff => ZendeskRefusal.OfStaff(ZendeskFields.Email),
            [var one] when IsAnotherCompany(write, one) => ZendeskRefusal.Of(type, row, write.Fields),
            [var one] => new WriteOutcome.Existing(RefOf(type, one.Id!)),
            _ => new WriteOutcome.Ambiguous([.. candidates.Where(item => !item.IsStaff).Select(item => RefOf(type, item.Id!))]),
        };
    }

    /// <summary>The same name with other domains is another company, which this account cannot hold beside it.</summary>
    private static bool IsAnotherCompany(RecordWrite write, ZendeskItem found)
    {
        var domain = write.Fields.FirstOrDefault(field => field.VendorField == ZendeskFields.Domain).Value.Text;
        var known = found.Texts("domain_names");
        return domain is not null && known.Count > 0 && !known.Contains(domain, StringComparer.OrdinalIgnoreCase);
    }

    private ExternalRef RefOf(ZendeskType type, string id) => new(system, type.Name, id);
}
