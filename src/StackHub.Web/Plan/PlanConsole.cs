using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Runs;
using StackHub.Web.Errors;
using StackHub.Web.Paging;
using StackHub.Web.Records;
using StackHub.Web.Shell;
using StackHub.Web.Systems;

namespace StackHub.Web.Plan;

/// <summary>The page of what would be written.</summary>
internal static class PlanConsole
{
    public static void Map(IEndpointRouteBuilder console) => console.MapGet("plan", ShowAsync).Allows(Role.Viewer);

    internal static async Task<IResult> ShowAsync(
        string? system, [AsParameters] PageQuery page, HubModel model, SyncPlan plan, PlanPages pages, SystemReader reader, RecordNames names, Cursors cursors, CancellationToken cancellationToken)
    {
        var only = Queries.System(model, system);
        if (system is not null && only is null)
            return Problems.BadParameter("system", "the name of a configured system");
        var list = $"console-plan:{only?.Name}";
        var (place, take, problem) = cursors.Read(page, list);
        if (problem is not null)
            return problem;
        var counts = place is null ? await plan.CountAsync(only, cancellationToken) : null;
        var (writes, next) = await pages.ReadAsync(only, place, take, cancellationToken);
        var systems = new List<SystemView>();
        foreach (var id in model.Order)
            systems.Add(await reader.ReadAsync(id, cancellationToken));
        var known = await names.OfAsync(writes.SelectMany(Mentioned), cancellationToken);
        return PageResult.Of<SyncPlanPage>("Sync plan", new PlanModel(only, systems, counts, writes, known, cursors.Write(next, list), place is not null));
    }

    private static IEnumerable<RecordId> Mentioned(WriteView write) =>
        write.Fields.SelectMany(field => ShownValue.Ids(field.Held).Concat(ShownValue.Ids(field.Wanted))).Prepend(write.Record);
}
