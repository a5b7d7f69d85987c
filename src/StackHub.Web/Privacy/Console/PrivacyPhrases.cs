using System.Globalization;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>What the officers' pages call what the engine has names for.</summary>
public static class PrivacyPhrases
{
    private const int ShortNumber = 8;

    public static string Of(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access => "Access",
        PrivacyRequestKind.Erasure => "Erasure",
        PrivacyRequestKind.Rectification => "Rectification",
        PrivacyRequestKind.Portability => "Portability",
        PrivacyRequestKind.Restriction => "Restriction",
        PrivacyRequestKind.Objection => "Objection to marketing",
        PrivacyRequestKind.OptOutOfSale => "Opt-out of sale",
        _ => "Limit sensitive data",
    };

    public static string Meaning(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access => "a readable copy of what is known of them",
        PrivacyRequestKind.Erasure => "deleted in every system, and proven",
        PrivacyRequestKind.Rectification => "something wrong is put right",
        PrivacyRequestKind.Portability => "the same copy in a form for machines",
        PrivacyRequestKind.Restriction => "kept, and nothing else done with it",
        PrivacyRequestKind.Objection => "no more direct marketing; nothing is weighed",
        PrivacyRequestKind.OptOutOfSale => "no more selling or sharing; needs no proof of identity",
        _ => "sensitive data only for what was ordered; needs no proof of identity",
    };

    public static Status Of(PrivacyRequestState state) => state switch
    {
        PrivacyRequestState.Received => new(Tone.Warning, "Not verified"),
        PrivacyRequestState.Verified => new(Tone.Busy, "Being planned"),
        PrivacyRequestState.NeedsReview => new(Tone.Warning, "Needs review"),
        PrivacyRequestState.Planned => new(Tone.Warning, "Waits for approval"),
        PrivacyRequestState.Approved => new(Tone.Busy, "Approved"),
        PrivacyRequestState.InProgress => new(Tone.Busy, "Under way"),
        PrivacyRequestState.Partial => new(Tone.Warning, "Partly done"),
        PrivacyRequestState.Complete => new(Tone.Good, "Complete"),
        PrivacyRequestState.Denied => new(Tone.Quiet, "Denied"),
        PrivacyRequestState.Appealed => new(Tone.Warning, "Appealed"),
        PrivacyRequestState.Cancelled => new(Tone.Quiet, "Cancelled"),
        _ => new(Tone.Quiet, "Rejected"),
    };

    /// <summary>What a person has to do next; null when it goes on by itself or is over.</summary>
    public static string? ToDo(PrivacyRequest request, IReadOnlyList<PrivacyTask> tasks) => request.State switch
    {
        PrivacyRequestState.Received => "Verify that it comes from the person",
        PrivacyRequestState.Appealed => "Answer the appeal",
        PrivacyRequestState.NeedsReview => "Say whom it is about",
        PrivacyRequestState.Planned when request.Plan is { ApprovalsNeeded: > 1 } plan => $"Approve the plan ({request.Approvals.Count} of {plan.ApprovalsNeeded})",
        PrivacyRequestState.Planned => "Approve the plan",
        PrivacyRequestState.InProgress or PrivacyRequestState.Partial or PrivacyRequestState.Complete => ToDo(tasks.ToLookup(task => task.Status)),
        _ => null,
    };

    /// <summary>"eu-gdpr/DE" as "EU GDPR, DE".</summary>
    public static string Of(LawPlace under, LawBook laws) => $"{laws[under.Law].Name}, {under.Place}";

    public static string Of(TaskAction action) => action switch
    {
        TaskAction.OptOut => "Opt out",
        TaskAction.Erase => "Erase",
        TaskAction.Correct => "Correct",
        TaskAction.Redact => "Redact",
        TaskAction.Consent => "Record the refusal",
        TaskAction.Restrict => "Lock the data",
        TaskAction.Package => "Make the copy",
        _ => "By hand",
    };

