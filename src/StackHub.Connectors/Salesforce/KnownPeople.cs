using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>The people a search found, and what they mean for a create; pure.</summary>
internal sealed record KnownPeople(ILookup<string, ExternalRef> ByEmail, ILookup<string, ExternalRef> ByHubId)
{
    public static string? EmailOf(RecordWrite write) =>
        write.Fields.Where(field => field.VendorField == "Email").Select(field => field.Value.Text).FirstOrDefault(text => text is not null);

    public static KnownPeople Of(SystemId system, string hubIdField, IEnumerable<(SalesforceObject Type, JsonElement Row)> found)
    {
        List<(SalesforceObject Type, JsonElement Row)> rows = [.. found];
        var live = rows.Where(entry => !SalesforceRow.Is(entry.Row, "IsConverted"));
        return new(
            Lookup(live, "Email", entry => entry.Type.Ref(system, SalesforceRow.Id(entry.Row))),
            Lookup(rows, hubIdField, entry => SalesforceMapping.MovedTo(system, entry.Type, entry.Row) ?? entry.Type.Ref(system, SalesforceRow.Id(entry.Row))));
    }

    /// <summary>Null: go on and upsert. The record this hub id made before is found by the upsert itself.</summary>
    public WriteOutcome? Settle(RecordWrite write)
    {
        var ours = ByHubId[write.HubId.ToString()].Distinct().ToList();
        if (ours.Count > 0)
            return ours.Exists(found => found.ObjectType == write.ObjectType) ? null : Match(ours);
        return EmailOf(write) is { } email ? Match([.. ByEmail[email].Distinct()]) : null;
    }

    private static WriteOutcome? Match(List<ExternalRef> found) => found switch
    {
        [] => null,
        [var one] => new WriteOutcome.Existing(one),
        _ => new WriteOutcome.Ambiguous(found),
    };

    private static ILookup<string, ExternalRef> Lookup(IEnumerable<(SalesforceObject Type, JsonElement Row)> rows, string field, Func<(SalesforceObject Type, JsonElement Row), ExternalRef> map) =>
        rows.Where(entry => SalesforceRow.Text(entry.Row, field) is not null)
            .ToLookup(entry => SalesforceRow.Text(entry.Row, field)!, map, StringComparer.OrdinalIgnoreCase);
}
