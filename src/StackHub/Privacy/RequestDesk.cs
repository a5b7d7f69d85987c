using StackHub.Configuration;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>What officers, approvers and the person do with a request, one method an action; each may be sent twice.</summary>
public sealed class RequestDesk(PrivacyStore store, TaskSignals signals, PrivacyTrail trail, RequestClosing closing, RequestSecrets secrets, HubModel model, HubKeys keys, LawBook laws, TimeProvider time)
{
    /// <param name="by">The officer, or "code" when the person confirmed it.</param>
    public Task<MoveAnswer> VerifyAsync(RequestId id, string by, string reason, CancellationToken cancellationToken) =>
        MoveAsync(id, by, "verified", request => RequestMoves.Verify(request, new(by, reason, time.GetUtcNow())), wake: true, cancellationToken);

    public Task<MoveAnswer> ChooseAsync(RequestId id, IReadOnlyList<RecordId> chosen, string by, string reason, CancellationToken cancellationToken) =>
        MoveAsync(id, by, "chosen", request => RequestMoves.Choose(request, chosen, by, reason, time.GetUtcNow()), wake: true, cancellationToken);

    /// <summary>What the person wants put right, as fields; the plan is made anew by it.</summary>
    public async Task<MoveAnswer> CorrectAsync(RequestId id, IReadOnlyList<Correction> corrections, string by, CancellationToken cancellationToken) =>
        Correction.Problems(corrections, model).ToArray() is { Length: > 0 } problems
            ? new MoveAnswer.Refused(RequestRefusal.Incomplete, string.Join(' ', problems))
            : await MoveAsync(id, by, $"corrects-{Correction.Hash(corrections, keys)}", request => RequestMoves.Correct(request, corrections, by, time.GetUtcNow()), wake: true, cancellationToken);

    /// <param name="plan">The fingerprint of the plan that was looked at.</param>
    public async Task<MoveAnswer> ApproveAsync(RequestId id, string by, string plan, CancellationToken cancellationToken)
    {
        var canonical = await CanonicalAsync(id, cancellationToken);
        return await MoveAsync(id, by, $"approved-{by}-{plan}", request => RequestMoves.Approve(request, canonical, by, plan, time.GetUtcNow()), wake: true, cancellationToken);
    }

    public async Task<MoveAnswer> DenyAsync(RequestId id, string by, string ground, string appeal, CancellationToken cancellationToken) =>
        await MoveAsync(id, by, $"denied-{await AppealsAsync(id, cancellationToken)}", request => RequestMoves.Deny(request, new(ground, appeal, by, time.GetUtcNow())), wake: false, cancellationToken);

    /// <summary>The person wants a denial looked at again.</summary>
    /// <param name="receivedAt">When they said so; null for now.</param>
    public async Task<MoveAnswer> AppealAsync(RequestId id, string by, DateTimeOffset? receivedAt, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        MoveAnswer Decide(PrivacyRequest request) => RequestMoves.Appeal(request, by, receivedAt ?? now, now);
        var known = await store.FindAsync(id, cancellationToken);
        if (known is not null && Decide(known) is MoveAnswer.Moved)
        {
            // Among the open ones first: the timer takes out one that is none, but nobody would find one that is missing.
            await store.ReopenAsync(id, cancellationToken);
            await trail.ReopenAsync(id, cancellationToken);
        }
        return await MoveAsync(id, by, $"appealed-{known?.History.Count(step => step.To == PrivacyRequestState.Denied)}", Decide, wake: false, cancellationToken);
    }

    /// <summary>The denial stands, or the request goes on.</summary>
    public async Task<MoveAnswer> AnswerAppealAsync(RequestId id, bool granted, string by, string reason, CancellationToken cancellationToken)
    {
        MoveAnswer Decide(PrivacyRequest request) => RequestMoves.Answer(request, new(granted, reason, by, time.GetUtcNow()));
        if (granted && await store.FindAsync(id, cancellationToken) is { } known && Decide(known) is MoveAnswer.Moved)
            await secrets.RenewAsync(id.ToString(), cancellationToken); // the one before is the person's alone since the denial
        return await MoveAsync(id, by, $"appeal-answered-{await AppealsAsync(id, cancellationToken)}", Decide, wake: granted, cancellationToken);
    }

