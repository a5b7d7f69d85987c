using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Calendars;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Service;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Rules;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Testing.Storage;
using StackHub.Triggers;

namespace StackHub.Tests.Lifecycle;

/// <summary>
/// A hub with a lifecycle in 2026, told by hand what systems say: sfdc is the CRM, mkto the marketing tool, bill the billing, gains the
/// customer success tool. Its clock stands where the test puts it.
/// </summary>
internal sealed class LifecycleScene : IAsyncDisposable
{
    public static readonly SystemId Crm = new("sfdc");
    public static readonly SystemId Marketing = new("mkto");
    public static readonly SystemId Billing = new("bill");
    public static readonly SystemId Success = new("gains");
    private static readonly FieldPolicy Hub = new(PolicyKind.SystemOfRecord, [HubAuthor.System], BlankNeverWins: false);
    private readonly Action<LifecycleScene>? configure;
    private ServiceProvider services = null!;
    private int made;

    /// <param name="configure">Changes the scene before the hub starts.</param>
    public LifecycleScene(Action<LifecycleScene>? configure = null)
    {
        this.configure = configure;
        Time = new(At(1, 1));
        Queue = new(Time);
        Start(Plan());
    }

    public ManualTime Time { get; }

    public InMemoryTables Tables { get; } = new();

    public InMemoryQueue Queue { get; }

    public InMemoryBlobs Blobs { get; } = new();

    public BusinessCalendar Hours { get; set; } = BusinessCalendar.Always;

    public TimeSpan RemindBefore { get; set; }

    public StageProjection MarketingIsGiven { get; set; }

    public ImmutableArray<KeyValuePair<string, string>> CrmStages { get; set; } =
    [
        KeyValuePair.Create("Working", "sal"), KeyValuePair.Create("Qualified", "sql"), KeyValuePair.Create("Unqualified", "disqualified"), KeyValuePair.Create("Nurture", "recycled"),
    ];

    public ImmutableDictionary<string, int> Ageing { get; set; } = ImmutableDictionary<string, int>.Empty;

    public ImmutableArray<ScoreRule> ScoreRules { get; set; } = [new(1, At(1, 1), 90)];

    public RuleFields Asked { get; } = new([new("country", RuleType.Text), new("p1Open", RuleType.Flag), new("leadScore", RuleType.Number)]);

    public static DateTimeOffset At(int month, int day, int hour = 0, int minute = 0, int second = 0) => new(2026, month, day, hour, minute, second, TimeSpan.Zero);

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>A process that knows nothing any more, with the rules as they are now.</summary>
    public void Start(LifecyclePlan plan)
    {
        services?.Dispose();
        services = Build(plan);
    }

    public LifecyclePlan Plan()
    {
        configure?.Invoke(this);
        return new("test", LifecycleMachine.Default,
        [
            new(Crm, "crm", "leadStatus", CrmStages) { Deals = true, Reason = "reason", Revisit = "revisit", Expires = "expires" },
            new(Marketing, "map", "lifecycleStage", [KeyValuePair.Create("lead", "inquiry")]) { Projection = MarketingIsGiven },
            new(Billing, "billing", "account.subscription", [KeyValuePair.Create("active", "customer"), KeyValuePair.Create("ended", "churned")]),
            new(Success, "cs", "lifecycleStage", []),
        ])
        {
            Fields = Asked,
            Score = new("leadScore", ScoreRules, Asked),
            FastLanes = [new("demo", "lastForm", ["demo"], ServiceTerm.Minutes(5))],
            Suppressed = new Condition.Test("p1Open", RuleOperator.Is, ["true"]),
            Touch = "touchedAt",
            Interest = "interest",
            Owned = "products",
            Hours = Hours,
            RemindBefore = RemindBefore,
            Ageing = Ageing,
        };
    }

    /// <summary>A person, account or opportunity whom nobody has said anything of.</summary>
    public RecordId New() => RecordId.Parse($"0198c0de000070008000{++made:x12}");

    /// <summary>A system says one thing of a record; nobody is told yet.</summary>
    public Task ObserveAsync(RecordKind kind, RecordId id, SystemId system, string field, string? value, DateTimeOffset at) =>
        Get<RecordStore>().ChangeAsync(id, record => Merging.See(record, id, new(new(system, kind.ToString(), id.ToString()), kind, at, Complete: false, [(field, new(value), at)]), Horizon.Default), CancellationToken.None);

