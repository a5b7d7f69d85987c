using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using StackHub.Configuration;
using StackHub.Records;
using StackHub.Routing.Board;
using StackHub.Security;
using StackHub.Web.Records;
using StackHub.Web.Routing.Policy;
using StackHub.Web.Routing.Simulating;
using StackHub.Web.Shell;

namespace StackHub.Web.Routing;

/// <summary>The page of who gets which lead.</summary>
internal static class RoutingConsole
{
    private const int Latest = 25;

    public static void Map(IEndpointRouteBuilder console)
    {
        console.MapGet("routing", ShowAsync).Allows(Role.Viewer);
        RuleSetConsole.Map(console);
        SimulationConsole.Map(console);
    }

    internal static async Task<IResult> ShowAsync(HubModel model, RoutingBoard board, RecordNames names, CancellationToken cancellationToken)
    {
        if (model.Routing is not { } plan)
            return PageResult.Of<RoutingPage>("Routing", new RoutingModel(null, [], new Dictionary<RecordId, RecordName>()));
        var view = RoutingView.Of(plan, await board.PoolsAsync(plan, cancellationToken));
        var recent = await board.RecentAsync(plan, Latest, cancellationToken);
        var known = await names.OfAsync(recent.Select(entry => entry.Lead).Concat(view.Pools.SelectMany(pool => pool.Held)), cancellationToken);
        return PageResult.Of<RoutingPage>("Routing", new RoutingModel(view, [.. recent.Select(DecisionView.Of)], known));
    }
}
