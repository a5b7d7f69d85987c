using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Runs;

/// <summary>Backfills, syncs, reconciles and polls, in the background.</summary>
internal static class RunEndpoints
{
    private const string List = "runs";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("runs", StartAsync).WithName("startRun").WithTags("Runs").Needs(Role.Operator, 409, 413, 415, 422);
        api.MapGet("runs", ListAsync).WithName("listRuns").WithTags("Runs").Needs(Role.Viewer);
        api.MapGet("runs/{id}", GetAsync).WithName("getRun").WithTags("Runs").Needs(Role.Viewer, 404);
    }

    /// <summary>Starts a run; its Location tells how it fares.</summary>
    internal static async Task<Results<Accepted<RunView>, ProblemResult>> StartAsync(StartRun start, HttpContext context, HubModel model, Runner runner, CancellationToken cancellationToken)
    {
        if (KindOf(start.Kind) is not { } kind)
            return Problems.BadBody("kind", "backfill, sync, reconcile, rematch or poll");
        var system = Queries.System(model, start.System);
        if (start.System is not null && (system is null || OfAll(kind)))
            return Problems.BadBody("system", OfAll(kind) ? "left out: such a run is of all systems" : "the name of a configured system; api/systems lists them");
        if (start.Restart == true && kind != RunKind.Backfill)
            return Problems.BadBody("restart", "left out: only a backfill can begin again");
        return await runner.StartAsync(kind, system, start.Restart ?? false, Caller.Of(context).Id, cancellationToken) is { } run
            ? TypedResults.Accepted($"{context.Request.PathBase}/api/runs/{run.Id}", run)
            : Problems.Conflict("run-in-progress", "Such a run is under way", "Wait until it is over; api/runs lists it.");
    }

    /// <summary>Runs, newest first.</summary>
    internal static async Task<Results<Ok<Page<RunView>>, ProblemResult>> ListAsync([AsParameters] PageQuery page, Runner runner, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (runs, next) = await runner.ListAsync(place, take, cancellationToken);
        return TypedResults.Ok(new Page<RunView>(runs, cursors.Write(next, List)));
    }

    /// <summary>A run: its state, progress and report.</summary>
    /// <param name="id">The run's id.</param>
    internal static async Task<Results<Ok<RunView>, ProblemResult>> GetAsync(string id, Runner runner, CancellationToken cancellationToken)
    {
        if (Queries.Id(id) is not { } run)
            return Problems.BadParameter("id", "a run's id: 32 hexadecimal digits");
        return await runner.GetAsync(run, cancellationToken) is { } view ? TypedResults.Ok(view) : Problems.NotFound("run");
    }

    private static bool OfAll(RunKind kind) => kind is RunKind.Reconcile or RunKind.Rematch;

    private static RunKind? KindOf(string? name) => name switch
    {
        "backfill" => RunKind.Backfill,
        "sync" => RunKind.Sync,
        "reconcile" => RunKind.Reconcile,
        "poll" => RunKind.Poll,
        "rematch" => RunKind.Rematch,
        _ => null,
    };
}
