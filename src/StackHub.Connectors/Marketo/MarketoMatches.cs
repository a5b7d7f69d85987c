using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>Which leads Marketo already has for records that are to be created; pure.</summary>
internal static class MarketoMatches
{
    /// <summary>Null when nothing matches. The hub's own id is identity and decides alone; an address may be shared by several leads.</summary>
    public static WriteOutcome? Decide(RecordWrite create, IReadOnlyList<MarketoItem> found, string idField, SystemId system)
    {
        var hubId = create.HubId.ToString();
        return OutcomeOf(found.Where(lead => lead.Text(idField) == hubId), system)
            ?? (EmailOf(create) is { } email ? OutcomeOf(found.Where(lead => string.Equals(lead.Text(MarketoObject.Email), email, StringComparison.OrdinalIgnoreCase)), system) : null);
    }

    public static string? EmailOf(RecordWrite write) => write.Fields.FirstOrDefault(f => f.VendorField == MarketoObject.Email).Value.Text;

    private static WriteOutcome? OutcomeOf(IEnumerable<MarketoItem> leads, SystemId system)
    {
        ExternalRef[] refs = [.. leads.Select(lead => lead.Text("id")).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(id => MarketoObject.Leads.Ref(system, id))];
        return refs.Length switch
        {
            0 => null,
            1 => new WriteOutcome.Existing(refs[0]),
            _ => new WriteOutcome.Ambiguous(refs),
        };
    }
}
