using System.Text.Json;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>The organisation's lead statuses and opportunity stages with its own flags: what they are called means nothing.</summary>
internal sealed class SalesforceStages(SalesforceApi api)
{
    private const string Leads = "SELECT ApiName, MasterLabel, IsConverted FROM LeadStatus ORDER BY SortOrder";
    private const string Opportunities = "SELECT ApiName, MasterLabel, IsClosed, IsWon FROM OpportunityStage ORDER BY SortOrder";

    public async Task<IReadOnlyList<StageOption>> ReadAsync(CancellationToken cancellationToken) =>
    [
        .. await ReadAsync("leadStatus", Leads, "Status", cancellationToken).ConfigureAwait(false),
        .. await ReadAsync("opportunityStage", Opportunities, "StageName", cancellationToken).ConfigureAwait(false),
    ];

    private async Task<IEnumerable<StageOption>> ReadAsync(string operation, string query, string field, CancellationToken cancellationToken)
    {
        var answer = await api.QueryAsync(operation, query, all: false, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is null ? answer.Rows.Select(row => Of(field, row)) : throw api.Unavailable(operation, answer.Refusal);
    }

    private static StageOption Of(string field, JsonElement row)
    {
        var label = SalesforceRow.Text(row, "MasterLabel") ?? "";
        return new(field, SalesforceRow.Text(row, "ApiName") ?? label, label)
        {
            IsConverted = SalesforceRow.Is(row, "IsConverted"),
            IsClosed = SalesforceRow.Is(row, "IsClosed"),
            IsWon = SalesforceRow.Is(row, "IsWon"),
        };
    }
}
