using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Capacity;
using StackHub.Routing.Ledger;
using StackHub.Suppression;
using StackHub.Telemetry;

namespace StackHub.Routing.Flow;

/// <summary>
/// Brings leads as far as they can go: load, decide, save, and then the effect. Each step leaves the lead so that whoever looks next goes on
/// from there, so a crash anywhere, or being told twice, changes nothing.
/// </summary>
public sealed class RoutingDesk(HubModel model, LeadFiles files, LeadRouter router, RoutingLedger ledger, OwnerEffects effects, HoldingAlerts alerts, CapacitySignals capacity, Redirects redirects, SuppressionList suppression, ILogger<RoutingDesk> logger)
{
    /// <summary>So many endings follow one another at most: refunded, closed, and routed again.</summary>
    private const int MostSteps = 4;

    /// <summary>Of those who wait where somebody else comes; the timer sees to the rest.</summary>
    private const int LeadsALook = 50;

    public async Task RouteAsync(IEnumerable<RecordId> leads, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var writes = new List<NextStep.Write>();
        var crowded = new HashSet<string>(StringComparer.Ordinal);
        foreach (var lead in leads.Select(redirects.Follow).Distinct())
            if (await AdvanceAsync(lead, plan, crowded, cancellationToken) is { } write)
                writes.Add(write);
        await effects.WriteAsync(writes, plan, cancellationToken);
        foreach (var pool in crowded)
            await ReleaseHeldAsync(pool, LeadsALook, cancellationToken);
    }

    /// <summary>Takes the lead from an owner who let it lie, once, unless they got it later than the time that is up; then it is routed anew.</summary>
    public async Task ReleaseAsync(LeadReleased released, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return;
        await redirects.EnsureFreshAsync(cancellationToken);
        var lead = redirects.Follow(RecordId.Parse(released.Lead));
        var (_, last) = await ledger.LastAsync(lead, cancellationToken);
        if (last is { Entry: { State: LedgerState.Decided, Owner: not null } } && last.Entry.Trace.At < released.At)
            await router.EndAsync(last, LedgerState.Released, released.Reason, plan.Scope.RefundsReleased, cancellationToken);
        await RouteAsync([lead], cancellationToken);
    }

    /// <summary>Those who wait for the pool, the longest first, as long as somebody can be chosen.</summary>
    public async Task ReleaseHeldAsync(string pool, int take, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return;
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var writes = new List<NextStep.Write>();
        var isFirst = true;
        foreach (var (lead, attempt) in await ledger.HeldAsync(pool, take, cancellationToken))
        {
            if (await ledger.FindAsync(lead, attempt, cancellationToken) is not { Entry.State: LedgerState.Held } held || await TryAsync(held, plan, writes, cancellationToken))
                continue;
            if (isFirst)
            {
                await alerts.RaiseAsync(lead, pool, cancellationToken);
                await capacity.ReportAsync(pool, isExhausted: true, (await ledger.PoolAsync(pool, cancellationToken)).State.Waiting, Checks(held.Entry), cancellationToken);
            }

            isFirst = false;
            if (held.Entry.Excluded is null && plan.Pools.GetValueOrDefault(pool) is { Matches: false })
                break; // whom nobody can take here, nobody can take the next one
        }

        await effects.WriteAsync(writes, plan, cancellationToken);
        if ((await ledger.PoolAsync(pool, cancellationToken)).State.Waiting == 0)
            await capacity.ReportAsync(pool, isExhausted: false, 0, "", cancellationToken);
    }

    /// <summary>What kept everybody from being chosen, by check: "away 1, cap_reached 2".</summary>
    private static string Checks(LedgerEntry entry) => string.Join(", ",
        from rejection in entry.Trace.Rejected
        group rejection by rejection.Check.Split('(')[0] into check
        orderby check.Key
        select $"{check.Key} {check.Count()}");

    /// <summary>Tries one who waits out of their turn; null when they go on waiting, or were decided meanwhile.</summary>
    public async Task<LedgerEntry?> ReleaseByHandAsync(StoredEntry held, RoutingOrder order, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var (lead, attempt) = (held.Entry.Lead, held.Entry.Attempt);
        if (await files.OpenAsync(lead, plan, cancellationToken) is not { } file)
            return null;
        var excluded = Owners(held.Entry.Excluded).Where(owner => owner != order.To);
        var waiting = await files.CaseAsync(file, plan, attempt, [.. excluded], cancellationToken) with { Order = order };
        if (await router.ReleaseAsync(held, waiting, plan, cancellationToken) is not { } entry)
            return null;
        await alerts.CloseAsync(lead, cancellationToken);
        if (entry is { State: LedgerState.Decided, Owner: not null })
            await effects.WriteAsync([new(entry, entry.Trace.At)], plan, cancellationToken);
        return entry;
    }

