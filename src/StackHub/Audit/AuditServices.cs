using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Audit.Catalogue;
using StackHub.Audit.Drills;
using StackHub.Audit.Gathering;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Audit.Measured;
using StackHub.Audit.Notices;
using StackHub.Audit.Running;
using StackHub.Configuration;
using StackHub.Triggers;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Audit;

public static class AuditServices
{
    public static IServiceCollection AddStackAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<IToolCatalogue>(_ => ToolCatalogue.Shipped);
        services.TryAddSingleton<INoticeChannel, HttpNotices>();
        return services
            .AddSingleton(provider => provider.GetRequiredService<HubModel>().Audit)
            .AddSingleton(ImportLimits.Default)
            .AddSingleton<ImportSnapshots>()
            .AddSingleton<InventoryImport>()
            .AddSingleton<FindingStore>()
            .AddSingleton<RunStore>()
            .AddSingleton<MeasuredStack>()
            .AddSingleton<RecordCensus>()
            .AddSingleton<HubSystems>()
            .AddSingleton<CredentialAges>()
            .AddSingleton<IntegrationGauge>()
            .AddSingleton<InventoryGatherer>()
            .AddSingleton<NoticeStore>()
            .AddSingleton<NoticeSender>()
            .AddSingleton<AuditDrills>()
            .AddSingleton<TrialStore>()
            .AddSingleton<TrialCalls>()
            .AddSingleton<Trials>()
            .AddSingleton<StackAudit>()
            .AddSingleton<ITimerHandler, AuditTimer>();
    }
}