    public Task<MoveAnswer> CancelAsync(RequestId id, string by, CancellationToken cancellationToken) =>
        MoveAsync(id, by, "cancelled", request => RequestMoves.Cancel(request, by, time.GetUtcNow()), wake: false, cancellationToken);

    public Task<MoveAnswer> RejectAsync(RequestId id, string by, string reason, CancellationToken cancellationToken) =>
        MoveAsync(id, by, "rejected", request => RequestMoves.Reject(request, by, reason, time.GetUtcNow()), wake: false, cancellationToken);

    /// <summary>The person was asked for what it cannot go on without.</summary>
    public async Task<MoveAnswer> AskAsync(RequestId id, PauseReason what, string by, CancellationToken cancellationToken) =>
        await MoveAsync(id, by, $"asked-{what}-{await QuestionsAsync(id, pause => pause.Reason == what && pause.AnsweredAt is not null, cancellationToken)}",
            request => RequestMoves.Question(request, what, by, time.GetUtcNow()), wake: false, cancellationToken);

    public async Task<MoveAnswer> AnsweredAsync(RequestId id, PauseReason what, string by, CancellationToken cancellationToken) =>
        await MoveAsync(id, by, $"answered-{what}-{await QuestionsAsync(id, pause => pause.Reason == what, cancellationToken)}",
            request => RequestMoves.Answered(request, what, by, time.GetUtcNow()), wake: false, cancellationToken);

    /// <summary>The person was told that it takes longer. A notice that came late is kept too, as what it is.</summary>
    public async Task<ExtensionDecision> ExtendAsync(RequestId id, string law, string reason, CancellationToken cancellationToken)
    {
        ExtensionDecision decision = new ExtensionDecision.Refused(ExtensionRefusal.NoSuchRight, "There is no such request under this law.");
        var under = LawPlace.Parse(law);
        await store.MoveAsync(id, request =>
        {
            if (request.State == PrivacyRequestState.Appealed)
            {
                decision = new ExtensionDecision.Refused(ExtensionRefusal.NotExtendable, "The term of an appeal is not extended here.");
                return new MoveAnswer.Moved(request);
            }

            if (!request.Laws.Contains(law))
                return new MoveAnswer.Moved(request);
            var notice = new ExtensionNotice(under.Law, time.GetUtcNow(), reason);
            decision = RequestClock.Extend(new(request.Kind, request.ReceivedAt) { Pauses = [.. request.Pauses], Extensions = [.. request.Extensions] }, notice, under, laws);
            return new MoveAnswer.Moved(decision is ExtensionDecision.Granted ? request with { Extensions = [.. request.Extensions, notice] } : request);
        }, cancellationToken);
        await trail.NoteAsync(id, decision is ExtensionDecision.Granted ? "extended" : "extension refused", law, $"extension-{law}-{time.GetUtcNow().ToUnixTimeMilliseconds()}", cancellationToken);
        return decision;
    }

