using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Routing;
using StackHub.Routing.Board;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Records;
using StackHub.Web.Routing.Simulating;
using StackHub.Web.Security;

namespace StackHub.Web.Routing;

/// <summary>Who gets which lead, and why.</summary>
internal static class RoutingEndpoints
{
    private const int Latest = 100;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("routing", ShowAsync).WithName("getRouting").WithTags("Routing").Needs(Role.Viewer, 404);
        api.MapGet("routing/decisions", DecisionsAsync).WithName("listRoutingDecisions").WithTags("Routing").Needs(Role.Viewer, 404);
        api.MapPost("routing/leads/{id}/move", MoveAsync).WithName("moveLead").WithTags("Routing").Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapGet("routing/leads/{id}/what-if", WhatIfAsync).WithName("previewLead").WithTags("Routing").Needs(Role.Viewer, 404, 422);
        api.MapGet("routing/leads/{id}", OfLeadAsync).WithName("listRoutingsOfLead").WithTags("Routing").Needs(Role.Viewer, 404, 422);
        SimulationEndpoints.Map(api);
    }

    /// <summary>The rules in their order, and the pools as they stand.</summary>
    internal static async Task<Results<Ok<RoutingView>, ProblemResult>> ShowAsync(HubModel model, RoutingBoard board, CancellationToken cancellationToken) =>
        model.Routing is { } plan ? TypedResults.Ok(RoutingView.Of(plan, await board.PoolsAsync(plan, cancellationToken))) : Problems.NotFound("routing");

    /// <summary>The latest hundred decisions, the newest first.</summary>
    internal static async Task<Results<Ok<DecisionView[]>, ProblemResult>> DecisionsAsync(HubModel model, RoutingBoard board, CancellationToken cancellationToken) =>
        model.Routing is { } plan ? TypedResults.Ok<DecisionView[]>([.. (await board.RecentAsync(plan, Latest, cancellationToken)).Select(DecisionView.Of)]) : Problems.NotFound("routing");

    /// <summary>Releases a lead from the holding queue out of its turn, or takes it from its owner: it goes to whoever is named, else to whoever is next. Kept in the ledger with who and why; the same words again are carried out once.</summary>
    /// <param name="id">The person's record id.</param>
    internal static async Task<Results<Ok<DecisionView>, ProblemResult>> MoveAsync(string id, MoveLead body, HttpContext context, OrderDesk desk, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } lead)
            return Problems.BadParameter("id", "a record's id");
        if (GivenReason.Read(body.Reason) is not { } reason)
            return Problems.BadBody("reason", GivenReason.Cure);
        return await desk.MoveAsync(lead, new(Caller.Of(context).Id, reason, body.Owner is { } owner ? new OwnerId(owner) : null), body.Attempt, cancellationToken) switch
        {
            OrderAnswer.Done done => TypedResults.Ok(DecisionView.Of(done.Last)),
            OrderAnswer.Refused { Why: OrderRefusal.NoRouting } => Problems.NotFound("routing"),
            OrderAnswer.Refused { Why: OrderRefusal.NoPerson } => Problems.NotFound("lead"),
            OrderAnswer.Refused refused => Problems.Conflict(refused.Code, "The lead was not moved", refused.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>What would have to change for an owner or a pool to get this lead now: which checks fail, on every way there, the shortest first. Nothing is written.</summary>
    /// <param name="id">The person's record id.</param>
    /// <param name="for">"owner NAME" or "pool NAME".</param>
    internal static async Task<Results<Ok<WhatIfView>, ProblemResult>> WhatIfAsync(string id, string? @for, HubModel model, LeadPreview preview, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } lead)
            return Problems.BadParameter("id", "a record's id");
        if (model.Routing is not { } plan)
            return Problems.NotFound("routing");
        if (WhatIfTarget.Parse(@for) is not { } target || !target.IsIn(plan))
            return Problems.BadParameter("for", "an owner or a pool of the rules, such as 'owner ann' or 'pool sales'");
        return await preview.AskAsync(lead, target, cancellationToken) is { } answer ? TypedResults.Ok(WhatIfView.Of(lead, answer)) : Problems.NotFound("lead");
    }

    /// <summary>Every routing of one lead, the first one first: what was considered, who was not chosen and why.</summary>
    /// <param name="id">The person's record id.</param>
    internal static async Task<Results<Ok<DecisionView[]>, ProblemResult>> OfLeadAsync(string id, RoutingLedger ledger, Redirects redirects, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } lead)
            return Problems.BadParameter("id", "a record's id");
        await redirects.EnsureFreshAsync(cancellationToken);
        var entries = await ledger.OfAsync(redirects.Follow(lead), cancellationToken);
        return entries.Count == 0 ? Problems.NotFound("routing") : TypedResults.Ok<DecisionView[]>([.. entries.Select(DecisionView.Of)]);
    }
}