    public static Status Of(PrivacyTask task) => task switch
    {
        { Status: PrivacyTaskStatus.Done, Evidence: not null } => new(Tone.Good, "Shown by hand"),
        { Status: PrivacyTaskStatus.Done } => new(Tone.Good, "Proven"),
        { Status: PrivacyTaskStatus.Held } => new(Tone.Warning, "Held"),
        { Status: PrivacyTaskStatus.Manual } => new(Tone.Warning, "To do by hand"),
        { Status: PrivacyTaskStatus.Blocked } => new(Tone.Bad, "Cannot be checked"),
        { Status: PrivacyTaskStatus.Failed } => new(Tone.Bad, "Not done"),
        { Level: ProofLevel.None } => new(Tone.Quiet, "Waits its turn"),
        { Level: ProofLevel.Requested or ProofLevel.Accepted } => new(Tone.Busy, "Asked for"),
        _ => new(Tone.Busy, "Being watched"),
    };

    public static string Of(OfficerAlert alert) => alert.Code switch
    {
        "overdue" => "The safe date has passed",
        "deny-unverified" => "Nobody was verified by the safe date: you may deny it",
        "copy-ready" => "The copy is made: send the person its link",
        "cannot-see" => "A system cannot be read, so that absence proves nothing",
        _ => Names.Of(alert.Code),
    };

    /// <summary>"erase|hubspot" as "hubspot".</summary>
    public static string SystemOf(string task) => task.Split('|') is [_, var system] ? system == HubAuthor.System.Name ? "this hub" : system : task;

    /// <summary>Two by name and how many more, where there are many.</summary>
    public static string Few(IReadOnlyList<string> systems) => systems.Count <= 3 ? string.Join(", ", systems) : $"{systems[0]}, {systems[1]} and {systems.Count - 2} more";

    public static string Of(LedgerFault fault) => fault.Kind switch
    {
        LedgerFaultKind.EntryChanged => $"Entry {fault.Sequence} is not as the hub wrote it.",
        LedgerFaultKind.EntryMissing => $"Entry {fault.Sequence} was written and is gone.",
        LedgerFaultKind.ChainBroken => $"Entry {fault.Sequence} does not follow the one before it.",
        LedgerFaultKind.HeadChanged => "The end of the chain is gone, or is not as the hub wrote it.",
        _ => $"The chain was put back to an earlier state, at entry {fault.Sequence}.",
    };

    public static string Of(PauseReason reason) => reason switch
    {
        PauseReason.Identity => "proof of identity",
        PauseReason.Fee => "a fee",
        _ => "clarification",
    };

    public static string Of(HoldScope scope) => scope switch
    {
        { System: null } => "everything, in every system",
        { ObjectType: null } => $"everything in {scope.System}",
        { Id: null } => $"every {scope.ObjectType} in {scope.System}",
        _ => $"{scope.System} {scope.ObjectType}/{scope.Id}",
    };

    public static string Of(ErasureKind kind) => kind switch
    {
        ErasureKind.Delete => "Deleted for good",
        ErasureKind.SoftDelete => "Deleted, can be brought back there",
        ErasureKind.Mask => "Values overwritten, the record stays",
        ErasureKind.Manual => "By a person, with evidence",
        _ => "Not possible",
    };

    public static Tone ToneOf(ErasureKind kind) => kind switch
    {
        ErasureKind.Delete => Tone.Good,
        ErasureKind.None => Tone.Bad,
        _ => Tone.Warning,
    };

    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>"3f9a12cd": enough to tell requests apart when they are talked of.</summary>
    public static string Number(RequestId id) => id.ToString()[^ShortNumber..];

    private static string? ToDo(ILookup<PrivacyTaskStatus, PrivacyTask> tasks) =>
        tasks[PrivacyTaskStatus.Failed].Any() || tasks[PrivacyTaskStatus.Blocked].Any() ? "Mend what stopped a system"
        : tasks[PrivacyTaskStatus.Manual].Any() ? "Do it by hand and show it"
        : null;
}
