using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Intake;
using StackHub.Web.Errors;
using StackHub.Web.Idempotency;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Intake;

/// <summary>
/// The public form for a company's own site or app: anybody may send a request and confirm it, as often as the form allows. Every answer is
/// the same whether the hub knows an address or not.
/// </summary>
internal static class IntakeApi
{
    private const string Tag = "Public intake";
    private static readonly string[] ProblemTypes = [Problem.ContentType];

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("intake/requests", SubmitAsync).WithName("askForOneself").WithTags(Tag).Answered();
        api.MapPost("intake/confirm", ConfirmAsync).WithName("confirmOwnRequest").WithTags(Tag).Answered();
    }

    /// <summary>Sends a request for oneself. A code goes to the address, and the request counts once it is confirmed; what only stops something needs none.</summary>
    internal static async Task<Results<Accepted<SaidView>, ProblemResult>> SubmitAsync(AskBody body, HttpContext context, IntakeDesk desk, PrivacySignals signals, IntakeLimits limits, HubModel model, IOptions<WebOptions> options, CancellationToken cancellationToken)
    {
        if (Refusal(context, limits, model, options.Value) is { } refusal)
            return refusal;
        var kinds = (body.Kinds ?? []).Select(PrivacyRequestKinds.Parse).ToArray();
        if (kinds.Any(kind => kind is null))
            return Problems.BadBody("kinds", $"of {string.Join(", ", PrivacyRequestKinds.All.Select(PrivacyRequestKinds.Of))}");
        var form = new IntakeForm([.. kinds.OfType<PrivacyRequestKind>().Distinct()], (body.Email ?? "").Trim(), Text(body.Phone), Text(body.Place), Text(body.Message), TicketOf(context));
        if (await desk.SubmitAsync(form, cancellationToken) is IntakeAnswer.Invalid invalid)
            return Problems.Refused(422, "not-sent", "The request cannot be sent like this", string.Join(' ', invalid.Problems.Select(problem => $"{(problem.Field == "kind" ? "kinds" : problem.Field)}: {problem.Words}")));
        await signals.HonourAsync(context, form.Email, cancellationToken);
        return TypedResults.Accepted((string?)null, new SaidView(StackHub.Privacy.Verification.PublicAnswer.Received.Text));
    }

    /// <summary>The code or the link's token that came to the address, with the reference beside it.</summary>
    internal static async Task<Results<Accepted<SaidView>, ProblemResult>> ConfirmAsync(ConfirmBody body, HttpContext context, IntakeDesk desk, IntakeLimits limits, HubModel model, IOptions<WebOptions> options, CancellationToken cancellationToken)
    {
        if (Refusal(context, limits, model, options.Value) is { } refusal)
            return refusal;
        var answer = await desk.ConfirmAsync(body.Reference, Text(body.Code), Text(body.Token), cancellationToken);
        return answer.Status == StatusCodes.Status200OK
            ? TypedResults.Accepted((string?)null, new SaidView(answer.Text))
            : Problems.Refused(answer.Status, "not-confirmed", "It was not confirmed", answer.Text);
    }

    /// <summary>As at the form: not where it is closed, not too often, and from no other site's page.</summary>
    private static ProblemResult? Refusal(HttpContext context, IntakeLimits limits, HubModel model, WebOptions options)
    {
        if (!model.Privacy.Intake.Open)
            return Problems.OfStatus(404);
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            return Problems.CrossSite();
        return limits.Take(CallerAddress.Of(context, options)) is { } wait
            ? new(new(429, "too-many-forms", "Too many requests were sent", $"Wait {Ages.Of(wait)} and send it again.")) { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) }
            : null;
    }

    /// <summary>The same for the same submission, sent again.</summary>
    private static string TicketOf(HttpContext context) =>
        context.Request.Headers[PostOnce.Header] is [{ Length: > 0 and <= 200 } key] ? $"api\n{key}" : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static void Answered(this RouteHandlerBuilder builder)
    {
        builder.ForEveryone();
        foreach (var status in (ReadOnlySpan<int>)[400, 401, 403, 404, 409, 413, 415, 422, 429, 500])
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(Problem), ProblemTypes));
    }
}

/// <summary>A request as a visitor sends it; it never prints.</summary>
/// <param name="Kinds">What is asked for: access, erasure, rectification, portability, restriction, objection, opt-out-of-sale, limit-sensitive-data.</param>
/// <param name="Email">The address that the company knows them by; a code goes there.</param>
/// <param name="Place">Country or state they live in, such as DE or US-CA.</param>
public sealed record AskBody(IReadOnlyList<string>? Kinds, string? Email, string? Phone, string? Place, string? Message)
{
    public override string ToString() => "[request]";
}

/// <summary>Shows that a request is the visitor's own.</summary>
/// <param name="Reference">As the message with the code says it.</param>
/// <param name="Token">Of the link, instead of the code.</param>
public sealed record ConfirmBody(string? Reference, string? Code, string? Token)
{
    public override string ToString() => "[code]";
}

/// <summary>What a visitor is told.</summary>
public sealed record SaidView(string Message);
