using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Privacy;

/// <summary>Work on a request that was approved: what people do by hand, what stops it, what proves it, what is handed over.</summary>
internal static class WorkEndpoints
{
    private const string Tag = "Privacy work";

    public static void Map(IEndpointRouteBuilder privacy)
    {
        privacy.MapPost("requests/{id}/tasks/{task}/evidence", ShowAsync).WithName("showPrivacyTask").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/tasks/{task}/retry", RetryAsync).WithName("retryPrivacyTask").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
        privacy.MapPost("requests/{id}/tasks/{task}/release", ReleaseAsync).WithName("releasePrivacyTask").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/exemptions", ExemptAsync).WithName("exemptPrivacyRecord").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/code", SendCodeAsync).WithName("sendPrivacyCode").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
        privacy.MapPost("requests/{id}/package", MakePackageAsync).WithName("makePrivacyPackage").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
        privacy.MapGet("requests/{id}/package", PackageAsync).WithName("getPrivacyPackage").WithTags(Tag).Needs(Role.PrivacyOfficer, 404);
        privacy.MapGet("requests/{id}/receipt", ReceiptAsync).WithName("getPrivacyReceipt").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver, 404, 409);
        privacy.MapGet("requests/{id}/evidence", EvidenceAsync).WithName("getPrivacyEvidence").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver, 404);
        privacy.MapGet("holds", HoldsAsync).WithName("listPrivacyHolds").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapPost("holds", HoldAsync).WithName("placePrivacyHold").WithTags(Tag).Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
        privacy.MapPost("holds/{id}/lift", LiftAsync).WithName("liftPrivacyHold").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
    }

    /// <summary>What a person did where the connector cannot, and where it can be looked up.</summary>
    /// <param name="id">The request's number.</param>
    /// <param name="task">The task, as the request shows it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> ShowAsync(string id, string task, EvidenceBody body, HttpContext context, RequestDesk desk, PrivacyStore store, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, task, store, cancellationToken) is not { } found)
            return UnknownTask;
        if (string.IsNullOrWhiteSpace(body.Text))
            return Problems.BadBody("text", "what was done and where it can be looked up, without personal data");
        return await desk.ShowAsync(found.Request, found.Id, Caller.Of(context).Id, body.Text, cancellationToken) is { Status: PrivacyTaskStatus.Done }
            ? TypedResults.NoContent()
            : Problems.Conflict("not-by-hand", "The task is not one that people do", "Only a task that waits for a person is shown by hand.");
    }

    /// <summary>What stopped the task was mended: it goes on from where it was.</summary>
    /// <param name="id">The request's number.</param>
    /// <param name="task">The task, as the request shows it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> RetryAsync(string id, string task, HttpContext context, RequestDesk desk, PrivacyStore store, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, task, store, cancellationToken) is not { } found)
            return UnknownTask;
        await desk.RetryAsync(found.Request, found.Id, Caller.Of(context).Id, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Lets a system go before one that feeds it, which may bring the person back.</summary>
    /// <param name="id">The request's number.</param>
    /// <param name="task">The task, as the request shows it.</param>
    internal static async Task<Results<NoContent, ProblemResult>> ReleaseAsync(string id, string task, ReasonBody body, HttpContext context, RequestDesk desk, PrivacyStore store, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, task, store, cancellationToken) is not { } found)
            return UnknownTask;
        if (string.IsNullOrWhiteSpace(body.Reason))
            return Problems.BadBody("reason", "why it does not wait for what feeds it");
        await desk.ReleaseAsync(found.Request, found.Id, Caller.Of(context).Id, body.Reason, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>One record is kept by right, until a day; the others go.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> ExemptAsync(string id, ExemptBody body, HttpContext context, LegalHolds holds, PrivacyStore store, HubModel model, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        if (await store.FindAsync(request, cancellationToken) is null)
            return Refusals.Unknown;
        if (Queries.System(model, body.System) is not { } system || string.IsNullOrWhiteSpace(body.ObjectType) || string.IsNullOrWhiteSpace(body.Id))
            return Problems.BadBody("system", "with 'objectType' and 'id' the record that is kept, as the plan shows it");
        return await holds.ExemptAsync(request, new(system, body.ObjectType, body.Id), body.Ground ?? "", body.Until ?? default, Caller.Of(context).Id, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.BadBody("ground", "the law's words for keeping it, with 'until' the day on which that ends, not yet over");
    }

    /// <summary>Sends the person a code again, or puts it where an officer finds it; nothing tells whether it went.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> SendCodeAsync(string id, IntakeDesk intake, PrivacyStore store, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        if (await store.FindAsync(request, cancellationToken) is not { } found)
            return Refusals.Unknown;
        return await intake.SendAsync(found, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Conflict("code-not-sent", "No code was sent", "The request names no address, or its mailbox was sent too many today.");
    }

    /// <summary>Makes the copy that the person asked for, from every system; the link opens by a code that goes to their address.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<PackageView>, ProblemResult>> MakePackageAsync(string id, HttpContext context, MakePackage maker, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await maker.MakeAsync(request, Caller.Of(context).Id, cancellationToken) switch
        {
            PackageAnswer.Made made => TypedResults.Ok(PackageView.Of(request, made.Package)!),
            PackageAnswer.Refused { Code: "unknown" } => Refusals.Unknown,
            PackageAnswer.Refused refused => Problems.Conflict(refused.Code, "No copy was made", refused.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The copy that was made last, and the link to it.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<PackageView>, ProblemResult>> PackageAsync(string id, MakePackage maker, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return PackageView.Of(request, await maker.FindAsync(request, cancellationToken)) is { } view ? TypedResults.Ok(view) : Problems.NotFound("privacy-package");
    }

    /// <summary>The signed receipt of what was done so far; 'stackhub privacy receipt verify' checks it without the hub.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<ReceiptView>, ProblemResult>> ReceiptAsync(string id, ReceiptDesk receipts, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await receipts.GetAsync(request, cancellationToken) switch
        {
            ReceiptAnswer.Issued issued => TypedResults.Ok(new ReceiptView(issued.Text)),
            ReceiptAnswer.TooEarly => Problems.Conflict("nothing-done", "There is nothing to certify yet", "A receipt is given once work has begun, or the request was denied."),
            ReceiptAnswer.Tampered tampered => Problems.Conflict("evidence-changed", "The evidence is not as the hub wrote it", $"{tampered.Faults.Count} faults; api/privacy/requests/{{id}}/evidence locates them. No receipt is signed on it."),
            _ => Refusals.Unknown,
        };
    }

    /// <summary>The chain of evidence, and whether anything in it was changed.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<EvidenceView>, ProblemResult>> EvidenceAsync(string id, EvidenceLedger ledger, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await ledger.CheckAsync(request.ToString(), null, cancellationToken) is { Head: not null } or { Faults.IsEmpty: false }
            ? TypedResults.Ok(EvidenceView.Of(await ledger.CheckAsync(request.ToString(), null, cancellationToken)))
            : Refusals.Unknown;
    }

    /// <summary>All legal holds, lifted ones too.</summary>
    internal static async Task<Ok<IReadOnlyList<HoldView>>> HoldsAsync(HoldStore holds, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<HoldView>>([.. (await holds.ListAsync(cancellationToken)).Select(HoldView.Of)]);

    /// <summary>Places a legal hold: nothing it covers is deleted while it stands, in any request of the person.</summary>
    internal static async Task<Results<Ok<HoldView>, ProblemResult>> HoldAsync(HoldBody body, HttpContext context, LegalHolds holds, HubModel model, CancellationToken cancellationToken)
    {
        if (SubmitBodies.Claims(body.Emails, body.Phones, body.Records, body.Links, null) is not { } who)
            return SubmitBodies.BadIds;
        if (who.Problems(model.PhoneRegion).ToArray() is { Length: > 0 } problems)
            return Problems.Refused(400, "bad-body", "The body cannot be used", string.Join(' ', problems));
        if (string.IsNullOrWhiteSpace(body.Ground))
            return Problems.BadBody("ground", "whose claim or which duty it is, without personal data");
        if (body.System is not null && Queries.System(model, body.System) is null)
            return Problems.BadBody("system", "the name of a configured system, or left out for all");
        var scope = new HoldScope(Queries.System(model, body.System), body.ObjectType, body.Id);
        return TypedResults.Ok(HoldView.Of(await holds.PlaceAsync(SubmissionKey.Of(context), who, scope, body.Ground, Caller.Of(context).Id, cancellationToken)));
    }

    /// <summary>Lifts a hold; what it stopped goes on by itself.</summary>
    /// <param name="id">The hold's id.</param>
    internal static async Task<Results<NoContent, ProblemResult>> LiftAsync(string id, HttpContext context, LegalHolds holds, CancellationToken cancellationToken)
    {
        if (!Queries.IsKey(id))
            return Problems.BadParameter("id", "a hold's id, as api/privacy/holds lists it");
        return await holds.LiftAsync(id, Caller.Of(context).Id, cancellationToken) is not null ? TypedResults.NoContent() : Problems.NotFound("privacy-hold");
    }

    private static ProblemResult UnknownTask => Problems.NotFound("privacy-task");

    private static async Task<PrivacyTask?> TaskAsync(string id, string task, PrivacyStore store, CancellationToken cancellationToken) =>
        RequestId.TryParse(id) is { } request && Queries.IsKey(task) ? await store.FindAsync(request, task, cancellationToken) : null;
}
