using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Holds;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Packages;
using StackHub.Privacy.Tasks;
using StackHub.Privacy.Verification;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Intake;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>What officers and approvers do on a request's page. The engine decides; here its answers become words.</summary>
internal static class RequestForms
{
    public static void Map(IEndpointRouteBuilder console)
    {
        var request = console.MapGroup("privacy/requests/{id}");
        request.MapPost("approve", ApproveAsync).Allows(Role.Approver);
        request.MapPost("verify", VerifyAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("code", CodeAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("enter", EnterAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("reject", RejectAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("choose", ChooseAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("correct", CorrectAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("deny", DenyAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("appeal", AppealAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("appeal/answer", AnswerAppealAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("cancel", CancelAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("extend", ExtendAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("ask", AskAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("answered", AnsweredAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("hold", HoldAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("exempt", ExemptAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("show", ShowAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("retry", RetryAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("release", ReleaseAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("package", PackageAsync).Allows(Role.PrivacyOfficer);
        request.MapPost("package/download", DownloadAsync).Allows(Role.PrivacyOfficer);
    }

    internal static Task<IResult> ApproveAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.ApproveAsync(request, By(context), context.Request.Form["plan"].ToString(), cancellationToken),
            moved => moved.State == PrivacyRequestState.Planned ? "Approved by you. A second approver is needed." : "Approved. It is carried out now.");

    internal static Task<IResult> VerifyAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.VerifyAsync(request, By(context), Reason(context), cancellationToken), _ => "Verified. The plan is being made.");

    /// <summary>By hand, an officer sees the code on the page; otherwise it goes to the person and nobody else.</summary>
    internal static async Task<IResult> CodeAsync(string id, HttpContext context, PrivacyStore store, IntakeDesk intake, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, store, cancellationToken) is not { } request)
            return Problems.NotFound("request");
        var byHand = context.Request.Form["how"] == CodeMessage.ByHand;
        var issued = byHand ? await intake.IssueByHandAsync(request, By(context), cancellationToken) : await intake.SendAsync(request, cancellationToken);
        return issued
            ? new SaidResult(PrivacyConsole.PathOf(request.Id), byHand ? "A new code is below. Bring it to the person; every earlier code is over." : "A new code goes to the person's address; every earlier code is over.")
            : Problems.Conflict("no-code", "No code was made", "The request names no address, is verified, has had too many codes today, or officers may not bring codes here.");
    }

    internal static async Task<IResult> EnterAsync(string id, HttpContext context, PrivacyStore store, IntakeDesk intake, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, store, cancellationToken) is not { } request)
            return Problems.NotFound("request");
        if (context.Request.Form.Text("code") is not { } code)
            return Problems.BadBody("code", $"the {VerificationRules.CodeDigits} digits that the person tells you");
        return await intake.EnterAsync(request.Id, code, By(context), cancellationToken) switch
        {
            { Status: StatusCodes.Status200OK } => new SaidResult(PrivacyConsole.PathOf(request.Id), "The code is right: verified. The plan is being made."),
            { Status: StatusCodes.Status409Conflict } answer => Problems.Conflict("used-before", "The code was used before", answer.Text),
            var answer => Problems.Refused(answer.Status, "wrong-code", "The code was not accepted", answer.Text),
        };
    }

    internal static Task<IResult> RejectAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        context.Request.Form.Text("reason") is { } reason
            ? MoveAsync(id, request => desk.RejectAsync(request, By(context), reason, cancellationToken), _ => "Rejected: nobody showed that it comes from the person.")
            : Missing("reason", "why it is not believed to come from the person");

    internal static Task<IResult> ChooseAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.ChooseAsync(request, [.. context.Request.Form["record"].Select(RecordId.TryParse).OfType<RecordId>()], By(context), Reason(context), cancellationToken), _ => "Chosen. The plan is being made.");

    /// <summary>One field at a time, beside those that were said before; a field with nothing in it is emptied.</summary>
    internal static async Task<IResult> CorrectAsync(string id, HttpContext context, PrivacyStore store, RequestDesk desk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await FindAsync(id, store, cancellationToken) is not { } request)
            return Problems.NotFound("request");
        if (form.Text("field") is not { } field)
            return Problems.BadBody("field", "one of the fields of a person");
        var others = request.Corrections.Where(correction => correction.Field != field);
        Correction[] corrections = form["take"].Count > 0 ? [.. others] : [.. others, new(field, form.Text("value"))];
        return await MoveAsync(id, known => desk.CorrectAsync(known, corrections, By(context), cancellationToken), _ => "Noted. The plan says where it is written, and where a person has to.");
    }

    internal static Task<IResult> DenyAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.DenyAsync(request, By(context), context.Request.Form.Text("ground") ?? "", context.Request.Form.Text("appeal") ?? "", cancellationToken), _ => "Denied. Tell the person the ground, and where they can appeal.");

    /// <summary>A day before today is taken at its noon, which is that day under every law.</summary>
    internal static Task<IResult> AppealAsync(string id, HttpContext context, RequestDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (form["received"].ToString().Length > 0 && form.Day("received") is null)
            return Missing("received", "the day on which the appeal came, or nothing for today");
        var at = form.Day("received") is { } day && new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero) is var noon && day != DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) ? noon : (DateTimeOffset?)null;
        return MoveAsync(id, request => desk.AppealAsync(request, By(context), at, cancellationToken), _ => "Noted: the person appeals. Somebody other than who denied it has to answer.");
    }

    internal static Task<IResult> AnswerAppealAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken)
    {
        var granted = context.Request.Form["granted"] == "yes";
        return MoveAsync(id, request => desk.AnswerAppealAsync(request, granted, By(context), context.Request.Form.Text("reason") ?? "", cancellationToken),
            moved => granted ? moved.State == PrivacyRequestState.Received ? "Granted: the request goes on. Verify that it comes from the person." : "Granted: the request goes on. The plan is being made." : "The denial stands. Tell the person why.");
    }

    internal static Task<IResult> CancelAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        MoveAsync(id, request => desk.CancelAsync(request, By(context), cancellationToken), _ => "Cancelled: the person took it back.");

    internal static async Task<IResult> ExtendAsync(string id, HttpContext context, PrivacyStore store, RequestDesk desk, CancellationToken cancellationToken)
    {
        var law = context.Request.Form["law"].ToString();
        if (await FindAsync(id, store, cancellationToken) is not { } request)
            return Problems.NotFound("request");
        if (!request.Laws.Contains(law))
            return Problems.BadBody("law", "one of the laws that the request stands under");
        return await desk.ExtendAsync(request.Id, law, Reason(context), cancellationToken) switch
        {
            ExtensionDecision.Granted granted => new SaidResult(PrivacyConsole.PathOf(request.Id), $"Extended: due by {PrivacyPhrases.Day(granted.Row.Complete.Safe)} now. The notice has to reach the person."),
            ExtensionDecision.Refused refused => Problems.Conflict("not-extended", "It cannot be extended", refused.Explain),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal static Task<IResult> AskAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        Question(context) is { } what
            ? MoveAsync(id, request => desk.AskAsync(request, what, By(context), cancellationToken), _ => "Noted: the person was asked. The dates below say which laws wait for the answer.")
            : Missing("for", "what the person was asked for, from the list");

    internal static Task<IResult> AnsweredAsync(string id, HttpContext context, RequestDesk desk, CancellationToken cancellationToken) =>
        Question(context) is { } what
            ? MoveAsync(id, request => desk.AnsweredAsync(request, what, By(context), cancellationToken), _ => "Noted: the person answered. What stood still runs again.")
            : Missing("for", "what the person was asked for, from the list");

    /// <summary>By everything that the request knows the person by, so that the hold is found under any of it.</summary>
    internal static async Task<IResult> HoldAsync(string id, HttpContext context, PrivacyStore store, LegalHolds holds, HubModel model, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await FindAsync(id, store, cancellationToken) is not { } request)
            return Problems.NotFound("request");
        if (form.Text("ground") is not { } ground)
            return Problems.BadBody("ground", "whose claim or which duty it is, without personal data");
        if (HoldForms.Scope(form["scope"].ToString(), model) is not { } scope)
            return Problems.BadBody("scope", "everything, a configured system, or one record there");
        var who = request.Subject with { Records = [.. request.Subject.Records.Concat(request.Plan?.Records ?? []).Distinct()] };
        if (who.IsEmpty)
            return Problems.Conflict("forgotten", "It is forgotten whom it was about", "The request is over. Place the hold by an address, on the page of holds.");
        await holds.PlaceAsync(form.Text("key") ?? FormValues.NewKey(), who, scope, ground, By(context), cancellationToken);
        return new SaidResult(PrivacyConsole.PathOf(request.Id), "The hold stands: nothing it covers is deleted until it is lifted.");
    }

    internal static async Task<IResult> ExemptAsync(string id, HttpContext context, PrivacyStore store, LegalHolds holds, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (await FindAsync(id, store, cancellationToken) is not { Plan: { } plan } request || plan.Items.FirstOrDefault(item => item.Ref.ToString() == form["item"]) is not { } item)
            return Problems.BadBody("item", "one of the records of the request's plan");
        if (form.Text("ground") is not { } ground)
            return Problems.BadBody("ground", "the law's words for the right to keep it");
        return form.Day("until") is { } until && await holds.ExemptAsync(request.Id, item.Ref, ground, new(until, TimeOnly.MinValue, TimeSpan.Zero), By(context), cancellationToken)
            ? new SaidResult(PrivacyConsole.PathOf(request.Id), $"Kept until {PrivacyPhrases.Day(until)}: the record in {item.System}. The others go.")
            : Problems.BadBody("until", "a day in the future on which the right to keep it ends");
    }

    internal static async Task<IResult> ShowAsync(string id, HttpContext context, PrivacyStore store, RequestDesk desk, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, context, store, cancellationToken) is not { } task)
            return Problems.NotFound("task");
        if (context.Request.Form.Text("evidence") is not { } evidence)
            return Problems.BadBody("evidence", "what was done and where it can be looked up, without personal data");
        return await desk.ShowAsync(task.Request, task.Id, By(context), evidence, cancellationToken) is { Status: PrivacyTaskStatus.Done }
            ? new SaidResult(PrivacyConsole.PathOf(task.Request), $"{task.System}: shown as done by hand.")
            : Problems.Conflict("not-manual", "That is not done by hand", "The system does it by itself, or a hold stands.");
    }

    internal static async Task<IResult> RetryAsync(string id, HttpContext context, PrivacyStore store, RequestDesk desk, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, context, store, cancellationToken) is not { } task)
            return Problems.NotFound("task");
        await desk.RetryAsync(task.Request, task.Id, By(context), cancellationToken);
        return new SaidResult(PrivacyConsole.PathOf(task.Request), $"{task.System} is tried again.");
    }

    internal static async Task<IResult> ReleaseAsync(string id, HttpContext context, PrivacyStore store, RequestDesk desk, CancellationToken cancellationToken)
    {
        if (await TaskAsync(id, context, store, cancellationToken) is not { } task)
            return Problems.NotFound("task");
        if (context.Request.Form.Text("reason") is not { } reason)
            return Problems.BadBody("reason", "why it cannot wait for the systems that feed it");
        if (task.IsHub)
            return Problems.Conflict("hub-last", "The hub's own copy goes last", "Until then it says where the person is.");
        await desk.ReleaseAsync(task.Request, task.Id, By(context), reason, cancellationToken);
        return new SaidResult(PrivacyConsole.PathOf(task.Request), $"{task.System} goes now. Systems that feed it may bring the person back; then they are erased again.");
    }

    internal static async Task<IResult> PackageAsync(string id, HttpContext context, MakePackage packages, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Problems.NotFound("request");
        return await packages.MakeAsync(request, By(context), cancellationToken) switch
        {
            PackageAnswer.Made => new SaidResult(PrivacyConsole.PathOf(request), "The copy is made. Send the person its link."),
            PackageAnswer.Refused { Code: "unknown" } => Problems.NotFound("request"),
            PackageAnswer.Refused refused => Problems.Conflict(refused.Code, "No copy was made", refused.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>For an officer who brings it over; the evidence says who did.</summary>
    internal static async Task<IResult> DownloadAsync(string id, HttpContext context, MakePackage maker, PackageStore packages, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request || await maker.FindAsync(request, cancellationToken) is not { } made)
            return Problems.NotFound("package");
        return await packages.HandOverAsync(made.Link, By(context), cancellationToken) is { Content: { } content }
            ? new ZipResult(content)
            : Problems.Conflict("package-gone", "The copy is gone", "Its time is over, or the person was erased.");
    }

    private static async Task<IResult> MoveAsync(string id, Func<RequestId, Task<MoveAnswer>> move, Func<PrivacyRequest, string> said)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Problems.NotFound("request");
        return await move(request) switch
        {
            MoveAnswer.Moved moved => new SaidResult(PrivacyConsole.PathOf(request), said(moved.Request)),
            MoveAnswer.Refused { Code: RequestRefusal.Unknown } => Problems.NotFound("request"),
            MoveAnswer.Refused { Code: RequestRefusal.Incomplete } refused => Problems.Refused(StatusCodes.Status400BadRequest, "incomplete", "Something is missing", refused.Message),
            MoveAnswer.Refused { Code: RequestRefusal.OwnSubmission } refused => Problems.Refused(StatusCodes.Status409Conflict, "four-eyes", "It needs somebody else", refused.Message),
            MoveAnswer.Refused refused => Problems.Conflict("refused", "The request is not at that point", refused.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<PrivacyRequest?> FindAsync(string id, PrivacyStore store, CancellationToken cancellationToken) =>
        RequestId.TryParse(id) is { } request ? await store.FindAsync(request, cancellationToken) : null;

    private static async Task<PrivacyTask?> TaskAsync(string id, HttpContext context, PrivacyStore store, CancellationToken cancellationToken) =>
        RequestId.TryParse(id) is { } request && context.Request.Form["task"].ToString() is var task && Queries.IsKey(task) ? await store.FindAsync(request, task, cancellationToken) : null;

    private static PauseReason? Question(HttpContext context) =>
        Enum.TryParse<PauseReason>(context.Request.Form["for"], out var what) && Enum.IsDefined(what) ? what : null;

    private static Task<IResult> Missing(string member, string cure) => Task.FromResult<IResult>(Problems.BadBody(member, cure));

    private static string Reason(HttpContext context) => context.Request.Form.Text("reason") ?? "";

    private static string By(HttpContext context) => Caller.Of(context).Id;
}
