using StackHub.Privacy;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Verification;
using StackHub.Records;

namespace StackHub.Web.Privacy;

/// <summary>A line of the inbox; it names nobody.</summary>
/// <param name="SafeDue">The end of the earliest safe day of all laws; absent under no law.</param>
/// <param name="SafeDay">That day, where its law is kept.</param>
/// <param name="Needs">What an officer or approver has to do next; absent when it goes on by itself.</param>
public sealed record RequestLineView(string Id, string Kind, string State, DateTimeOffset ReceivedAt, string SubmittedBy, DateTimeOffset? SafeDue, DateOnly? SafeDay, bool Overdue, string? Needs, IReadOnlyList<string> Laws)
{
    public static RequestLineView Of(InboxLine line) => new(
        line.Request.Id.ToString(), PrivacyRequestKinds.Of(line.Request.Kind), PrivacyWords.Of(line.Request.State), line.Request.ReceivedAt, line.Request.SubmittedBy,
        line.SafeDue, line.Due.MinBy(due => due.SafeDue)?.Row.Complete.Safe, line.Overdue, RequestNeeds.Of(line.Request, line.Tasks), line.Request.Laws);
}

/// <summary>What waits for people.</summary>
public static class RequestNeeds
{
    public static string? Of(PrivacyRequest request, IReadOnlyList<PrivacyTask> tasks) => request.State switch
    {
        PrivacyRequestState.Received => "verification",
        PrivacyRequestState.NeedsReview => "review",
        PrivacyRequestState.Appealed => "appeal",
        PrivacyRequestState.Planned => request.Approvals.Count > 0 ? "second-approval" : "approval",
        PrivacyRequestState.Partial when tasks.Any(task => task.Status is PrivacyTaskStatus.Failed or PrivacyTaskStatus.Blocked) => "repair",
        PrivacyRequestState.Partial when tasks.Any(task => task.Status == PrivacyTaskStatus.Manual) => "evidence",
        _ => null,
    };
}

/// <summary>All of a request. The subject and the note are personal data.</summary>
/// <param name="Words">For the person: how far it is, and no more than is true.</param>
public sealed record RequestView(RequestLineView Request, SubjectView Subject, NoteView? Note, IReadOnlyList<string> Group, IReadOnlyList<ClockView> Clocks, VerificationView? Verification, string Words)
{
    public string? Review { get; init; }

    public IReadOnlyList<RecordId> Candidates { get; init; } = [];

    public PrivacyPlanView? Plan { get; init; }

    public IReadOnlyList<FeasibilityView> Feasibility { get; init; } = [];

    /// <summary>A letter that says what has to be said inside the first term; absent when nothing needs an extension.</summary>
    public string? Extension { get; init; }

    /// <summary>What the person was asked for, and when they answered.</summary>
    public IReadOnlyList<QuestionView> Questions { get; init; } = [];

    public IReadOnlyList<ApprovalView> Approvals { get; init; } = [];

    public IReadOnlyList<TaskView> Tasks { get; init; } = [];

    public IReadOnlyList<GateHoldView> Holds { get; init; } = [];

    public IReadOnlyList<ExemptionView> Exemptions { get; init; } = [];

    public DenialView? Denial { get; init; }

    public AppealView? Appeal { get; init; }

    public PackageView? Package { get; init; }

    public IReadOnlyList<HistoryView> History { get; init; } = [];

    /// <summary>Codes that an officer has to bring to the person, where no webhook is configured.</summary>
    public IReadOnlyList<HandView> ByHand { get; init; } = [];

    /// <summary>Requests of the same kind about the same person.</summary>
    public IReadOnlyList<string> Duplicates { get; init; } = [];

    public override string ToString() => $"request {Request.Id}";
}

public sealed record SubjectView(IReadOnlyList<string> Emails, IReadOnlyList<string> Phones, IReadOnlyList<RecordId> Records, IReadOnlyList<ExternalRef> Links, IReadOnlyList<string> Hashes)
{
    public static SubjectView Of(SubjectClaims subject) => new(subject.Emails, subject.Phones, subject.Records, subject.Links, subject.Hashes);

    public override string ToString() => "[subject]";
}

/// <summary>What came with the request; nothing of it was proven.</summary>
public sealed record NoteView(string? Message, string? Phone, string? Place)
{
    public static NoteView? Of(IntakeNote? note) => note is null ? null : new(note.Message, note.Phone, note.Place);

    public override string ToString() => "[note]";
}

public sealed record QuestionView(string For, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt);

public sealed record VerificationView(string By, string Reason, DateTimeOffset At);

