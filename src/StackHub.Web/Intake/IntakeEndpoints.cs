using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Verification;
using StackHub.Web.Errors;
using StackHub.Web.Privacy;
using StackHub.Web.Shell;
using StackHub.Web.SignIn;

namespace StackHub.Web.Intake;

/// <summary>Privacy requests of anybody, without signing in. Every answer is the same whether the hub knows an address or not.</summary>
internal static class IntakeEndpoints
{
    private const string Title = "Privacy request";
    private const string TicketPurpose = "privacy form";
    private const int TicketSize = 16;
    private static readonly TimeSpan TicketLife = TimeSpan.FromHours(4);
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        var form = routes.MapGroup("privacy").ExcludeFromDescription();
        MapFile(form, "assets/console-{hash}.css", Asset.Style);
        MapFile(form, "assets/icon-{hash}.svg", Asset.Icon);
        form.MapGet("", Form);
        form.MapPost("requests", SubmitAsync);
        form.MapGet("received", () => PublicPageResult.Of<MessagePage>(Title, new MessageModel("Your request is here", PublicAnswer.Received.Text, ("confirm", "Enter the code"))));
        form.MapGet("confirm", (string? reference) => PublicPageResult.Of<ConfirmCodePage>(Title, new ConfirmCodeModel(Known(reference), null)));
        form.MapGet("confirm/{reference}/{token}", (string reference, string token) => PublicPageResult.Of<ConfirmCodePage>(Title, new ConfirmCodeModel(Known(reference), token)));
        form.MapPost("confirm", ConfirmAsync);
        form.MapGet("status", (string? reference, string? sent) => PublicPageResult.Of<ShowCodePage>(Title, new ShowCodeModel(Known(reference), null, sent is not null)));
        form.MapPost("status/code", AskAsync);
        form.MapPost("status", StatusAsync);
        form.MapPost("appeal", AppealAsync);
        form.MapGet("receipt-keys.json", async (ReceiptSigner signer, CancellationToken cancellationToken) => TypedResults.Ok(await FigureEndpoints.KeySetAsync(signer, cancellationToken)));
        PackageEndpoints.Map(form);
    }

    /// <summary>A reference that could be one; nothing else is shown again.</summary>
    public static string? Known(string? reference) => RequestId.TryParse(reference)?.ToString();

    private static PublicPageResult Form(SealedText seals, LawBook laws, TimeProvider time) => PublicPageResult.Of<IntakePage>(Title, IntakeModel.Empty(NewTicket(seals, time), laws));

    private static async Task<IResult> SubmitAsync(HttpContext context, IntakeDesk desk, PrivacySignals signals, SealedText seals, LawBook laws, TimeProvider time, CancellationToken cancellationToken)
    {
        var sent = context.Request.Form;
        if (TicketOf(sent["ticket"].ToString(), seals, time) is not { } ticket)
            return Problems.StaleForm();
        var form = new IntakeForm([.. sent["kind"].Select(PrivacyRequestKinds.Parse).OfType<PrivacyRequestKind>().Distinct()], sent["email"].ToString().Trim(), Text(sent["phone"]), Text(sent["place"]), Text(sent["message"]), ticket);
        if (await desk.SubmitAsync(form, cancellationToken) is IntakeAnswer.Invalid invalid)
            return PublicPageResult.Of<IntakePage>(Title, IntakeModel.Of(form, sent["ticket"].ToString(), invalid.Problems, laws), StatusCodes.Status422UnprocessableEntity);
        await signals.HonourAsync(context, form.Email, cancellationToken);
        return new GoResult("received");
    }

    private static async Task<IResult> ConfirmAsync(HttpContext context, IntakeDesk desk, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var answer = await desk.ConfirmAsync(form["reference"], Text(form["code"]), Text(form["token"]), cancellationToken);
        return PublicPageResult.Of<MessagePage>(Title, new MessageModel(answer.Status == StatusCodes.Status200OK ? "Thank you" : "Not confirmed", answer.Text, ("status", "How far is my request?")), answer.Status);
    }

    private static async Task<IResult> AskAsync(HttpContext context, IntakeDesk desk, CancellationToken cancellationToken)
    {
        var reference = context.Request.Form["reference"].ToString();
        await desk.AskAsync(reference, cancellationToken);
        return new GoResult($"status?sent=1{(Known(reference) is { } known ? $"&reference={known}" : "")}");
    }

    private static async Task<IResult> StatusAsync(HttpContext context, IntakeDesk desk, IntakePerson person, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        return await desk.OpenAsync(form["reference"], form["code"], cancellationToken) is { } request && await person.FindAsync(request, cancellationToken) is { } model
            ? PublicPageResult.Of<PersonPage>(Title, model)
            : PublicPageResult.Of<ShowCodePage>(Title, new ShowCodeModel(Known(form["reference"]), null, false) { Problem = PublicAnswer.To(new Confirmation.Expired()).Text }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> AppealAsync(HttpContext context, IntakeDesk desk, IntakePerson person, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (person.MayAppeal(form["pass"].ToString()) is not { } id)
            return Problems.StaleForm();
        var words = Text(form["words"]);
        if (words?.Length > IntakeForm.LongestMessage)
            return Problems.BadBody("words", $"at most {IntakeForm.LongestMessage} characters");
        return await desk.AppealAsync(id, words, cancellationToken) is MoveAnswer.Refused refused
            ? PublicPageResult.Of<MessagePage>(Title, new MessageModel("Your appeal was not taken", refused.Message, ("status", "How far is my request?")), StatusCodes.Status409Conflict)
            : PublicPageResult.Of<MessagePage>(Title, new MessageModel("Your appeal is here", "Somebody other than who denied your request looks at it again. The page of your request says what came of it.", ("status", "How far is my request?")));
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static string NewTicket(SealedText seals, TimeProvider time) =>
        seals.Seal(TicketPurpose, string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeSeconds()}\n{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TicketSize))}"));

    private static string? TicketOf(string text, SealedText seals, TimeProvider time) =>
        seals.Open(TicketPurpose, text)?.Split('\n') is [var at, var ticket] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) < TicketLife
            ? ticket
            : null;

    private static void MapFile(IEndpointRouteBuilder form, string pattern, Asset asset)
    {
        RequestDelegate answer = asset.AnswerAsync;
        form.MapMethods(pattern, Reading, answer).WithMetadata(new FileOfPages());
    }
}

/// <summary>After a form: goes on to a page.</summary>
/// <param name="place">From "privacy/".</param>
internal sealed class GoResult(string place) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status303SeeOther;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = PublicFrame.RootOf(httpContext.Request.Path.Value!) + place;
        return Task.CompletedTask;
    }
}
