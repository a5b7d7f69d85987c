using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Routing.Board;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Routing.Signals;
using StackHub.Routing.Simulating;
using StackHub.Suppression;
using StackHub.Triggers;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Routing;

public static class RoutingServices
{
    /// <summary>Routing; without a section of it in the file nothing is heard of, and nothing done.</summary>
    public static IServiceCollection AddLeadRouting(this IServiceCollection services)
    {
        services.TryAddSingleton<INoticeChannel, HttpNotices>();
        return services.AddSignals().AddDecisions();
    }

    private static IServiceCollection AddSignals(this IServiceCollection services) => services
        .AddSingleton<SignalOutbox>()
        .AddSingleton<SignalBodies>()
        .AddSingleton<SignalSender>()
        .AddSingleton<CapacityWatch>();

    private static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton(provider => RoutingSubscription.Of(provider.GetRequiredService<HubModel>().Routing))
        .AddSingleton<LeadReleases>()
        .AddSingleton<RoutingLedger>()
        .AddSingleton<LeadRouter>()
        .AddSingleton<LeadFiles>()
        .AddSingleton<OwnerEffects>()
        .AddSingleton<HoldingAlerts>()
        .AddSingleton<ISubjectStore, RoutingCopies>()
        .AddSingleton<RoutingDesk>()
        .AddSingleton<OrderDesk>()
        .AddSingleton<LeadPreview>()
        .AddSingleton<RoutingBoard>()
        .AddSingleton<RecordedRoutings>()
        .AddSingleton<SimulationDesk>()
        .AddSingleton<IQueueHandler, RoutingHandler>()
        .AddSingleton<ITimerHandler, HoldingTimer>();
}
