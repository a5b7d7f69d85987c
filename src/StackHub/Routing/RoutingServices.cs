using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Routing.Board;
using StackHub.Routing.Capacity;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Suppression;
using StackHub.Triggers;

namespace StackHub.Routing;

public static class RoutingServices
{
    /// <summary>Routing; without a section of it in the file nothing is heard of, and nothing done.</summary>
    public static IServiceCollection AddLeadRouting(this IServiceCollection services) => services
        .AddSingleton(provider => RoutingSubscription.Of(provider.GetRequiredService<HubModel>().Routing))
        .AddSingleton<LeadReleases>()
        .AddSingleton<RoutingLedger>()
        .AddSingleton<LeadRouter>()
        .AddSingleton<LeadFiles>()
        .AddSingleton<OwnerEffects>()
        .AddSingleton<HoldingAlerts>()
        .AddSingleton<ISubjectStore, RoutingCopies>()
        .AddSingleton<RoutingDesk>()
        .AddSingleton<CapacitySignals>()
        .AddSingleton<OrderDesk>()
        .AddSingleton<LeadPreview>()
        .AddSingleton<RoutingBoard>()
        .AddSingleton<IQueueHandler, RoutingHandler>()
        .AddSingleton<ITimerHandler, HoldingTimer>();
}
