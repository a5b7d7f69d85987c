using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;

namespace StackHub.Lifecycle.Overrides;

/// <summary>What became of a proposal, an approval or a rejection.</summary>
public abstract record OverrideAnswer
{
    private OverrideAnswer()
    {
    }

    public sealed record Done(StageOverride Override) : OverrideAnswer;

    public sealed record Refused(OverrideRefusal Why) : OverrideAnswer
    {
        /// <summary>The name in output: "same-person".</summary>
        public string Code => Why switch
        {
            OverrideRefusal.Unknown => "unknown-override",
            OverrideRefusal.NoPerson => "no-person",
            OverrideRefusal.NotRuledOut => "not-ruled-out",
            OverrideRefusal.WhichMotion => "which-motion",
            OverrideRefusal.Proposed => "proposed-already",
            OverrideRefusal.SamePerson => "same-person",
            _ => "override-over",
        };

        public string Message => Why switch
        {
            OverrideRefusal.Unknown => "There is no such override.",
            OverrideRefusal.NoPerson => "Nobody like that is in the lifecycle.",
            OverrideRefusal.NotRuledOut => "The person is in no stage that waits for its reason to expire, so there is nothing to override.",
            OverrideRefusal.WhichMotion => "Several journeys of the person are ruled out: name the motion.",
            OverrideRefusal.Proposed => "It is proposed already; somebody else has to approve it.",
            OverrideRefusal.SamePerson => "Whoever proposed it cannot approve it: a second person has to.",
            _ => "It was decided already, or the person has moved since.",
        };
    }
}

/// <summary>Load, decide, save: the approval and the event it makes are one write, so that neither is there without the other.</summary>
public sealed class OverrideDesk(HubModel model, LifecycleLedger ledger, OverrideStore store, LifecycleFlow flow, CaseReader cases, Redirects redirects, SuppressionList suppression, IMessageQueue queue, TimeProvider time)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    /// <param name="motion">Null where one journey of the person is ruled out.</param>
    public async Task<OverrideAnswer> ProposeAsync(RecordId id, string? motion, string by, string reason, CancellationToken cancellationToken)
    {
        if (model.Lifecycle is not { } plan)
            return new OverrideAnswer.Refused(OverrideRefusal.NoPerson);
        await FreshAsync(cancellationToken);
        var person = (await cases.LivingAsync(id, cancellationToken))?.Id ?? id;
        var head = (await ledger.HeadAsync(person, cancellationToken)).Head;
        if (head.Version == 0 || head.IsErased)
            return new OverrideAnswer.Refused(OverrideRefusal.NoPerson);
        Journey[] ruledOut = [.. OverrideRules.RuledOut(plan.Machine, head.Journeys).Where(journey => motion is null || journey.Motion.ToString() == motion)];
        if (ruledOut is not [var journey])
            return new OverrideAnswer.Refused(ruledOut.Length == 0 ? OverrideRefusal.NotRuledOut : OverrideRefusal.WhichMotion);
        var proposed = OverrideRules.Propose(plan.Machine, person, journey, new(by, reason, time.GetUtcNow()));
        var stored = await store.FindAsync(proposed.Id, cancellationToken);
        if (stored is { Override.State: not OverrideState.Rejected })
            return IsSame(stored.Override.Proposed, by, reason) ? new OverrideAnswer.Done(stored.Override) : new OverrideAnswer.Refused(OverrideRefusal.Proposed);
        if (stored is not null)
            proposed = proposed with { Before = [.. stored.Override.Before, stored.Override.Proposed, stored.Override.Decided!] };
        return await store.SaveAsync(proposed, stored?.ETag, null, cancellationToken) ? new OverrideAnswer.Done(proposed) : new OverrideAnswer.Refused(OverrideRefusal.Proposed);
    }

    /// <summary>By somebody other than the proposer; then the person begins anew. The same approval told again finds itself done.</summary>
    public async Task<OverrideAnswer> ApproveAsync(string id, string by, string reason, CancellationToken cancellationToken)
    {
        if (model.Lifecycle is not { } plan)
            return new OverrideAnswer.Refused(OverrideRefusal.Unknown);
        await FreshAsync(cancellationToken);
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
            return new OverrideAnswer.Refused(OverrideRefusal.Unknown);
        var person = redirects.Follow(stored.Override.Person);
        if (stored.Override is { State: OverrideState.Approved, Decided: { } done } && IsSame(done, by, reason))
            return await FollowAsync(stored.Override, person, cancellationToken);
        var head = (await ledger.HeadAsync(person, cancellationToken)).Head;
        if (OverrideRules.Refusal(stored.Override, head.Journeys, by, approve: true) is { } refusal)
            return new OverrideAnswer.Refused(refusal);
        var approved = stored.Override with { State = OverrideState.Approved, Decided = new(by, reason, time.GetUtcNow()) };
        await queue.SendAsync(Queues.Lifecycle, FlowSignals.Body([person.ToString()], null), Later, cancellationToken); // if this process dies below, the queue goes on
        return await store.SaveAsync(approved, stored.ETag, OverrideRules.EventOf(plan.Machine, approved, head.Journeys), cancellationToken)
            ? await FollowAsync(approved, person, cancellationToken)
            : new OverrideAnswer.Refused(OverrideRefusal.Over);
    }

    public async Task<OverrideAnswer> RejectAsync(string id, string by, string reason, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } stored)
            return new OverrideAnswer.Refused(OverrideRefusal.Unknown);
        if (OverrideRules.Refusal(stored.Override, [], by, approve: false) is { } refusal)
            return new OverrideAnswer.Refused(refusal);
        var rejected = stored.Override with { State = OverrideState.Rejected, Decided = new(by, reason, time.GetUtcNow()) };
        return await store.SaveAsync(rejected, stored.ETag, null, cancellationToken) ? new OverrideAnswer.Done(rejected) : new OverrideAnswer.Refused(OverrideRefusal.Over);
    }

    private static bool IsSame(OverrideSignature signed, string by, string reason) => signed.By == by && signed.Reason == reason;

    private async Task<OverrideAnswer> FollowAsync(StageOverride approved, RecordId person, CancellationToken cancellationToken)
    {
        await flow.RunPersonAsync(person, again: true, cancellationToken);
        return new OverrideAnswer.Done(approved);
    }

    private async Task FreshAsync(CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        await suppression.EnsureFreshAsync(cancellationToken);
    }
}
