using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using StackHub.Audit;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Identity.Erasing;
using StackHub.Identity.Matching;
using StackHub.Leases;
using StackHub.Lifecycle;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Security;
using StackHub.Suppression;
using StackHub.Sync;
using StackHub.Sync.Actions;
using StackHub.Sync.Apply;
using StackHub.Sync.Conflicts;
using StackHub.Sync.DeadLetters;
using StackHub.Sync.Erasing;
using StackHub.Sync.Explain;
using StackHub.Sync.Intake;
using StackHub.Sync.Outbox;
using StackHub.Sync.Push;
using StackHub.Sync.Runs;
using StackHub.Triggers;
using StackHub.Webhooks;

namespace StackHub;

/// <summary>How the hub runs in this process.</summary>
/// <param name="SingleProcess">Nobody else serves the same store: leases are kept and wake-ups coalesced.</param>
public sealed record HubRunOptions(bool SingleProcess)
{
    /// <summary>Records kept in memory, at most.</summary>
    public int CachedRecords { get; init; } = 4_096;

    /// <summary>Cells of these records, at most: forty each, and some 250 bytes a cell.</summary>
    public int CachedCells { get; init; } = 4_096 * 40;

    /// <summary>The name under which this process holds leases; the process's own unless a test plays several.</summary>
    public string? Owner { get; init; }

    /// <summary>Pump queues and run timers here; off where a Functions host does, and in commands that only look.</summary>
    public bool Pump { get; init; } = true;
}

