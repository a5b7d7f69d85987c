using System.Text.Json;

namespace StackHub.Connectors.Salesforce;

/// <summary>A query's rows, or why it was refused.</summary>
internal sealed record QueryRows(IReadOnlyList<JsonElement> Rows, SalesforceError? Refusal)
{
    public override string ToString() => Refusal?.Code ?? $"{Rows.Count} rows";
}
