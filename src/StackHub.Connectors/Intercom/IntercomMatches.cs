using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>Which contacts Intercom already has for records that are to be created; pure.</summary>
internal static class IntercomMatches
{
    /// <summary>One search for all creates of a call: by our id, and by address.</summary>
    public static IntercomSearch Search(IReadOnlyList<RecordWrite> creates, string? cursor)
    {
        List<IntercomFilter> filters = [new("external_id", "IN", Array(creates.Select(w => w.HubId.ToString())))];
        string[] emails = [.. creates.Select(EmailOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (emails.Length > 0)
            filters.Add(new("email", "IN", Array(emails)));
        return new IntercomSearch(new IntercomFilterGroup("OR", filters), new IntercomPaging(IntercomApi.PageSize, cursor));
    }

    /// <summary>Null when nothing matches. Our own id is identity and decides alone; an address shared by several contacts does not.</summary>
    public static WriteOutcome? Decide(RecordWrite create, IEnumerable<IntercomItem> found, SystemId system)
    {
        var items = found as IReadOnlyList<IntercomItem> ?? [.. found];
        var hubId = create.HubId.ToString();
        var email = EmailOf(create);
        return OutcomeOf(items.Where(c => c.ExternalId == hubId), system)
            ?? (email is null ? null : OutcomeOf(items.Where(c => string.Equals(c.Email, email, StringComparison.OrdinalIgnoreCase)), system));
    }

    public static string? EmailOf(RecordWrite write) => write.Fields.FirstOrDefault(f => f.VendorField == IntercomFields.Email).Value.Text;

    private static WriteOutcome? OutcomeOf(IEnumerable<IntercomItem> matches, SystemId system)
    {
        ExternalRef[] refs = [.. matches.Select(c => c.Id).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(id => new ExternalRef(system, IntercomFields.Contacts, id))];
        return refs.Length switch
        {
            0 => null,
            1 => new WriteOutcome.Existing(refs[0]),
            _ => new WriteOutcome.Ambiguous(refs),
        };
    }

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(t => JsonValue.Create(t))];
}
