using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Privacy.Console;

/// <summary>The officers' inbox, a request's page and its receipt, and filing a request for somebody. Nobody else sees any of it.</summary>
internal static class PrivacyConsole
{
    private const int MostClosed = 200;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("privacy", ListAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapPost("privacy/find", FindAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapGet("privacy/new", New).Allows(Role.PrivacyOfficer);
        console.MapPost("privacy/new", SubmitAsync).Allows(Role.PrivacyOfficer);
        console.MapGet("privacy/requests/{id}", ShowAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        console.MapGet("privacy/requests/{id}/receipt", ReceiptAsync).AllowsEither(Role.PrivacyOfficer, Role.Approver);
        RequestForms.Map(console);
        BulkConsole.Map(console);
    }

    internal static async Task<IResult> ListAsync(string? state, RequestInbox inbox, RequestHistory history, OfficerAlerts alerts, LawBook laws, CancellationToken cancellationToken)
    {
        var filter = state ?? InboxModel.Filters[0];
        if (!InboxModel.Filters.Contains(filter))
            return Problems.BadParameter("state", string.Join(", ", InboxModel.Filters));
        var lines = await inbox.ListAsync(cancellationToken);
        var feasible = await inbox.AllFeasibleAsync([.. lines.Select(line => line.Request)], cancellationToken);
        var model = InboxModel.Of(filter, lines, request => feasible[request.Id], await alerts.ListAsync(cancellationToken), laws);
        if (filter == InboxModel.Closed)
            model = model.With(await ClosedAsync(history, cancellationToken), laws);
        return PageResult.Of<InboxPage>("Privacy requests", model);
    }

    /// <summary>By its number, or by an address or number of the person: the index knows all of theirs, over or not.</summary>
    internal static async Task<IResult> FindAsync(HttpContext context, PrivacyStore store, RequestInbox inbox, LawBook laws, HubModel model, HubKeys keys, CancellationToken cancellationToken)
    {
        if (context.Request.Form.Text("q") is not { } query)
            return Problems.BadBody("q", "a request's number, or an address or phone number of the person");
        if (RequestId.TryParse(query) is { } id)
            return await store.FindAsync(id, cancellationToken) is null ? Problems.NotFound("request") : new SaidResult(PathOf(id), null);
        SubjectClaims who = query.Contains('@', StringComparison.Ordinal) ? new() { Emails = [query] } : new() { Phones = [query] };
        var lines = new List<InboxLine>();
        foreach (var found in await store.WithAsync(who.Aliases(model.PhoneRegion).Select(alias => alias.Hash(keys)), cancellationToken))
            if (await inbox.FindAsync(found, cancellationToken) is { } line)
                lines.Add(line);
        if (lines is [var only])
            return new SaidResult(PathOf(only.Request.Id), null);
        var feasible = await inbox.AllFeasibleAsync([.. lines.Select(line => line.Request)], cancellationToken);
        return PageResult.Of<FoundPage>("Requests of a person", new FoundModel([.. lines.OrderByDescending(line => line.Request.ReceivedAt).Select(line => InboxRow.Of(line, feasible[line.Request.Id], laws))]));
    }

    internal static IResult New(LawBook laws) => PageResult.Of<NewRequestPage>("New request", NewRequestModel.Empty(FormValues.NewKey(), laws));

    internal static async Task<IResult> SubmitAsync(HttpContext context, SubmitPrivacyRequest submit, LawBook laws, TimeProvider time, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        var filled = NewRequestModel.Read(form, laws);
        var (command, problems) = filled.Command(form, Caller.Of(context).Id, laws, time.GetUtcNow());
        if (command is not null)
            switch (await submit.HandleAsync(command, cancellationToken))
            {
                case SubmitAnswer.Taken { Requests: [var only] }:
                    return new SaidResult(PathOf(only), "Filed. Somebody else has to approve what will be done.");
                case SubmitAnswer.Taken taken:
                    return new SaidResult("privacy", $"Filed as {taken.Requests.Count} requests, one for each thing that is asked for.");
                case SubmitAnswer.Invalid invalid:
                    problems = invalid.Problems;
                    break;
            }
        return new PageResult(typeof(NewRequestPage), "New request", filled with { Problems = problems }) { Status = StatusCodes.Status400BadRequest };
    }

    /// <summary>Whoever looks may bring codes over: officers, never approvers.</summary>
    internal static async Task<IResult> ShowAsync(string id, HttpContext context, RequestDossier dossier, CancellationToken cancellationToken) =>
        RequestId.TryParse(id) is { } request && await dossier.LoadAsync(request, Caller.Of(context).May(Role.PrivacyOfficer), cancellationToken) is { } model
            ? PageResult.Of<RequestPage>($"{PrivacyPhrases.Of(model.Request.Kind)} {PrivacyPhrases.Number(request)}", model)
            : Problems.NotFound("request");

    internal static async Task<IResult> ReceiptAsync(string id, ReceiptDesk receipts, CancellationToken cancellationToken)
    {
        if (RequestId.TryParse(id) is not { } request)
            return Problems.NotFound("request");
        return await receipts.GetAsync(request, cancellationToken) switch
        {
            ReceiptAnswer.Issued issued => Results.File(Encoding.ASCII.GetBytes(issued.Text), "application/jose", $"receipt-{request}.jws"),
            ReceiptAnswer.TooEarly => Problems.Conflict("nothing-done", "There is nothing to certify yet", "A receipt is given once work has begun, or the request was answered."),
            ReceiptAnswer.Tampered => Problems.Conflict("evidence-changed", "The evidence is not as the hub wrote it", "No receipt is signed on it; the request's page says where it was changed."),
            _ => Problems.NotFound("request"),
        };
    }

    public static string PathOf(RequestId id) => $"privacy/requests/{id}";

    private static async Task<IReadOnlyList<PrivacyRequest>> ClosedAsync(RequestHistory history, CancellationToken cancellationToken)
    {
        var closed = new List<PrivacyRequest>();
        await foreach (var request in history.AllAsync(cancellationToken))
            if (!request.State.IsOpen())
                closed.Add(request);
        return [.. closed.OrderByDescending(request => request.ReceivedAt).Take(MostClosed)];
    }
}
