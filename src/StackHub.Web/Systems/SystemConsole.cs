using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Actions;
using StackHub.Sync.Runs;
using StackHub.Web.Errors;
using StackHub.Web.Overview;
using StackHub.Web.Records;
using StackHub.Web.Shell;

namespace StackHub.Web.Systems;

/// <summary>The pages of systems, and what a person decides about one; each decision is asked for again before it is made.</summary>
internal static class SystemConsole
{
    private const int MaxReason = 200;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("systems", ListAsync).Allows(Role.Viewer);
        console.MapGet("systems/{id}", ShowAsync).Allows(Role.Viewer);
        console.MapGet("systems/{id}/approve", AskApproveAsync).Allows(Role.Approver);
        console.MapPost("systems/{id}/approve", ApproveAsync).Allows(Role.Approver);
        console.MapGet("systems/{id}/pause", AskPause).Allows(Role.Operator);
        console.MapPost("systems/{id}/pause", PauseAsync).Allows(Role.Operator);
        console.MapGet("systems/{id}/resume", AskResumeAsync).Allows(Role.Operator);
        console.MapPost("systems/{id}/resume", ResumeAsync).Allows(Role.Operator);
    }

    internal static async Task<IResult> ListAsync(HubModel model, OverviewReader reader, CancellationToken cancellationToken)
    {
        var systems = new List<SystemSnapshot>();
        foreach (var system in model.Order)
            systems.Add(await reader.ReadAsync(system, cancellationToken));
        return PageResult.Of<SystemsPage>("Systems", new SystemsModel(systems));
    }

    internal static async Task<IResult> ShowAsync(string id, HubModel model, OverviewReader reader, CursorStore cursors, VendorBudget budget, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        var objects = new List<ReadProgress>();
        foreach (var type in model.Systems[system].Objects)
        {
            var full = await cursors.BackfillAsync(system, type.ObjectType, cancellationToken);
            var feed = await cursors.FeedAsync(system, type.ObjectType, cancellationToken);
            objects.Add(new(type, full?.Records ?? 0, full is { Done: true }, feed?.Time));
        }
        var limits = budget.Headroom().Where(limit => limit.System == system).Select(limit => new LimitUse(limit.Scope, limit.Window, limit.Free));
        return PageResult.Of<SystemPage>($"System {system}", new SystemModelView(await reader.ReadAsync(system, cancellationToken), objects, [.. limits]));
    }

    internal static async Task<IResult> AskApproveAsync(string id, HubModel model, SyncPlan plan, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        var count = (await plan.CountAsync(system, cancellationToken))[system];
        return Confirm($"Approve the plan of {system}?",
            [$"From then on the hub writes to {system} whenever it differs. What the plan holds now is allowed beyond the fuse's hourly limits, once."],
            system, "approve", "Approve and write", Facts(count), null);
    }

    internal static async Task<IResult> ApproveAsync(string id, HubModel model, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        return await actions.ApproveAsync(system, cancellationToken) is { } count
            ? new SaidResult($"systems/{system}", $"Approved: {Names.Count(count.Creates, "record")} to create and {count.Updates:N0} to update. A sync or reconcile run writes them now; changes are written as they come.")
            : Problems.Conflict("not-baselined", "The system was never read in full", "Start a backfill run of it, look at its plan, then approve.");
    }

    internal static IResult AskPause(string id, HubModel model) => Queries.System(model, id) is not { } system
        ? Problems.NotFound("system")
        : Confirm($"Pause writing to {system}?", ["Nothing is written to it until someone resumes it. Reading goes on, and what differs waits."], system, "pause", "Pause", [],
            new("reason", "Why", MaxReason, "Whoever looks at the system reads this."));

    internal static async Task<IResult> PauseAsync(string id, HttpContext context, HubModel model, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        var reason = context.Request.Form["reason"].ToString().Trim();
        if (reason.Length > MaxReason || reason.Any(char.IsControl))
            return Problems.BadBody("reason", $"a line of at most {MaxReason} characters");
        await actions.PauseAsync(system, reason.Length == 0 ? "paused by a person" : reason, cancellationToken);
        return new SaidResult($"systems/{system}", $"Writing to {system} is paused.");
    }

    internal static async Task<IResult> AskResumeAsync(string id, HubModel model, SyncPlan plan, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        var count = (await plan.CountAsync(system, cancellationToken))[system];
        return Confirm($"Resume writing to {system}?", ["What waits for it is written now, and is allowed beyond the fuse's hourly limits, once."], system, "resume", "Resume and write", Facts(count), null);
    }

    internal static async Task<IResult> ResumeAsync(string id, HubModel model, OperatorActions actions, CancellationToken cancellationToken)
    {
        if (Queries.System(model, id) is not { } system)
            return Problems.NotFound("system");
        await actions.ResumeAsync(system, cancellationToken);
        return new SaidResult($"systems/{system}", $"Writing to {system} goes on.");
    }

    private static PageResult Confirm(string title, string[] what, SystemId system, string action, string button, KeyValuePair<string, string>[] facts, ConfirmInput? input) =>
        PageResult.Of<ConfirmPage>(title, new ConfirmModel(title, what, $"systems/{system}/{action}", button, $"systems/{system}") { Facts = facts, Input = input });

    private static KeyValuePair<string, string>[] Facts(PlanCount count) =>
    [
        new("Records to create", $"{count.Creates:N0}"),
        new("Records to update", $"{count.Updates:N0}, {Names.Count(count.Fields, "field")} in all"),
        new("Values replaced", $"{count.Overwrites:N0} that are not empty now"),
        new("Calls, at least", $"{count.Calls:N0}"),
    ];
}
