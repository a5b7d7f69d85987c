using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Routing.Reading;
using StackHub.Routing.Simulating;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Security;

namespace StackHub.Web.Routing.Simulating;

/// <summary>Rules that are tried before they are in force.</summary>
internal static class SimulationEndpoints
{
    private const string File = "rules";

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("routing/simulations", SimulateAsync).WithName("simulateRouting").WithTags("Routing").Needs(Role.Operator, 404, 413, 415, 422);

    /// <summary>Tries rules on the leads that came lately: who would have another owner and why, and what changes in waiting, fairness and promises. Nothing is written.</summary>
    internal static async Task<Results<Ok<SimulationView>, ProblemResult>> SimulateAsync(SimulateRules simulate, HubModel model, SimulationDesk desk, CancellationToken cancellationToken)
    {
        if (model.Routing is null)
            return Problems.NotFound("routing");
        if (simulate.Text() is not { } text)
            return Problems.BadBody("rules", "the text of a configuration file, or an object with routing");
        var (window, wrong) = SimulationSpans.Read(simulate.Last, simulate.WarmUp, simulate.Within);
        if (window is null)
            return Problems.BadBody(wrong!, SimulationSpans.SpanCure);
        var candidate = RoutingCandidate.Read(text, model, File);
        return candidate.Plan is { } plan
            ? TypedResults.Ok(SimulationView.Of(await desk.RunAsync(plan, window, cancellationToken), candidate.Findings))
            : Problems.BadRules(candidate.Problems.Select(RulePlace.Of));
    }
}
