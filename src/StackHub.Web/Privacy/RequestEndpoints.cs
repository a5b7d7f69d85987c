using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Security;

namespace StackHub.Web.Privacy;

/// <summary>Privacy requests: filing, finding, and every move until they are approved. Who submitted one never approves it.</summary>
internal static class RequestEndpoints
{
    private const string Tag = "Privacy requests";
    private const string Inbox = "privacy-inbox";

    public static void Map(IEndpointRouteBuilder privacy)
    {
        privacy.MapPost("requests", SubmitAsync).WithName("submitPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 409, 413, 415, 422);
        privacy.MapGet("requests", ListAsync).WithName("listPrivacyRequests").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver);
        privacy.MapGet("requests/{id}", GetAsync).WithName("getPrivacyRequest").WithTags(Tag).NeedsEither(Role.PrivacyOfficer, Role.Approver, 404);
        privacy.MapPost("requests/{id}/verify", VerifyAsync).WithName("verifyPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/choose", ChooseAsync).WithName("choosePrivacySubject").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/corrections", CorrectAsync).WithName("correctPrivacySubject").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/plan", PlanAsync).WithName("planPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
        privacy.MapPost("requests/{id}/approve", ApproveAsync).WithName("approvePrivacyRequest").WithTags(Tag).Needs(Role.Approver, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/deny", DenyAsync).WithName("denyPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/appeal", AppealAsync).WithName("appealPrivacyDenial").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/appeal/answer", AnswerAppealAsync).WithName("answerPrivacyAppeal").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/reject", RejectAsync).WithName("rejectPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/extend", ExtendAsync).WithName("extendPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/ask", AskAsync).WithName("askPrivacySubject").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/answered", AnsweredAsync).WithName("answeredPrivacySubject").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 415, 422);
        privacy.MapPost("requests/{id}/cancel", CancelAsync).WithName("cancelPrivacyRequest").WithTags(Tag).Needs(Role.PrivacyOfficer, 404, 409, 413, 422);
    }

    /// <summary>Files a request a kind, all of one group. The answer does not depend on whether the hub knows the person.</summary>
    internal static async Task<Results<Created<SubmittedView>, ProblemResult>> SubmitAsync(SubmitBody body, HttpContext context, FileRequest file, LawBook laws, CancellationToken cancellationToken)
    {
        var key = SubmissionKey.Of(context);
        var (command, problem) = SubmitBodies.Read(body, Caller.Of(context).Id, key, laws);
        if (command is null)
            return problem!;
        return await file.HandleAsync(command, new(body.Message, null, body.Place), cancellationToken) switch
        {
            SubmitAnswer.Taken taken => TypedResults.Created($"{context.Request.PathBase}/api/privacy/requests/{taken.Requests[0]}", new SubmittedView([.. taken.Requests.Select(id => id.ToString())])),
            SubmitAnswer.Invalid invalid => Problems.Refused(400, "bad-body", "The body cannot be used", string.Join(' ', invalid.Problems)),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The officers' inbox: open requests, the earliest safe date first.</summary>
    internal static async Task<Results<Ok<Page<RequestLineView>>, ProblemResult>> ListAsync([AsParameters] PageQuery page, RequestInbox inbox, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, Inbox);
        if (problem is not null)
            return problem;
        var lines = await inbox.ListAsync(cancellationToken);
        InboxLine[] rest = [.. lines.Where(line => place is null || string.CompareOrdinal(PlaceOf(line), place) > 0)];
        var shown = rest.Take(take).Select(RequestLineView.Of).ToArray();
        return TypedResults.Ok(new Page<RequestLineView>(shown, rest.Length > take ? cursors.Write(PlaceOf(rest[take - 1]), Inbox) : null));
    }

    /// <summary>A request: clocks with their reckoning, plan, each system's rung of the proof, holds, exemptions and what to do next.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<RequestView>, ProblemResult>> GetAsync(string id, HttpContext context, RequestReader reader, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await reader.FindAsync(request, Caller.Of(context).May(Role.PrivacyOfficer), cancellationToken) is { } view ? TypedResults.Ok(view) : Refusals.Unknown;
    }

    /// <summary>The person was verified: says how, without repeating what they said.</summary>
    /// <param name="id">The request's number.</param>
    internal static Task<Results<NoContent, ProblemResult>> VerifyAsync(string id, ReasonBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.VerifyAsync(request, Caller.Of(context).Id, body.Reason ?? "", cancellationToken));

    /// <summary>Says which of the candidates are the person's records, and why.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> ChooseAsync(string id, ChooseBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken)
    {
        var chosen = (body.Records ?? []).Select(RecordId.TryParse).ToArray();
        if (chosen.Any(one => one is null))
            return Problems.BadBody("records", "ids of candidates: 32 hexadecimal digits each");
        return await MoveAsync(id, request => desk.ChooseAsync(request, [.. chosen.OfType<RecordId>()], Caller.Of(context).Id, body.Reason ?? "", cancellationToken));
    }

    /// <summary>Says what the person wants put right, field by field, until somebody approved how; a plan that was made before is made anew.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> CorrectAsync(string id, CorrectBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        body.Corrections is not { Count: > 0 } corrections || corrections.Any(correction => string.IsNullOrWhiteSpace(correction.Field))
            ? Problems.BadBody("corrections", "at least one field of a person with what it should say")
            : await MoveAsync(id, request => desk.CorrectAsync(request, [.. corrections.Select(correction => new Correction(correction.Field!, correction.Value))], Caller.Of(context).Id, cancellationToken));

    /// <summary>Makes the plan now, from what the hub knows now; nothing is sent to any system.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<PrivacyPlanView>, ProblemResult>> PlanAsync(string id, RequestPlanner planner, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await planner.PlanAsync(request, cancellationToken) switch
        {
            MoveAnswer.Refused refused => Refusals.Of(refused),
            MoveAnswer.Moved { Request.Plan: { } plan } => TypedResults.Ok(PrivacyPlanView.Of(plan)),
            MoveAnswer.Moved { Request.Review: { } review } => Problems.Conflict("needs-review", "An officer has to say whom it is about", review),
            _ => Problems.Conflict("no-plan", "There is no plan", "The request is not at a point where one is made."),
        };
    }

    /// <summary>Approves the plan of this fingerprint; a wide plan needs two approvers.</summary>
    /// <param name="id">The request's number.</param>
    internal static Task<Results<NoContent, ProblemResult>> ApproveAsync(string id, ApproveBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.ApproveAsync(request, Caller.Of(context).Id, body.Plan ?? "", cancellationToken));

    /// <summary>Refuses the request on a ground of the law, with the way to appeal.</summary>
    /// <param name="id">The request's number.</param>
    internal static Task<Results<NoContent, ProblemResult>> DenyAsync(string id, DenyBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.DenyAsync(request, Caller.Of(context).Id, body.Ground ?? "", body.Appeal ?? "", cancellationToken));

    /// <summary>The person wants a denial looked at again; its clocks are those of the appeal then.</summary>
    /// <param name="id">The request's number.</param>
    internal static Task<Results<NoContent, ProblemResult>> AppealAsync(string id, AppealBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.AppealAsync(request, Caller.Of(context).Id, body.ReceivedAt, cancellationToken));

    /// <summary>Answers an appeal, never by who denied: the denial stands, or the request goes on and is planned anew.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> AnswerAppealAsync(string id, AppealAnswerBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        body.Granted is { } granted
            ? await MoveAsync(id, request => desk.AnswerAppealAsync(request, granted, Caller.Of(context).Id, body.Reason ?? "", cancellationToken))
            : Problems.BadBody("granted", "true when the request goes on, false when the denial stands");

    /// <summary>Puts aside a request that nobody showed to come from the person.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> RejectAsync(string id, ReasonBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(body.Reason) ? Problems.BadBody("reason", "why it is put aside") : await MoveAsync(id, request => desk.RejectAsync(request, Caller.Of(context).Id, body.Reason, cancellationToken));

    /// <summary>The person was told now that it takes longer, and why.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<Ok<ClockView>, ProblemResult>> ExtendAsync(string id, ExtendBody body, RequestDesk desk, PrivacyStore store, LawBook laws, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        if (await store.FindAsync(request, cancellationToken) is not { } found)
            return Refusals.Unknown;
        if (body.Law is not { } law || !found.Laws.Contains(law))
            return Problems.BadBody("law", $"one of the request's laws: {string.Join(", ", found.Laws)}");
        return await desk.ExtendAsync(request, law, body.Reason ?? "", cancellationToken) switch
        {
            ExtensionDecision.Granted granted => TypedResults.Ok(ClockView.Of(LawDue.Of(granted.Row), laws)),
            ExtensionDecision.Refused refused => Problems.Conflict($"extension-{PrivacyWords.Of(refused.Why)}", "The term is not extended", refused.Explain),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>The person was asked now for what it cannot go on without: laws that know that stand still until they answer.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> AskAsync(string id, QuestionBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        Question(body.For) is { } what ? await MoveAsync(id, request => desk.AskAsync(request, what, Caller.Of(context).Id, cancellationToken)) : BadQuestion;

    /// <summary>They answered now.</summary>
    /// <param name="id">The request's number.</param>
    internal static async Task<Results<NoContent, ProblemResult>> AnsweredAsync(string id, QuestionBody body, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        Question(body.For) is { } what ? await MoveAsync(id, request => desk.AnsweredAsync(request, what, Caller.Of(context).Id, cancellationToken)) : BadQuestion;

    /// <summary>The person took the request back.</summary>
    /// <param name="id">The request's number.</param>
    internal static Task<Results<NoContent, ProblemResult>> CancelAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.CancelAsync(request, Caller.Of(context).Id, cancellationToken));

    private static PauseReason? Question(string? text) => Enum.GetValues<PauseReason>().Select(reason => (PauseReason?)reason).FirstOrDefault(reason => PrivacyWords.Of(reason!) == text);

    private static ProblemResult BadQuestion => Problems.BadBody("for", "identity, fee or clarification");

    private static async Task<Results<NoContent, ProblemResult>> MoveAsync(string id, Func<RequestId, Task<MoveAnswer>> move)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Refusals.BadId;
        return await move(request) is MoveAnswer.Refused refused ? Refusals.Of(refused) : TypedResults.NoContent();
    }

    /// <summary>Sorts as the inbox does.</summary>
    private static string PlaceOf(InboxLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{(line.SafeDue ?? DateTimeOffset.MaxValue).UtcTicks:D19}|{line.Request.ReceivedAt.UtcTicks:D19}|{line.Request.Id}");
}
