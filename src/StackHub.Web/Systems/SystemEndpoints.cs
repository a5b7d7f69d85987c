using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.Runs;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Security;

namespace StackHub.Web.Systems;

/// <summary>The connected systems, and what a person decides about them.</summary>
internal static class SystemEndpoints
{
    private const int MaxReason = 200;

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("systems", ListAsync).WithName("listSystems").WithTags("Systems").Needs(Role.Viewer);
        api.MapPost("systems/{id}/approve", ApproveAsync).WithName("approveSystem").WithTags("Systems").Needs(Role.Approver, 404, 409, 422);
        api.MapPost("systems/{id}/pause", PauseAsync).WithName("pauseSystem").WithTags("Systems").Needs(Role.Operator, 404, 409, 413, 415, 422);
        api.MapPost("systems/{id}/resume", ResumeAsync).WithName("resumeSystem").WithTags("Systems").Needs(Role.Operator, 404, 409, 422);
    }

    /// <summary>All systems: stage, mode, pause, what waits for them and what was done to them.</summary>
    internal static async Task<Ok<Page<SystemView>>> ListAsync(HubModel model, SystemReader reader, CancellationToken cancellationToken)
    {
        var systems = new List<SystemView>(model.Order.Length);
        foreach (var system in model.Order)
            systems.Add(await reader.ReadAsync(system, cancellationToken));
        return TypedResults.Ok(new Page<SystemView>(systems, null));
    }

    /// <summary>Approves a baselined system's first plan; answers what it will write.</summary>
    /// <param name="id">The system's name.</param>
    internal static async Task<Results<Ok<PlanCount>, ProblemResult>> ApproveAsync(string id, HubModel model, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        return await actions.ApproveAsync(system, cancellationToken) is { } count
            ? TypedResults.Ok(count)
            : Problems.Conflict("not-baselined", "The system was never read in full", "Start a backfill run of it, look at its plan, then approve.");
    }

    /// <summary>Stops writing to a system; reading goes on.</summary>
    /// <param name="id">The system's name.</param>
    internal static async Task<Results<Ok<SystemView>, ProblemResult>> PauseAsync(string id, PauseSystem? pause, HubModel model, OperatorActions actions, SystemReader reader, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        if (pause?.Reason is { } reason && (reason.Length > MaxReason || reason.Any(char.IsControl)))
            return Problems.BadBody("reason", $"a line of at most {MaxReason} characters");
        await actions.PauseAsync(system, string.IsNullOrWhiteSpace(pause?.Reason) ? "paused by a person" : pause.Reason, cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(system, cancellationToken));
    }

    /// <summary>Goes on writing to a paused system; what waits for it is allowed beyond the fuse's limits, once.</summary>
    /// <param name="id">The system's name.</param>
    internal static async Task<Results<Ok<SystemView>, ProblemResult>> ResumeAsync(string id, HubModel model, OperatorActions actions, SystemReader reader, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        await actions.ResumeAsync(system, cancellationToken);
        return TypedResults.Ok(await reader.ReadAsync(system, cancellationToken));
    }
}
