using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;
using StackHub.Web.Shell;

namespace StackHub.Web.Runs;

/// <summary>The pages of runs, and starting one.</summary>
internal static class RunConsole
{
    private const string List = "console-runs";

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("runs", ListAsync).Allows(Role.Viewer);
        console.MapGet("runs/{id}", ShowAsync).Allows(Role.Viewer);
        console.MapPost("runs", StartAsync).Allows(Role.Operator);
    }

    internal static async Task<IResult> ListAsync([AsParameters] PageQuery page, Runner runner, HubModel model, Cursors cursors, CancellationToken cancellationToken)
    {
        var (place, take, problem) = cursors.Read(page, List);
        if (problem is not null)
            return problem;
        var (runs, next) = await runner.ListAsync(place, take, cancellationToken);
        return PageResult.Of<RunsPage>("Runs", new RunsModel(runs, model.Order, cursors.Write(next, List), place is not null));
    }

    internal static async Task<IResult> ShowAsync(string id, Runner runner, CancellationToken cancellationToken) =>
        Queries.Id(id) is { } run && await runner.GetAsync(run, cancellationToken) is { } view ? PageResult.Of<RunPage>($"Run {id[^Math.Min(8, id.Length)..]}", view) : Problems.NotFound("run");

    internal static async Task<IResult> StartAsync(HttpContext context, HubModel model, Runner runner, CancellationToken cancellationToken)
    {
        var form = context.Request.Form;
        if (!Enum.TryParse<RunKind>(form["kind"], ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
            return Problems.BadBody("kind", "backfill, sync, reconcile or poll");
        var named = form["system"].ToString();
        var system = Queries.System(model, named);
        if (named.Length > 0 && (system is null || kind == RunKind.Reconcile))
            return Problems.BadBody("system", kind == RunKind.Reconcile ? "all: a reconcile compares every system" : "one of the configured systems");
        return await runner.StartAsync(kind, system, restart: false, Caller.Of(context).Id, cancellationToken) is { } run
            ? new SaidResult($"runs/{run.Id}", $"{Names.Of(kind)} of {(system is { } one ? one.Name : "all systems")} started.")
            : Problems.Conflict("run-in-progress", "Such a run is under way", "Wait until it is over; the list of runs shows it.");
    }
}
