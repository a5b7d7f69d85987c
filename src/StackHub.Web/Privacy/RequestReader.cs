using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Notices;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;

namespace StackHub.Web.Privacy;

/// <summary>Brings together what is shown of a request; the API, the command line and the console read it here.</summary>
public sealed class RequestReader(RequestInbox inbox, RequestDesk desk, PrivacyStore store, IntakeNotes notes, HandDelivery hand, MakePackage packages, LawBook laws)
{
    /// <param name="withCodes">Whoever looks may bring codes over: officers, never approvers.</param>
    public async Task<RequestView?> FindAsync(RequestId id, bool withCodes, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(id, cancellationToken) is not { } line)
            return null;
        var request = line.Request;
        var feasible = await inbox.FeasibleAsync(request, cancellationToken);
        var gate = (await store.ReadGateAsync(id, cancellationToken))?.Value ?? new RequestGate();
        return new(RequestLineView.Of(line), SubjectView.Of(request.Subject), NoteView.Of(await notes.FindAsync(id, cancellationToken)), [.. request.Group.Select(one => one.ToString())],
            [.. line.Due.Select(due => ClockView.Of(due, laws))], request.Verification is { } proof ? new(proof.By, proof.Reason, proof.At) : null, line.Words)
        {
            Review = request.Review,
            Candidates = request.Candidates,
            Plan = request.Plan is { } plan ? PrivacyPlanView.Of(plan) : null,
            Feasibility = [.. feasible.Select(FeasibilityView.Of)],
            Extension = line.SafeDue is { } due ? Feasibility.ExtensionDraft(request, feasible, due) : null,
            Questions = [.. request.Pauses.Select(pause => new QuestionView(PrivacyWords.Of(pause.Reason), pause.AskedAt, pause.AnsweredAt))],
            Approvals = [.. request.Approvals.Select(approval => new ApprovalView(approval.By, approval.At, approval.Plan))],
            Tasks = [.. line.Tasks.Select(TaskView.Of)],
            Holds = [.. gate.Holds.Select(GateHoldView.Of)],
            Exemptions = [.. gate.Exemptions.Select(ExemptionView.Of)],
            Denial = request.Denial is { } denial ? new(denial.Ground, denial.Appeal, denial.By, denial.At) : null,
            Appeal = AppealView.Of(request.Appeal),
            Package = PackageView.Of(id, await packages.FindAsync(id, cancellationToken)),
            History = [.. request.History.Select(step => new HistoryView(step.At, step.By, PrivacyWords.Of(step.To), step.Note))],
            ByHand = withCodes ? await CodesAsync(id, cancellationToken) : [],
            Duplicates = [.. (await desk.DuplicatesAsync(request, cancellationToken)).Select(other => other.Id.ToString())],
        };
    }

    private async Task<IReadOnlyList<HandView>> CodesAsync(RequestId id, CancellationToken cancellationToken)
    {
        var codes = new List<HandView>();
        if (await hand.FindAsync(id.ToString(), cancellationToken) is { } confirm)
            codes.Add(HandView.Of("confirm", id, confirm));
        if (await hand.FindAsync(IntakeDesk.ViewOf(id), cancellationToken) is { } view)
            codes.Add(HandView.Of("view", id, view));
        return codes;
    }
}
