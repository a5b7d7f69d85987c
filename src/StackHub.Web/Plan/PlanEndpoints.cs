using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Sync.Runs;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Plan;

/// <summary>What would be written, and why, without writing.</summary>
internal static class PlanEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("plan", ReadAsync).WithName("getPlan").WithTags("Plan").Needs(Role.Viewer);

    /// <summary>Every record and field the hub would write, and why. Nothing is sent.</summary>
    /// <param name="system">Only writes to this system.</param>
    internal static async Task<Results<Ok<PlanPage>, ProblemResult>> ReadAsync(
        string? system, [AsParameters] PageQuery page, HubModel model, SyncPlan plan, PlanPages pages, Cursors cursors, CancellationToken cancellationToken)
    {
        var only = Queries.System(model, system);
        if (system is not null && only is null)
            return Problems.BadParameter("system", "the name of a configured system; api/systems lists them");
        var list = $"plan:{only?.Name}";
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return problem;
        var counts = page.Cursor is null ? (await plan.CountAsync(only, cancellationToken)).ToDictionary(count => count.Key.Name, count => count.Value) : null;
        var (items, next) = await pages.ReadAsync(only, place, take, cancellationToken);
        return TypedResults.Ok(new PlanPage(counts, items, cursors.Write(next, list)));
    }
}
