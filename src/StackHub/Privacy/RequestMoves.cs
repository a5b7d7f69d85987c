using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Privacy;

/// <summary>Every move of a request, decided: who may make it, and what it becomes. Making one twice is making it once.</summary>
public static class RequestMoves
{
    public static MoveAnswer Verify(PrivacyRequest request, IdentityProof verification)
    {
        if (request.Verification is not null)
            return new MoveAnswer.Moved(request);
        if (string.IsNullOrWhiteSpace(verification.Reason))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "Say how the person was verified.");
        return Move(request, PrivacyRequestState.Verified, verification.By, $"verified: {verification.Reason}", verification.At, moved => moved with { Verification = verification });
    }

    /// <summary>Whom it is about is for a person to say.</summary>
    public static MoveAnswer Ask(PrivacyRequest request, string reason, IReadOnlyList<RecordId> candidates, DateTimeOffset now) =>
        request.State == PrivacyRequestState.NeedsReview
            ? new MoveAnswer.Moved(request with { Review = reason, Candidates = candidates })
            : Move(request, PrivacyRequestState.NeedsReview, "hub", reason, now, moved => moved with { Review = reason, Candidates = candidates, Plan = null, Approvals = [] });

    /// <summary>An officer says whom it is about.</summary>
    public static MoveAnswer Choose(PrivacyRequest request, IReadOnlyList<RecordId> chosen, string by, string reason, DateTimeOffset now)
    {
        if (request.State != PrivacyRequestState.NeedsReview)
            return Wrong(request, "reviewed");
        if (chosen.Count == 0 || string.IsNullOrWhiteSpace(reason))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "Name the person's records, and why they are theirs.");
        if (chosen.Except(request.Candidates).Any())
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "Only records that the search found can be chosen.");
        return new MoveAnswer.Moved(request with { Chosen = chosen, History = [.. request.History, new(now, by, request.State, $"chose {chosen.Count} of {request.Candidates.Count}: {reason}")] });
    }

    /// <summary>Something can be put right, and nobody approved how yet.</summary>
    public static bool MayCorrect(PrivacyRequest request) => request is { Kind: PrivacyRequestKind.Rectification, State: PrivacyRequestState.Received or PrivacyRequestState.Verified or PrivacyRequestState.NeedsReview or PrivacyRequestState.Planned };

    /// <summary>An officer writes down what the person wants put right, until somebody approved how.</summary>
    public static MoveAnswer Correct(PrivacyRequest request, IReadOnlyList<Correction> corrections, string by, DateTimeOffset now)
    {
        if (!MayCorrect(request))
            return Wrong(request, "corrected");
        return request.Corrections.SequenceEqual(corrections)
            ? new MoveAnswer.Moved(request)
            : new MoveAnswer.Moved(Noted(request with { Corrections = corrections, Approvals = [] }, by, $"corrects {string.Join(", ", corrections.Select(correction => correction.Field))}", now));
    }

    /// <summary>The person is asked for something; laws that know that stand still until they answer. Asked twice, it is one question.</summary>
    public static MoveAnswer Question(PrivacyRequest request, PauseReason what, string by, DateTimeOffset now)
    {
        if (!request.State.IsOpen())
            return Wrong(request, "waited for");
        return request.Pauses.Any(pause => pause.Reason == what && pause.AnsweredAt is null)
            ? new MoveAnswer.Moved(request)
            : new MoveAnswer.Moved(Noted(request with { Pauses = [.. request.Pauses, new(what, now, null)] }, by, $"asked the person for {what.ToString().ToLowerInvariant()}", now));
    }

    /// <summary>The answer came.</summary>
    public static MoveAnswer Answered(PrivacyRequest request, PauseReason what, string by, DateTimeOffset now)
    {
        if (request.Pauses.All(pause => pause.Reason != what))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, $"The person was not asked for {what.ToString().ToLowerInvariant()}.");
        return request.Pauses.All(pause => pause.Reason != what || pause.AnsweredAt is not null)
            ? new MoveAnswer.Moved(request)
            : new MoveAnswer.Moved(Noted(request with { Pauses = [.. request.Pauses.Select(pause => pause.Reason == what && pause.AnsweredAt is null ? pause with { AnsweredAt = now } : pause)] }, by, $"the person answered: {what.ToString().ToLowerInvariant()}", now));
    }

    /// <summary>A new plan takes all approvals of an earlier one with it.</summary>
    public static MoveAnswer Plan(PrivacyRequest request, RequestPlan plan, DateTimeOffset now)
    {
        if (request.Verification is null)
            return new MoveAnswer.Refused(RequestRefusal.NotVerified, "Nobody has shown yet that the request comes from the person.");
        if (request.Plan?.Fingerprint == plan.Fingerprint && request.State == PrivacyRequestState.Planned)
            return new MoveAnswer.Moved(request);
        return Move(request, PrivacyRequestState.Planned, "hub", $"planned: {plan.Items.Count} records in {plan.Systems.Count} systems", now,
            moved => moved with { Plan = plan, Approvals = [], Review = null });
    }

    /// <summary>Four eyes: never who submitted it; and where the plan is wide, two who are not the same.</summary>
    /// <param name="canonical">The request that stands for its duplicates.</param>
    public static MoveAnswer Approve(PrivacyRequest request, RequestId? canonical, string by, string plan, DateTimeOffset now)
    {
        if (request.Verification is null)
            return new MoveAnswer.Refused(RequestRefusal.NotVerified, "Nobody has shown yet that the request comes from the person.");
        if (canonical is { } other && other != request.Id)
            return new MoveAnswer.Refused(RequestRefusal.Duplicate, $"Request {other} of the same person is in its place.");
        if (string.Equals(by, request.SubmittedBy, StringComparison.OrdinalIgnoreCase))
            return new MoveAnswer.Refused(RequestRefusal.OwnSubmission, "Who submits a request never approves it.");
        if (request.State is PrivacyRequestState.Approved || (request.State.IsRunning() && request.Plan?.Fingerprint == plan))
            return new MoveAnswer.Moved(request);
        if (request.State != PrivacyRequestState.Planned || request.Plan is null)
            return Wrong(request, "approved");
        if (request.Plan.Fingerprint != plan)
            return new MoveAnswer.Refused(RequestRefusal.PlanChanged, "The plan was made anew since you looked at it.");
        if (request.Approvals.Any(approval => string.Equals(approval.By, by, StringComparison.OrdinalIgnoreCase)))
            return new MoveAnswer.Moved(request);
        var approved = request with { Approvals = [.. request.Approvals, new(by, now, plan)] };
        return approved.Approvals.Count < request.Plan.ApprovalsNeeded
            ? new MoveAnswer.Moved(Noted(approved, by, "approved; a second approver is needed", now))
            : Move(approved, PrivacyRequestState.Approved, by, "approved", now);
    }

    /// <summary>One that was appealed is answered instead.</summary>
    public static bool MayDeny(PrivacyRequest request) => request.State != PrivacyRequestState.Appealed && request.State.CanBecome(PrivacyRequestState.Denied);

    public static MoveAnswer Deny(PrivacyRequest request, Denial denial)
    {
        if (request.State == PrivacyRequestState.Denied)
            return new MoveAnswer.Moved(request);
        if (!MayDeny(request))
            return Wrong(request, "denied");
        if (string.IsNullOrWhiteSpace(denial.Ground) || string.IsNullOrWhiteSpace(denial.Appeal))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "A denial names its ground and where the person can appeal.");
        return Move(request, PrivacyRequestState.Denied, denial.By, $"denied: {denial.Ground}", denial.At, moved => moved with { Denial = denial });
    }

    /// <summary>It is denied, and that was not looked at again in vain before.</summary>
    public static bool MayAppeal(PrivacyRequest request) => request.State.CanBecome(PrivacyRequestState.Appealed) && request.Appeal is not { Answer.Granted: false };

    /// <summary>A denial is looked at again once: what was decided then is for a court or an authority.</summary>
    /// <param name="receivedAt">When the person said so: from the day of the denial to now.</param>
    public static MoveAnswer Appeal(PrivacyRequest request, string by, DateTimeOffset receivedAt, DateTimeOffset now)
    {
        if (request.State == PrivacyRequestState.Appealed)
            return new MoveAnswer.Moved(request);
        if (request.Appeal is { Answer.Granted: false })
            return new MoveAnswer.Refused(RequestRefusal.WrongState, "The denial was looked at again already, and the appeal was answered.");
        if (request.Denial is { } denial && (receivedAt.UtcDateTime.Date < denial.At.UtcDateTime.Date || receivedAt > now))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "An appeal comes after the denial, and not in the future.");
        return Move(request, PrivacyRequestState.Appealed, by, "the person appeals", now, moved => moved with { Appeal = new(by, receivedAt) });
    }

    /// <summary>Somebody other than who denied it looks again. Granted, the request goes on from where it was verified; nothing that was planned or approved stands.</summary>
    public static MoveAnswer Answer(PrivacyRequest request, AppealAnswer answer)
    {
        if (request.Appeal?.Answer is { } given && given.Granted == answer.Granted && request.State != PrivacyRequestState.Appealed)
            return new MoveAnswer.Moved(request);
        if (request is not { State: PrivacyRequestState.Appealed, Appeal: { } appeal })
            return Wrong(request, "answered: no appeal waits");
        if (string.IsNullOrWhiteSpace(answer.Reason))
            return new MoveAnswer.Refused(RequestRefusal.Incomplete, "Say why: the person is told.");
        if (string.Equals(answer.By, request.Denial?.By, StringComparison.OrdinalIgnoreCase))
            return new MoveAnswer.Refused(RequestRefusal.OwnDenial, "Who denied a request never answers its appeal.");
        var to = !answer.Granted ? PrivacyRequestState.Denied : request.Verification is null ? PrivacyRequestState.Received : PrivacyRequestState.Verified;
        return Move(request, to, answer.By, $"appeal {(answer.Granted ? "granted" : "turned down")}: {answer.Reason}", answer.At, moved => moved with
        {
            Appeal = appeal with { Answer = answer },
            Denial = answer.Granted ? null : moved.Denial,
            Plan = answer.Granted ? null : moved.Plan,
            Approvals = answer.Granted ? [] : moved.Approvals,
        });
    }

    public static MoveAnswer Cancel(PrivacyRequest request, string by, DateTimeOffset now) =>
        request.State == PrivacyRequestState.Cancelled ? new MoveAnswer.Moved(request) : Move(request, PrivacyRequestState.Cancelled, by, "cancelled", now, Forget);

    /// <summary>Nobody showed that it comes from the person, in time or at all.</summary>
    public static MoveAnswer Reject(PrivacyRequest request, string by, string reason, DateTimeOffset now) =>
        request.State == PrivacyRequestState.Rejected ? new MoveAnswer.Moved(request) : Move(request, PrivacyRequestState.Rejected, by, $"rejected: {reason}", now, Forget);

    /// <summary>Whom it was about is nobody's business any more: what was done stays, in ids and hashes.</summary>
    public static PrivacyRequest Forget(PrivacyRequest request) =>
        request.Subject.IsEmpty && request.Known.Count + request.Corrections.Count == 0 ? request : request with { Subject = SubjectClaims.None, Known = [], Corrections = [] };

    /// <summary>To where its tasks are; the same when they are there.</summary>
    public static MoveAnswer Follow(PrivacyRequest request, PrivacyRequestState to, string note, DateTimeOffset now) =>
        request.State == to ? new MoveAnswer.Moved(request) : Move(request, to, "hub", note, now);

    private static MoveAnswer Move(PrivacyRequest request, PrivacyRequestState to, string by, string note, DateTimeOffset now, Func<PrivacyRequest, PrivacyRequest>? also = null)
    {
        if (!request.State.CanBecome(to))
            return Wrong(request, to.ToString().ToLowerInvariant());
        var moved = Noted(request with { State = to }, by, note, now);
        return new MoveAnswer.Moved(also is null ? moved : also(moved));
    }

    private static PrivacyRequest Noted(PrivacyRequest request, string by, string note, DateTimeOffset now) =>
        request with { History = [.. request.History, new(now, by, request.State, note)] };

    private static MoveAnswer.Refused Wrong(PrivacyRequest request, string wanted) =>
        new(RequestRefusal.WrongState, $"A request that is {request.State.ToString().ToLowerInvariant()} cannot be {wanted}.");
}
