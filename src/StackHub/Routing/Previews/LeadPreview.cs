using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Pools;
using StackHub.Suppression;

namespace StackHub.Routing.Previews;

/// <summary>Asks what would have to change for a lead to go elsewhere, from the records and pools as they are now. Writes nothing.</summary>
public sealed class LeadPreview(HubModel model, LeadFiles files, RoutingLedger ledger, Redirects redirects, SuppressionList suppression, TimeProvider time)
{
    /// <summary>Null without routing, or where nobody like that is there.</summary>
    public async Task<WhatIf?> AskAsync(RecordId id, WhatIfTarget target, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return null;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        if (await files.OpenAsync(redirects.Follow(id), plan, cancellationToken) is not { } file)
            return null;
        var (attempt, last) = await ledger.LastAsync(file.Record.Id, cancellationToken);
        var lead = await files.CaseAsync(file, plan, attempt + 1, [.. (last?.Entry.Excluded ?? []).Select(owner => new OwnerId(owner))], cancellationToken);
        var states = new Dictionary<string, PoolState>(StringComparer.Ordinal);
        foreach (var pool in plan.Pools.Values.Where(pool => pool.Name == target.Name || pool.Members.Any(member => member.Owner.Name == target.Name)))
            states[pool.Name] = (await ledger.PoolAsync(pool.Name, cancellationToken)).State;
        return WhatIf.Of(lead, LeadStanding.Of(plan, file), plan, states, target, time.GetUtcNow());
    }
}