    /// <summary>What a person did by hand where a connector cannot; it needs something that shows it.</summary>
    public async Task<PrivacyTask?> ShowAsync(RequestId id, string task, string by, string evidence, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(evidence))
            return null;
        var shown = await store.ChangeAsync(id, task, known => known.Shown(new(by, time.GetUtcNow(), evidence)), cancellationToken);
        await trail.NoteAsync(id, "shown by hand", $"{task} by {by}: {evidence}", $"shown-{task}", cancellationToken);
        await signals.WakeAsync(id, cancellationToken);
        return shown;
    }

    /// <summary>What stopped a task was mended: it goes on from where it was.</summary>
    public async Task<PrivacyTask?> RetryAsync(RequestId id, string task, string by, CancellationToken cancellationToken)
    {
        var retried = await store.ChangeAsync(id, task, known => known.Retried(), cancellationToken);
        await trail.NoteAsync(id, "tried again", $"{task} by {by}", $"retried-{task}-{time.GetUtcNow().ToUnixTimeMilliseconds()}", cancellationToken);
        await signals.WakeAsync(id, task, TimeSpan.Zero, cancellationToken);
        return retried;
    }

    /// <summary>A system goes before one that feeds it, on an officer's word: what feeds it may bring the person back.</summary>
    public async Task<PrivacyTask?> ReleaseAsync(RequestId id, string task, string by, string reason, CancellationToken cancellationToken)
    {
        var released = await store.ChangeAsync(id, task, known => known.Released is not null ? known : known with { Released = new(by, time.GetUtcNow(), reason) }, cancellationToken);
        await trail.NoteAsync(id, "released from the order", $"{task} by {by}: {reason}", $"released-{task}", cancellationToken);
        await signals.WakeAsync(id, task, TimeSpan.Zero, cancellationToken);
        return released;
    }

    /// <summary>
    /// Of all requests of one kind about one person that are not closed, the verified one that was verified first. Nobody can put an
    /// unverified one in its place.
    /// </summary>
    public async Task<RequestId?> CanonicalAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return null;
        return Canonical(request, await DuplicatesAsync(request, cancellationToken));
    }

    /// <summary>Requests of the same kind that name the same person.</summary>
    public async Task<IReadOnlyList<PrivacyRequest>> DuplicatesAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        var duplicates = new List<PrivacyRequest>();
        foreach (var other in await store.WithAsync(request.Subject.Aliases(model.PhoneRegion).Select(alias => alias.Hash(keys)), cancellationToken))
            if (other != request.Id && await store.FindAsync(other, cancellationToken) is { } known && known.Kind == request.Kind && known.State is not (PrivacyRequestState.Denied or PrivacyRequestState.Cancelled or PrivacyRequestState.Rejected))
                duplicates.Add(known);
        return duplicates;
    }

    public static RequestId? Canonical(PrivacyRequest request, IEnumerable<PrivacyRequest> duplicates) =>
        duplicates.Append(request).Where(one => one.Verification is not null && (one.Id == request.Id || one.State.IsOpen()))
            .OrderBy(one => one.Verification!.At).ThenBy(one => one.Id).Select(one => (RequestId?)one.Id).FirstOrDefault();

    /// <summary>What is told of a second denial is not what was told of the first.</summary>
    private async Task<int> AppealsAsync(RequestId id, CancellationToken cancellationToken) =>
        (await store.FindAsync(id, cancellationToken))?.History.Count(step => step.To == PrivacyRequestState.Appealed) ?? 0;

    private async Task<int> QuestionsAsync(RequestId id, Func<ClockPause, bool> which, CancellationToken cancellationToken) =>
        (await store.FindAsync(id, cancellationToken))?.Pauses.Count(which) ?? 0;

    private async Task<MoveAnswer> MoveAsync(RequestId id, string by, string once, Func<PrivacyRequest, MoveAnswer> decide, bool wake, CancellationToken cancellationToken)
    {
        var answer = await store.MoveAsync(id, decide, cancellationToken);
        if (answer is MoveAnswer.Moved moved)
        {
            if (moved.Request.History is [.., var last] && last.By == by) // the word of somebody else is noted already
                await trail.NoteAsync(id, last.To.ToString().ToLowerInvariant(), $"{last.By}: {last.Note}", once, cancellationToken);
            if (wake)
                await signals.WakeAsync(id, cancellationToken);
            if (RequestClosing.IsOver(moved.Request))
                await closing.CloseAsync(moved.Request, cancellationToken);
        }
        else
        {
            await trail.NoteAsync(id, "refused", ((MoveAnswer.Refused)answer).Message, $"refused-{once}-{time.GetUtcNow().ToUnixTimeMilliseconds()}", cancellationToken);
        }
        return answer;
    }
}
