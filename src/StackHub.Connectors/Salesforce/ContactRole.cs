using System.Text.Json;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>One contact's part in an opportunity; <paramref name="Id"/> is empty for one that is not stored yet.</summary>
internal sealed record ContactRole(string Id, string ContactId, string? Role)
{
    public string Text => Role is null ? ContactId : $"{ContactId}:{Role}";

    public static ContactRole Of(JsonElement row) =>
        new(SalesforceRow.Id(row), SalesforceId.Full(SalesforceRow.Text(row, "ContactId") ?? ""), SalesforceRow.Text(row, "Role"));

    /// <summary>"id" or "id:role" joined by ';'.</summary>
    public static string? Join(IEnumerable<ContactRole> roles)
    {
        var text = string.Join(';', roles.Select(role => role.Text).Distinct().Order(StringComparer.Ordinal));
        return text.Length == 0 ? null : text;
    }

    /// <summary>What a references value wants. A lead cannot have a role, so leads are left out until they are converted.</summary>
    public static IReadOnlyList<ContactRole> Wanted(FieldValue value) =>
    [
        .. (value.Text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Parse)
            .Where(role => SalesforceObject.OfId(role.ContactId) != SalesforceObject.Lead)
            .DistinctBy(role => role.Text),
    ];

    private static ContactRole Parse(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new("", SalesforceId.Full(entry), Role: null) : new("", SalesforceId.Full(entry[..colon]), entry[(colon + 1)..]);
    }
}
