using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Planning;

/// <summary>Makes a request's plan, or says why a person has to look first. Nothing is sent to any system by it.</summary>
public sealed class RequestPlanner(SubjectSearch search, PrivacyStore store, HoldStore holds, SystemCalls calls, ConnectorSet connectors, HubModel model, HubKeys keys, Redirects redirects, RequestReceipts receipts, TimeProvider time)
{
    public async Task<MoveAnswer> PlanAsync(RequestId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } request)
            return new MoveAnswer.Refused(RequestRefusal.Unknown, "There is no such request.");
        if (request.Verification is null)
            return new MoveAnswer.Refused(RequestRefusal.NotVerified, "Nobody has shown yet that the request comes from the person.");
        await redirects.EnsureFreshAsync(cancellationToken);
        var decision = SubjectDecision.Of(request.Kind, await search.HitsAsync(request.Subject, cancellationToken), request.Chosen);
        return decision switch
        {
            SubjectDecision.NeedsReview review => await store.MoveAsync(id, known => RequestMoves.Ask(known, review.Reason, review.Candidates, time.GetUtcNow()), cancellationToken),
            SubjectDecision.Found found => await PlanAsync(request, request.Kind, found.Records, cancellationToken),
            SubjectDecision.OptOutOnly several => await PlanAsync(request, PrivacyRequestKind.OptOutOfSale, several.Records, cancellationToken),
            _ => await PlanAsync(request, request.Kind, [], cancellationToken),
        };
    }

    private async Task<MoveAnswer> PlanAsync(PrivacyRequest request, PrivacyRequestKind how, IReadOnlyList<RecordId> found, CancellationToken cancellationToken)
    {
        var subject = await search.LoadAsync(found, request.Subject, cancellationToken);
        var plan = PlanMaker.Of(how, subject, new(model, keys, calls.CanErase, (reference, action) => Calls(reference, action, request.Corrections)) { Corrections = request.Corrections, Reach = await ReachAsync(how, subject, cancellationToken) }) with { OptOutOnly = how != request.Kind };
        // Indexed and gated before anybody can approve it: a hold placed from now on finds it.
        await store.IndexAsync(request.Id, plan.Aliases, cancellationToken);
        await store.AddAsync(request.Id, new RequestGate(), cancellationToken);
        await store.ChangeGateAsync(request.Id, gate => gate.Aliases.SequenceEqual(plan.Aliases) ? gate : gate with { Aliases = plan.Aliases }, cancellationToken);
        await holds.ApplyAsync(request.Id, plan.Aliases, cancellationToken);
        var commitments = await receipts.CommitAsync(request.Id, subject.Aliases, cancellationToken);
        return await store.MoveAsync(request.Id, known => RequestMoves.Plan(known, plan, time.GetUtcNow()) switch
        {
            MoveAnswer.Moved moved => Approved(moved.Request with { Known = [.. subject.Aliases], Commitments = commitments }),
            var refused => refused,
        }, cancellationToken);
    }

    /// <summary>Nobody approves that something stops.</summary>
    private MoveAnswer Approved(PrivacyRequest planned) =>
        planned is { State: PrivacyRequestState.Planned, Plan.ApprovalsNeeded: 0 } ? RequestMoves.Follow(planned, PrivacyRequestState.Approved, "needs no approval: it only stops something", time.GetUtcNow()) : new MoveAnswer.Moved(planned);

    private async Task<IReadOnlyDictionary<ExternalRef, ErasureReach>> ReachAsync(PrivacyRequestKind how, Subject subject, CancellationToken cancellationToken)
    {
        var found = new Dictionary<ExternalRef, ErasureReach>();
        if (KindRules.Erases(how))
            foreach (var reference in subject.Links.Select(one => one.Link.Ref))
                if (connectors.Find(reference.System) is IErasureReach wide && await wide.ReachAsync(reference.ObjectType, reference.Id, cancellationToken) is { } reach)
                    found[reference] = reach;
        return found;
    }

    private static string Said(PlannedRequest request) => request.Body is { Length: > 0 } body ? $"{request} {body}" : $"{request}";

    private IReadOnlyList<string> Calls(ExternalRef reference, TaskAction action, IReadOnlyList<Correction> corrections)
    {
        var connector = connectors.Find(reference.System);
        return action switch
        {
            TaskAction.Erase when connector is IErasurePreview preview => [.. preview.PreviewErasure(new(reference.ObjectType) { Id = reference.Id }).Select(Said)],
            TaskAction.Erase => [$"erase {reference.ObjectType}/{reference.Id} by the connector's own calls"],
            TaskAction.OptOut when PlanMaker.OptOutField(model.Systems[reference.System], reference.ObjectType) is { } field && connector is not null =>
                [.. connector.Preview(reference.ObjectType, [new(new RecordId(Guid.Empty), reference.ObjectType, [new(field.VendorField, field.Type, new("true"))]) { Target = reference.Id }]).Select(Said)],
            TaskAction.Redact => [$"empty {string.Join(", ", Redaction.Of(model.Systems[reference.System], reference.ObjectType, model).Select(field => field.Field))} of {reference.ObjectType}/{reference.Id}, and read them back"],
            TaskAction.Correct => [$"write {string.Join(", ", corrections.Select(correction => correction.Field))} of {reference.ObjectType}/{reference.Id}, and read them back"],
            _ => [$"by hand: {reference.ObjectType}/{reference.Id}"],
        };
    }
}
