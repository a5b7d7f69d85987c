using StackHub.Configuration;
using StackHub.Records;
using StackHub.Sync.Conflicts;
using StackHub.Telemetry;

namespace StackHub.Routing.Flow;

/// <summary>Shows a person that leads wait: one case a pool, about whoever waits longest, which ends by itself.</summary>
public sealed class HoldingAlerts(ConflictStore conflicts, TimeProvider time)
{
    public async Task RaiseAsync(RecordId lead, string pool, CancellationToken cancellationToken)
    {
        HubMetrics.LeadWaits(pool);
        await conflicts.RaiseAsync(Case(lead) with { Detail = $"Nobody in {pool} can take this lead, nor those behind it. They wait, the oldest first, until somebody can." }, cancellationToken);
    }

    public Task CloseAsync(RecordId lead, CancellationToken cancellationToken) => conflicts.CloseAsync(Case(lead).Id, cancellationToken);

    private Conflict Case(RecordId lead) => new(ConflictKind.LeadWaits, lead, time.GetUtcNow()) { Field = DefaultFields.Owner };
}
