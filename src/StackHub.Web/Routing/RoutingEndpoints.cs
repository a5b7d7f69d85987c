using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Routing.Board;
using StackHub.Routing.Ledger;
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
        api.MapGet("routing/leads/{id}", OfLeadAsync).WithName("listRoutingsOfLead").WithTags("Routing").Needs(Role.Viewer, 404, 422);
        SimulationEndpoints.Map(api);
    }

    /// <summary>The rules in their order, and the pools as they stand.</summary>
    internal static async Task<Results<Ok<RoutingView>, ProblemResult>> ShowAsync(HubModel model, RoutingBoard board, CancellationToken cancellationToken) =>
        model.Routing is { } plan ? TypedResults.Ok(RoutingView.Of(plan, await board.PoolsAsync(plan, cancellationToken))) : Problems.NotFound("routing");

    /// <summary>The latest hundred decisions, the newest first.</summary>
    internal static async Task<Results<Ok<DecisionView[]>, ProblemResult>> DecisionsAsync(HubModel model, RoutingBoard board, CancellationToken cancellationToken) =>
        model.Routing is { } plan ? TypedResults.Ok<DecisionView[]>([.. (await board.RecentAsync(plan, Latest, cancellationToken)).Select(DecisionView.Of)]) : Problems.NotFound("routing");

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
