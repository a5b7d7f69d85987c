using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Flows;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Agreement;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Options;
using StackHub.Lifecycle.Overrides;
using StackHub.Lifecycle.Reports;
using StackHub.Lifecycle.Service;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Triggers;
using StackHub.Suppression;

namespace StackHub.Lifecycle;

public static class LifecycleServices
{
    /// <summary>Without a lifecycle in the configuration it hears of nothing and does nothing.</summary>
    public static IServiceCollection AddLifecycle(this IServiceCollection services) => services
        .AddSingleton(provider => new FlowSubscription(Queues.Lifecycle, provider.GetRequiredService<HubModel>().Lifecycle?.Reads() ?? FrozenDictionary<RecordKind, FrozenSet<string>>.Empty))
        .AddSingleton<LifecycleLedger>()
        .AddSingleton<LifecycleFindings>()
        .AddSingleton<DueClocks>()
        .AddSingleton<AccountBoard>()
        .AddSingleton<JourneyEffects>()
        .AddSingleton<CaseReader>()
        .AddSingleton<LifecycleFlow>()
        .AddSingleton<ISubjectStore, LifecycleCopies>()
        .AddSingleton<OverrideStore>()
        .AddSingleton<OverrideDesk>()
        .AddSingleton<LifecycleReplay>()
        .AddSingleton<IQueueHandler, LifecycleHandler>()
        .AddSingleton<AgreementStore>()
        .AddSingleton<StageOptionReader>()
        .AddSingleton<OptionStore>()
        .AddSingleton<LifecycleReports>()
        .AddSingleton<ITimerHandler, ClockTimer>()
        .AddSingleton<ITimerHandler, AgreementTimer>();
}
