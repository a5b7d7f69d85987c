using System.Text.Json;

namespace StackHub.Connectors.Salesforce;

/// <summary>The contact roles of a page of opportunities, deleted ones included for the date of the last change.</summary>
internal sealed class ContactRoles
{
    private readonly ILookup<string, (ContactRole Role, DateTimeOffset Stamp, bool Deleted)> byOpportunity;

    public ContactRoles(IEnumerable<JsonElement> rows) =>
        byOpportunity = rows.ToLookup(
            row => SalesforceId.Full(SalesforceRow.Text(row, "OpportunityId") ?? ""),
            row => (ContactRole.Of(row), SalesforceRow.Stamp(row), SalesforceRow.Is(row, "IsDeleted")));

    public IReadOnlyList<ContactRole> Of(string opportunityId) =>
        [.. byOpportunity[opportunityId].Where(entry => !entry.Deleted).Select(entry => entry.Role)];

    public string? Text(string opportunityId) => ContactRole.Join(Of(opportunityId));

    /// <summary>The roles have times of their own: a change of one leaves the opportunity's alone.</summary>
    public DateTimeOffset? At(string opportunityId) =>
        byOpportunity[opportunityId].Select(entry => (DateTimeOffset?)entry.Stamp).Max();
}
