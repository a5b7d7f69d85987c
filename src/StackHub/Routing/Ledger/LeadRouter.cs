using StackHub.Routing.Pools;

namespace StackHub.Routing.Ledger;

/// <summary>
/// Routes each lead exactly once: load, decide, save, and again from the start when another worker was faster. At most four storage
/// operations where nobody is.
/// </summary>
public sealed class LeadRouter(RoutingLedger ledger, TimeProvider time)
{
    /// <summary>As many workers may be after one pool at once; beyond it the message comes again.</summary>
    private const int MostTries = 200;

    /// <summary>The reason of a lead that waits only because others have waited longer.</summary>
    public const string Behind = "behind_others";

    private const string Moved = "another_pool";

    /// <summary>The decision as it is kept: this worker's, or that of whoever was first.</summary>
    public async Task<LedgerEntry> RouteAsync(LeadCase lead, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var binding = await BindAsync(lead, plan, now, cancellationToken);
        if (binding.Entry is { } decided)
            return decided;
        var bound = binding.Pool!;
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var before = await ledger.PoolAsync(bound, cancellationToken);
            var routed = Queued(Within(bound, lead, plan, before.State, now), before.State);
            if (await ledger.DecideAsync(bound, before, routed.State ?? before.State, LedgerEntry.Of(lead, routed), cancellationToken) is { } kept)
                return kept;
            await Task.Delay(Pause(lead, tries), time, cancellationToken);
        }

        throw new TimeoutException($"Pool {bound} changed {MostTries} times while a lead waited for it.");
    }

    /// <summary>
    /// Ends a decision once, together with what its pool remembers of it; false when it had ended before, or stands otherwise by now.
    /// </summary>
    /// <param name="to">Refunded gives the turn back; the others only make the lead no open one of its owner.</param>
    /// <param name="refund">Gives the turn back although the lead was theirs.</param>
    public Task<bool> EndAsync(StoredEntry entry, LedgerState to, string why, bool refund, CancellationToken cancellationToken) =>
        EndAsync(entry, stands => stands with { State = to, Ended = why, EndedAt = time.GetUtcNow(), HeldRow = null }, refund || to == LedgerState.Refunded, cancellationToken);

    /// <summary>Takes a lead from whoever the decision gave it to, once; they get their turn back, since they did not let it lie. False when it stands otherwise by now.</summary>
    public Task<bool> TakeAsync(StoredEntry entry, RoutingOrder order, CancellationToken cancellationToken) =>
        EndAsync(entry, stands => stands with { State = LedgerState.Released, EndedBy = order, Ended = RoutingOrder.ByHand, EndedAt = time.GetUtcNow(), HeldRow = null }, refund: true, cancellationToken);

    private async Task<bool> EndAsync(StoredEntry entry, Func<LedgerEntry, LedgerEntry> end, bool refund, CancellationToken cancellationToken)
    {
        var from = entry.Entry.State;
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (entry.Entry.State != from || from is not (LedgerState.Decided or LedgerState.Held))
                return false;
            if (await ledger.EndAsync(entry, end(entry.Entry), await RememberedAsync(entry, refund, cancellationToken), cancellationToken))
                return true;
            if (await ledger.FindAsync(entry.Entry.Lead, entry.Entry.Attempt, cancellationToken) is not { } again)
                return false;
            entry = again;
        }

        throw new TimeoutException($"{entry.Entry} changed {MostTries} times while it was to be ended.");
    }

    /// <summary>Tries a lead that waits again; null when it goes on waiting, or was decided meanwhile. One whose pool is another now is routed anew.</summary>
    public async Task<LedgerEntry?> ReleaseAsync(StoredEntry held, LeadCase lead, RoutingPlan plan, CancellationToken cancellationToken)
    {
        var bound = held.Entry.Pool!;
        var now = time.GetUtcNow();
        for (var tries = 1; tries <= MostTries; tries++)
        {
            if (held.Entry.State != LedgerState.Held)
                return null;
            var before = await ledger.PoolAsync(bound, cancellationToken);
            var routed = Within(bound, lead, plan, before.State, now);
            var moved = routed.Decision is RoutingDecision.Held { Reason: Moved } ? await RouteAsync(lead with { Attempt = lead.Attempt + 1 }, plan, cancellationToken) : null;
            if (moved is null && routed.Decision is RoutingDecision.Held)
                return null;
            var decided = moved is null ? LedgerEntry.Of(lead, routed) : held.Entry with { State = LedgerState.Moved, HeldRow = null };
            if (await ledger.ReleaseAsync(bound, before, routed.State ?? before.State, held, decided, cancellationToken))
                return moved ?? decided;
            if (await ledger.FindAsync(lead.Lead, lead.Attempt, cancellationToken) is not { } again)
                return null;
            held = again;
        }

        throw new TimeoutException($"Pool {bound} changed {MostTries} times while a lead was to be released.");
    }

    private async Task<Binding> BindAsync(LeadCase lead, RoutingPlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var inputs = RoutingInputs.Of(lead, plan, now);
        if (RouteLead.PoolOf(lead, plan) is { } pool)
            return await ledger.BindAsync(lead, pool, inputs, cancellationToken);
        var routed = RouteLead.Decide(lead, plan, PoolState.Empty, now);
        return routed.Decision is RoutingDecision.Held
            ? await ledger.BindAsync(lead, RoutingLedger.Holding, inputs, cancellationToken)
            : await ledger.DecideAsync(LedgerEntry.Of(lead, routed), inputs, cancellationToken);
    }

    /// <summary>What the pool that keeps the decision remembers before and after its end; null where none keeps it.</summary>
    private async Task<(StoredPool Before, PoolState After)?> RememberedAsync(StoredEntry entry, bool refund, CancellationToken cancellationToken)
    {
        if (entry.KeptWith is not { } pool)
            return null;
        var before = await ledger.PoolAsync(pool, cancellationToken);
        if (entry.Entry is not { Pool: not null, Owner: { } owner })
            return (before, before.State); // nobody's turn was used
        return (before, refund ? before.State.Refunded(new(owner), entry.Entry.Trace.At) : before.State.Closed(new(owner)));
    }

    /// <summary>
    /// The decision of a lead that is bound to a pool, whose memory alone may change with it. When the rules name another pool by now, the
    /// lead waits for its next routing.
    /// </summary>
    private static RoutedLead Within(string bound, LeadCase lead, RoutingPlan plan, PoolState state, DateTimeOffset now)
    {
        var pool = RouteLead.PoolOf(lead, plan);
        var routed = RouteLead.Decide(lead, plan, pool == bound ? state : PoolState.Empty, now);
        return pool is null || pool == bound ? routed : new(new RoutingDecision.Held(Moved), routed.Trace with { Rejected = [], Why = $"the rules now name pool {pool}" }, null);
    }

    /// <summary>Who comes while others wait for the pool goes behind them.</summary>
    private static RoutedLead Queued(RoutedLead routed, PoolState before) =>
        before.Waiting > 0 && routed.Decision is RoutingDecision.Assigned { Pool: not null }
            ? new(new RoutingDecision.Held(Behind), routed.Trace with { Rejected = [], Why = $"{before.Waiting} have waited longer" }, null)
            : routed;

    /// <summary>Longer each time, and of a different length for each lead, so that those who collided do not do so again.</summary>
    private static TimeSpan Pause(LeadCase lead, int tries) => TimeSpan.FromMilliseconds(1 + ((lead.Lead.GetHashCode() & 7) * Math.Min(tries, 8)));
}