    /// <summary>A system says one thing of a person, the hub hears of it at that time, and follows.</summary>
    public async Task<JourneyHead> SaysAsync(RecordId person, SystemId system, string field, string? value, DateTimeOffset at, DateTimeOffset? heardAt = null)
    {
        await ObserveAsync(RecordKind.Person, person, system, field, value, at);
        return await HearAsync(person, heardAt ?? at);
    }

    /// <summary>Everything said of the record so far is followed, and what the hub decided is in the records.</summary>
    public async Task<JourneyHead> HearAsync(RecordId id, DateTimeOffset at)
    {
        if (Time.GetUtcNow() < at)
            Time.Advance(at - Time.GetUtcNow());
        await Get<LifecycleFlow>().RunAsync(id, again: false, CancellationToken.None);
        await PumpAsync();
        return await HeadAsync(id);
    }

    public async Task<JourneyHead> HeadAsync(RecordId person) => (await Get<LifecycleLedger>().HeadAsync(person, CancellationToken.None)).Head;

    public async Task<Journey> JourneyAsync(RecordId person, Motion? motion = null) => (await HeadAsync(person)).Journeys.Single(journey => journey.Motion == (motion ?? Motion.New));

    public async Task PumpAsync()
    {
        var pump = Get<QueuePump>();
        for (var handled = 1; handled > 0;)
        {
            handled = 0;
            foreach (var handler in services.GetServices<IQueueHandler>().Where(handler => handler.Queue is Queues.Inbound or Queues.Lifecycle))
                handled += await pump.PumpOnceAsync(handler, CancellationToken.None);
        }
    }

    public async Task TickAsync(DateTimeOffset at)
    {
        if (Time.GetUtcNow() < at)
            Time.Advance(at - Time.GetUtcNow());
        await services.GetServices<ITimerHandler>().OfType<ClockTimer>().Single().RunAsync(CancellationToken.None);
        await PumpAsync();
    }

    /// <summary>What the hub says of the record in a field.</summary>
    public async Task<string?> ValueAsync(RecordId id, string field)
    {
        var record = (await Get<RecordStore>().ReadAsync(id, CancellationToken.None))!.Record;
        return Get<HubModel>().View(record, Get<Redirects>().Follow).Text(field);
    }

    public async Task MergeAsync(RecordId one, RecordId other)
    {
        await Get<RecordMerger>().MergeAsync(one, other, "test", CancellationToken.None);
        await HearAsync(one, Time.GetUtcNow());
        await HearAsync(other, Time.GetUtcNow());
    }

    public async ValueTask DisposeAsync() => await services.DisposeAsync();

    public ServiceProvider Build(LifecyclePlan plan) => new ServiceCollection()
        .AddSingleton<TimeProvider>(Time)
        .AddSingleton<ITableStore>(Tables)
        .AddSingleton<IMessageQueue>(Queue)
        .AddSingleton<IBlobStore>(Blobs)
        .AddSingleton(new HubModel([], Fields()) { Lifecycle = plan })
        .AddSingleton(new HubKeys(new byte[32]))
        .AddStackHub(new(SingleProcess: false) { Owner = "scene" })
        .AddSingleton(new ConnectorSet([]))
        .BuildServiceProvider();

    private static Dictionary<RecordKind, ImmutableArray<FieldDefinition>> Fields() => new()
    {
        [RecordKind.Person] =
        [
            Own("leadStatus"), Own("lifecycleStage", Hub), Own("lifecycleHighWater", Hub), Own("slaDueAt", Hub, FieldType.Instant), Own("slaBreach", Hub), Own("leadScore", new(PolicyKind.Max, []), FieldType.Number),
            Own("reason"), Own("revisit"), Own("expires"), Own("lastForm"), Own("interest"), Own("products", type: FieldType.Set), Own("touchedAt", type: FieldType.Instant), Own("country"), Own("p1Open", type: FieldType.Boolean),
            Own("email"), Own("company"), Own("isConverted", type: FieldType.Boolean), Own("account", type: FieldType.Reference), Own("phone"),
        ],
        [RecordKind.Account] = [Own("name"), Own("domain"), Own("lifecycleStage", Hub), Own("marketingQualified", Hub, FieldType.Boolean), Own("subscription")],
        [RecordKind.Opportunity] = [Own("isClosed", type: FieldType.Boolean), Own("isWon", type: FieldType.Boolean), Own("stage"), Own("contacts", type: FieldType.References), Own("account", type: FieldType.Reference)],
    };

    private static FieldDefinition Own(string name, FieldPolicy? policy = null, FieldType type = FieldType.Text) => new(name, type) { Policy = policy ?? new(PolicyKind.MostRecent, [], BlankNeverWins: false) };
}