/// <summary>What will be done, exactly.</summary>
/// <param name="Fingerprint">Approve by it.</param>
/// <param name="Wide">Why it reaches further than one person's own records.</param>
public sealed record PrivacyPlanView(string Fingerprint, int ApprovalsNeeded, IReadOnlyList<PlanSystemView> Systems, IReadOnlyList<PlanItemView> Items, IReadOnlyList<string> Wide, IReadOnlyList<string> Kept, bool OptOutOnly)
{
    public static PrivacyPlanView Of(RequestPlan plan) => new(
        plan.Fingerprint, plan.ApprovalsNeeded,
        [.. plan.Systems.Select(system => new PlanSystemView(system.System, PrivacyWords.Of(system.Action), system.Stage, system.Note))],
        [.. plan.Items.Select(item => new PlanItemView(item.System, item.ObjectType, item.Id, item.Record, item.FoundBy, item.Calls))],
        plan.Wide, plan.Kept, plan.OptOutOnly);
}

/// <param name="Stage">It waits for all systems of lower stages.</param>
public sealed record PlanSystemView(SystemId System, string Action, int Stage, string Note);

/// <param name="Calls">The requests that will be sent, in words.</param>
public sealed record PlanItemView(SystemId System, string ObjectType, string Id, RecordId Record, string FoundBy, IReadOnlyList<string> Calls);

/// <summary>Whether a system can be proven done in time.</summary>
public sealed record FeasibilityView(string System, DateTimeOffset LatestDispatch, DateTimeOffset ProvenBy, bool InTime, string Words)
{
    public static FeasibilityView Of(SystemFeasibility system) => new(system.System, system.LatestDispatch, system.ProvenBy, system.InTime, system.Words);
}

public sealed record ApprovalView(string By, DateTimeOffset At, string Plan);

/// <summary>One system's part.</summary>
/// <param name="Level">The rung of the proof ladder: none, requested, accepted, confirmed, absent, quiet, sealed.</param>
public sealed record TaskView(string Id, SystemId System, string Action, int Stage, string Status, string Level, string? Reason, DateTimeOffset? ParkedUntil, IReadOnlyList<ItemView> Items, IReadOnlyList<ReturnView> Returns, string? Evidence)
{
    public static TaskView Of(PrivacyTask task) => new(
        task.Id, task.System, PrivacyWords.Of(task.Action), task.Stage, PrivacyWords.Of(task.Status), PrivacyWords.Of(task.Level), task.Reason, task.ParkedUntil,
        [.. task.Items.Select(ItemView.Of)],
        [.. task.Resurrections.Select(back => new ReturnView(back.ObjectType, back.Id, back.FoundAt, back.Cause))],
        task.Evidence?.Text);
}

public sealed record ItemView(string ObjectType, string Id, string Level, DateTimeOffset? RequestedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? AbsentAt, DateTimeOffset? QuietUntil, DateTimeOffset? SealedAt, string? Refused, string? KeptFor, DateTimeOffset? KeptUntil)
{
    public static ItemView Of(TaskItem item) => new(item.ObjectType, item.Id, PrivacyWords.Of(item.Level), item.RequestedAt, item.AcceptedAt, item.ConfirmedAt, item.AbsentAt, item.QuietUntil, item.SealedAt, item.Refused, item.Kept?.Ground, item.Kept?.Until);
}

/// <summary>The person was there again.</summary>
public sealed record ReturnView(string ObjectType, string Id, DateTimeOffset FoundAt, string Cause);

public sealed record GateHoldView(string Id, string Ground, string Scope)
{
    public static GateHoldView Of(GateHold hold) => new(hold.Id, hold.Ground, HoldView.Words(hold.Scope));
}

public sealed record ExemptionView(string Scope, string Ground, DateTimeOffset Until, string By)
{
    public static ExemptionView Of(Exemption exemption) => new(HoldView.Words(exemption.Scope), exemption.Ground, exemption.Until, exemption.By);
}

public sealed record DenialView(string Ground, string Appeal, string By, DateTimeOffset At);

/// <param name="Granted">Absent while it waits for an answer, as are the three after it.</param>
public sealed record AppealView(DateTimeOffset ReceivedAt, string By, bool? Granted, string? Reason, string? AnsweredBy, DateTimeOffset? AnsweredAt)
{
    public static AppealView? Of(Appeal? appeal) => appeal is null ? null : new(appeal.ReceivedAt, appeal.By, appeal.Answer?.Granted, appeal.Answer?.Reason, appeal.Answer?.By, appeal.Answer?.At);
}

/// <param name="Link">From the hub's public address; the person shows by a code that it is theirs.</param>
public sealed record PackageView(string Id, string Link, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, long Bytes, string Sha256)
{
    public static PackageView? Of(RequestId request, MadePackage? made) => made is null ? null : new(made.Id, $"privacy/package/{request}/{made.Link}", made.MadeAt, made.ExpiresAt, made.Bytes, made.Sha256);

    public override string ToString() => $"package {Id}";
}

public sealed record HistoryView(DateTimeOffset At, string By, string To, string Note);

/// <summary>A code to bring over by hand: to this address and nobody else.</summary>
/// <param name="For">confirm or view.</param>
public sealed record HandView(string For, string Channel, string Address, string Reference, string Code, DateTimeOffset ExpiresAt)
{
    public static HandView Of(string purpose, RequestId request, CodeMessage message) => new(purpose, message.Channel, message.Address, request.ToString(), message.Code, message.ExpiresAt);

    public override string ToString() => "[code]";
}