public static class StackHubServices
{
    /// <summary>
    /// The hub: needs the three storage ports, <see cref="HubModel"/>, <see cref="HubKeys"/>, <see cref="TimeProvider"/>,
    /// <see cref="IConnectorFactory"/>s and the systems' <see cref="ResolvedSettings"/> beside it.
    /// </summary>
    public static IServiceCollection AddStackHub(this IServiceCollection services, HubRunOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new SecretResolver([new EnvironmentSecrets()]));
        services.AddLogging();
        AddBase(services, options);
        AddIdentity(services);
        AddSync(services, options);
        services.AddLeadRouting();
        services.AddLifecycle();
        services.AddConsent();
        services.AddPrivacyModules();
        services.AddPrivacy();
        services.AddPrivacySurfaces();
        services.AddSingleton<SecretRotation>().AddHostedService(provider => provider.GetRequiredService<SecretRotation>());
        services.AddSingleton<ReplayMemory>().AddSingleton<WebhookIntake>();
        services.AddSingleton<FailedMessages>().AddSingleton<TimerTick>();
        services.AddStackAudit();
        if (options.Pump)
            AddPump(services);
        return services;
    }

    private static void AddBase(IServiceCollection services, HubRunOptions options) => services
        .AddSingleton(options)
        .AddSingleton(new RecordCache(options.CachedRecords, options.CachedCells))
        .AddSingleton<RecordStore>()
        .AddSingleton(options.Owner is { } owner ? new LeaseOwner(owner) : new LeaseOwner())
        .AddSingleton<LeaseStore>()
        .AddSingleton(new LeaseKeeperOptions(options.SingleProcess))
        .AddSingleton<LeaseKeeper>()
        .AddSingleton<ClockSkew>()
        .AddSingleton<VendorBudget>()
        .AddSingleton<IVendorBudget>(provider => provider.GetRequiredService<VendorBudget>())
        .AddSingleton<ITokenStore, TokenStore>()
        .AddSingleton<ApiKeyStore>()
        .AddSingleton<SystemStates>()
        .AddSingleton<ErasureDrills>()
        .AddSingleton<SystemCounters>()
        .AddSingleton<TrafficMeter>()
        .AddSingleton<TrafficStore>()
        .AddSingleton<SuppressionList>()
        .AddSingleton<DropSignals>()
        .AddSingleton<ISubjectStore, RecordCopies>()
        .AddSingleton<RefusedCredentials>()
        .AddSingleton<ConnectorBuilder>()
        .AddSingleton(provider => provider.GetRequiredService<ConnectorBuilder>().Build());

    private static void AddIdentity(IServiceCollection services) => services
        .AddSingleton<ClaimStore>()
        .AddSingleton<Redirects>()
        .AddSingleton<IdentityResolver>()
        .AddSingleton<RecordFinder>()
        .AddSingleton(provider => provider.GetRequiredService<HubModel>().Horizon)
        .AddSingleton(provider => new MatchSettings(MatchThresholds.Default, provider.GetRequiredService<HubModel>().PhoneRegion))
        .AddSingleton(provider => new AgencyList(provider.GetRequiredService<HubModel>().Agencies))
        .AddSingleton<AccountFinder>()
        .AddSingleton<PersonAccount>()
        .AddSingleton<RecordMerger>()
        .AddSingleton<MatchRequests>()
        .AddSingleton<Matcher>()
        .AddSingleton<KeyHolders>()
        .AddSingleton<ISubjectStore, ClaimCopies>()
        .AddSingleton<ISubjectStore, MatchCopies>();

    private static void AddSync(IServiceCollection services, HubRunOptions options) => services
        .AddSingleton<SyncTargets>()
        .AddSingleton<VendorReferences>()
        .AddSingleton(new PushSignalOptions(options.SingleProcess))
        .AddSingleton<PushSignals>()
        .AddSingleton<OutboxStore>()
        .AddSingleton<IWaitingWrites>(provider => provider.GetRequiredService<OutboxStore>())
        .AddSingleton<Emitter>()
        .AddSingleton<ConflictStore>()
        .AddSingleton<IOptOutAlarm, OptOutAlarm>()
        .AddSingleton<DeadLetterStore>()
        .AddSingleton<FieldWrites>()
        .AddSingleton<FlowSignals>()
        .AddSingleton<OwnWrites>()
        .AddSingleton<IReadAgain, ReadAgain>()
        .AddSingleton<ChangeApplier>()
        .AddSingleton<SentNotes>()
        .AddSingleton<WritePlanner>()
        .AddSingleton<WriteOutcomes>()
        .AddSingleton<WriteSender>()
        .AddSingleton<Drainer>()
        .AddSingleton<CursorStore>()
        .AddSingleton<Rematch>()
        .AddSingleton<Backfill>()
        .AddSingleton<Poll>()
        .AddSingleton<Reconcile>()
        .AddSingleton<SyncPlan>()
        .AddSingleton<Explainer>()
        .AddSingleton<OperatorActions>()
        .AddSingleton<IQueueHandler, InboundHandler>()
        .AddSingleton<IQueueHandler, PushHandler>()
        .AddSingleton<IQueueHandler, MatchHandler>()
        .AddSingleton<ITimerHandler, SweepTimer>()
        .AddSingleton<ISubjectStore, ConflictCopies>()
        .AddSingleton<ISubjectStore, DeadLetterCopies>()
        .AddSingleton<ISubjectStore, OutboxCopies>()
        .AddSingleton<ISubjectStore, SentCopies>();

    /// <summary>For a process whose queues and timers a Functions host drives: beside <see cref="AddStackHub"/> without its pump.</summary>
    public static IServiceCollection AddHostedTriggers(this IServiceCollection services) => services
        .AddSingleton<ITimerHandler, HostedPollTimer>()
        .AddSingleton<HostedTriggers>();

    private static void AddPump(IServiceCollection services) => services
        .AddSingleton(provider => PumpOptions.For(provider.GetRequiredService<HubModel>()))
        .AddSingleton<QueuePump>()
        .AddHostedService(provider => provider.GetRequiredService<TrafficMeter>())
        .AddHostedService(provider => provider.GetRequiredService<QueuePump>())
        .AddHostedService(provider => new Scheduler(
            [.. provider.GetServices<ITimerHandler>(), .. PollTimers(provider)],
            provider.GetRequiredService<TimerTick>(),
            provider.GetRequiredService<LeaseKeeper>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Scheduler>>()));

    /// <summary>One feed timer a configured system.</summary>
    public static IEnumerable<ITimerHandler> PollTimers(IServiceProvider provider) =>
        provider.GetRequiredService<HubModel>().Systems.Values.OrderBy(system => system.Id).Select(system => new PollTimer(system, provider.GetRequiredService<Poll>()));
}