    /// <summary>False when it goes on waiting.</summary>
    private async Task<bool> TryAsync(StoredEntry held, RoutingPlan plan, List<NextStep.Write> writes, CancellationToken cancellationToken)
    {
        var (lead, attempt) = (held.Entry.Lead, held.Entry.Attempt);
        if (await files.OpenAsync(lead, plan, cancellationToken) is not { } file)
            return await router.EndAsync(held, LedgerState.Withdrawn, "no_lead", refund: false, cancellationToken);
        if (NextStep.Of(LeadStanding.Of(plan, file), attempt, held.Entry) is NextStep.End end)
            return await EndAsync(held, end, plan, cancellationToken);
        var waiting = await files.CaseAsync(file, plan, attempt, Owners(held.Entry.Excluded), cancellationToken);
        if (await router.ReleaseAsync(held, waiting, plan, cancellationToken) is not { } entry)
            return false;
        await alerts.CloseAsync(lead, cancellationToken);
        if (entry is { State: LedgerState.Decided, Owner: not null })
            writes.Add(new(entry, entry.Trace.At));
        return true;
    }

    /// <summary>As far as it goes; the write that is due, if one is.</summary>
    private async Task<NextStep.Write?> AdvanceAsync(RecordId lead, RoutingPlan plan, HashSet<string> crowded, CancellationToken cancellationToken)
    {
        if (await files.GlanceAsync(lead, plan, cancellationToken) is not { } glance || await IsNoLeadAsync(glance, plan, cancellationToken))
            return null;
        var file = await files.CompleteAsync(glance, plan, cancellationToken);
        var standing = LeadStanding.Of(plan, file);
        for (var step = 0; step < MostSteps; step++)
        {
            var (attempt, last) = await ledger.LastAsync(lead, cancellationToken);
            switch (NextStep.Of(standing, attempt, last?.Entry))
            {
                case NextStep.Write write:
                    return write;
                case NextStep.End end:
                    await EndAsync(last!, end, plan, cancellationToken);
                    break;
                case NextStep.Route route:
                    return await DecideAsync(await files.CaseAsync(file, plan, route.Attempt, route.Excluded, cancellationToken) with { Order = route.Order }, plan, crowded, cancellationToken);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Nor ever was one, whatever their account: of most people who change it takes two reads to see that.</summary>
    private async Task<bool> IsNoLeadAsync(LeadFile glance, RoutingPlan plan, CancellationToken cancellationToken) =>
        !plan.Scope.AsksAccount && !plan.Scope.IsRoutable(glance.Facts) && (await ledger.LastAsync(glance.Record.Id, cancellationToken)).Attempt == 0;

    private async Task<NextStep.Write?> DecideAsync(LeadCase lead, RoutingPlan plan, HashSet<string> crowded, CancellationToken cancellationToken)
    {
        var entry = await router.RouteAsync(lead, plan, cancellationToken);
        HubMetrics.Routed(entry.State == LedgerState.Held ? "held" : entry.Owner is null ? "not_routed" : "assigned");
        if (entry is { State: LedgerState.Held, Reason: LeadRouter.Behind })
            crowded.Add(entry.Pool!);
        else if (entry.State == LedgerState.Held)
        {
            logger.LeadWaits(lead.Lead, entry.Pool!, entry.Reason!);
            await capacity.ReportAsync(entry.Pool!, isExhausted: true, 1, Checks(entry), cancellationToken);
        }
        return entry is { State: LedgerState.Decided, Owner: not null } ? new(entry, entry.Trace.At) : null;
    }

    private async Task<bool> EndAsync(StoredEntry entry, NextStep.End end, RoutingPlan plan, CancellationToken cancellationToken)
    {
        await router.EndAsync(entry, end.To, end.Why, end.To == LedgerState.Released && plan.Scope.RefundsReleased, cancellationToken);
        if (entry.Entry.State == LedgerState.Held)
            await alerts.CloseAsync(entry.Entry.Lead, cancellationToken);
        return true;
    }

    private static ImmutableArray<OwnerId> Owners(ImmutableArray<string>? names) => [.. (names ?? []).Select(name => new OwnerId(name))];
}
