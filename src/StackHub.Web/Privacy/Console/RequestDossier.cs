using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Notices;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Planning;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>Loads a request with all that its page shows.</summary>
public sealed class RequestDossier(RequestInbox inbox, RequestDesk desk, PrivacyStore store, EvidenceLedger ledger, MakePackage packages, HandDelivery hand, RecordNames names, Actors actors, LawBook laws, HubModel hub, TimeProvider time)
{
    /// <summary>Null when there is none.</summary>
    /// <param name="withCodes">Whether codes that an officer brings over are among it.</param>
    public async Task<RequestModel?> LoadAsync(RequestId id, bool withCodes, CancellationToken cancellationToken)
    {
        if (await inbox.FindAsync(id, cancellationToken) is not { } line)
            return null;
        var request = line.Request;
        var feasible = await inbox.FeasibleAsync(request, cancellationToken);
        var gate = (await store.ReadGateAsync(id, cancellationToken))?.Value ?? new RequestGate();
        var duplicates = await desk.DuplicatesAsync(request, cancellationToken);
        return new(line, feasible, gate, await ledger.CheckAsync(id.ToString(), null, cancellationToken), await actors.OfAsync(Callers(line, gate), cancellationToken))
        {
            Duplicates = [.. duplicates.Select(other => other.Id)],
            Canonical = RequestDesk.Canonical(request, duplicates),
            Records = await names.OfAsync(request.Candidates.Concat(request.Plan?.Records ?? []), cancellationToken),
            ByHand = withCodes && request.Verification is null ? await hand.FindAsync(id.ToString(), cancellationToken) : null,
            CodesByHand = hub.Privacy.CodesByHand,
            SendsCodes = hub.Privacy.Notify is not null,
            PublicBase = hub.PublicBase,
            Package = await packages.FindAsync(id, cancellationToken),
            Fields = [.. Correction.Fields(hub).Order(StringComparer.Ordinal)],
            Laws = laws.All.ToDictionary(law => law.Id, law => law.Name),
            OffersDenial = request.State == PrivacyRequestState.Received && line.Due.Any(due => UnverifiedRequest.Advise(due.Row, time.GetUtcNow(), laws) == UnverifiedAdvice.OfferDenial),
            ExtensionDraft = request.State.IsOpen() && line.SafeDue is { } due ? Feasibility.ExtensionDraft(request, feasible, due) : null,
        };
    }

    private static IEnumerable<string> Callers(InboxLine line, RequestGate gate) =>
    [
        line.Request.SubmittedBy,
        .. line.Request.Approvals.Select(approval => approval.By),
        .. line.Request.History.Select(step => step.By),
        .. gate.Exemptions.Select(exemption => exemption.By),
        .. line.Tasks.Select(task => task.Evidence?.By ?? task.Released?.By).OfType<string>(),
    ];
}
