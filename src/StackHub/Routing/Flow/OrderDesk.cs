using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Routing.Flow;

/// <summary>
/// Carries out what a person orders of one lead, once: the order is kept in the ledger before anything follows from it, so whoever looks next
/// goes on from there. The same order told again finds itself done.
/// </summary>
public sealed class OrderDesk(HubModel model, LeadFiles files, RoutingDesk desk, LeadRouter router, RoutingLedger ledger, IMessageQueue queue, Redirects redirects, SuppressionList suppression, TimeProvider time)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    /// <param name="looked">The number of the routing that the person saw last; null for the last one there is.</param>
    public async Task<OrderAnswer> MoveAsync(RecordId id, RoutingOrder order, int? looked, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return new OrderAnswer.Refused(OrderRefusal.NoRouting);
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
        var lead = redirects.Follow(id);
        var (attempt, last) = await ledger.LastAsync(lead, cancellationToken);
        if (looked is { } seen && seen != attempt || last?.Entry is { } standing && IsUnderWay(standing, order))
            return await IsDoneAsync(lead, looked ?? attempt, order, cancellationToken) ? await GoOnAsync(lead, cancellationToken) : Changed;
        if (IsAnothers(last?.Entry, order))
            return Changed;
        if (await files.OpenAsync(lead, plan, cancellationToken) is not { } file)
            return new OrderAnswer.Refused(OrderRefusal.NoPerson);
        var step = OrderStep.Of(plan, LeadStanding.Of(plan, file), last?.Entry, order);
        if (step is OrderStep.Refuse refuse)
            return new OrderAnswer.Refused(refuse.Why);
        await queue.SendAsync(Queues.Routing, FlowSignals.Body([lead.ToString()], null), Later, cancellationToken); // if this process dies below, the queue goes on
        return step switch
        {
            OrderStep.Release => await ReleaseAsync(last!, order, plan, cancellationToken),
            OrderStep.Take => await router.TakeAsync(last!, order, cancellationToken) || await IsDoneAsync(lead, attempt, order, cancellationToken) ? await GoOnAsync(lead, cancellationToken) : Changed,
            OrderStep.Begin begin => await BeginAsync(lead, attempt + 1, order, begin.From, plan, cancellationToken),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Told by another at this moment, or before a crash: what it ended waits to be routed, or what came of it stands.</summary>
    private static bool IsUnderWay(LedgerEntry last, RoutingOrder order) => last.State switch
    {
        LedgerState.Decided or LedgerState.Held => last.Order == order,
        LedgerState.Released => last.EndedBy == order,
        _ => false,
    };

    /// <summary>Somebody else's order ended it a moment ago and is being carried out; where that does not come about, it stands in nobody's way for long.</summary>
    private bool IsAnothers(LedgerEntry? last, RoutingOrder order) =>
        last is { State: LedgerState.Released, EndedBy: { } other, EndedAt: { } at } && other != order && at > time.GetUtcNow() - Later;

    private static OrderAnswer.Refused Changed => new(OrderRefusal.Changed);

    private async Task<OrderAnswer> ReleaseAsync(StoredEntry held, RoutingOrder order, RoutingPlan plan, CancellationToken cancellationToken)
    {
        if (await desk.ReleaseByHandAsync(held, order, plan, cancellationToken) is { } decided)
            return Answer((await ledger.FindAsync(decided.Lead, decided.Attempt, cancellationToken))?.Entry ?? decided);
        var (_, last) = await ledger.LastAsync(held.Entry.Lead, cancellationToken);
        if (last is { Entry.State: LedgerState.Held })
            return new OrderAnswer.Refused(OrderRefusal.NobodyCan);
        return last?.Entry.Order == order ? new OrderAnswer.Done(last.Entry) : Changed;
    }

    private async Task<OrderAnswer> BeginAsync(RecordId lead, int attempt, RoutingOrder order, string? from, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var kept = await ledger.DecideAsync(LedgerEntry.OfOrder(lead, attempt, order, from, plan.Version, time.GetUtcNow()), null, cancellationToken);
        return kept.Entry?.EndedBy == order ? await GoOnAsync(lead, cancellationToken) : Changed;
    }

    /// <summary>The same words were told before, and are the last that were said of the lead.</summary>
    private async Task<bool> IsDoneAsync(RecordId lead, int looked, RoutingOrder order, CancellationToken cancellationToken)
    {
        for (var attempt = Math.Max(1, looked); attempt <= looked + 2; attempt++)
            if (await ledger.FindAsync(lead, attempt, cancellationToken) is { Entry: var entry } && (entry.EndedBy == order || entry.Order == order))
                return true;
        return false;
    }

    private async Task<OrderAnswer> GoOnAsync(RecordId lead, CancellationToken cancellationToken)
    {
        await desk.RouteAsync([lead], cancellationToken);
        return await ledger.LastAsync(lead, cancellationToken) is (_, { } last) ? Answer(last.Entry) : Changed;
    }

    /// <summary>What a person did in a tool meanwhile wins over an order, as it does over a rule.</summary>
    private static OrderAnswer Answer(LedgerEntry last) => last.State == LedgerState.Refunded ? new OrderAnswer.Refused(OrderRefusal.Taken) : new OrderAnswer.Done(last);
}
