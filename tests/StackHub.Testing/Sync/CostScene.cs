using StackHub.Flows;
using StackHub.Sync.Intake;
using StackHub.Sync.Push;
using StackHub.Testing.Connecting;
using StackHub.Triggers;
using StackHub.Webhooks;

namespace StackHub.Testing.Sync;

/// <summary>What a number of changes cost: storage operations up to the outbox, and those of writing them to the other systems.</summary>
/// <param name="Calls">Write calls to all systems.</param>
/// <param name="Written">Records in those calls.</param>
public sealed record Cost(int Changes, int Inbound, int Outbound, int Calls, int Written)
{
    public double InboundEach => (double)Inbound / Changes;

    public double OutboundEach => (double)Outbound / Math.Max(1, Written);
}

/// <summary>A hub of three systems that are in agreement, told of changes by webhook as in production, with every storage operation counted.</summary>
public sealed class CostScene : IAsyncDisposable
{
    private readonly FakeWebhooks webhooks = new();
    private readonly FakeSystem crm;
    private readonly List<string> ids = [];
    private readonly AdjustableTime time;

    private CostScene(AdjustableTime time)
    {
        this.time = time;
        crm = new("crm", time) { Webhooks = webhooks };
        Hub = new([crm, new("marketing", time), new("support", time)], time);
    }

    public HubHarness Hub { get; }

    public static async Task<CostScene> WithPeopleAsync(int people)
    {
        var scene = new CostScene(new AdjustableTime());
        for (var number = 0; number < people; number++)
            scene.Create(number);
        await scene.Hub.OnboardAsync();
        await scene.Hub.SettleAsync();
        return scene;
    }

    /// <summary>Each of the first so many people is edited once.</summary>
    public Task<Cost> EditAsync(int changes, string value) => MeasureAsync(changes, () =>
    {
        for (var number = 0; number < changes; number++)
            crm.Edit(ids[number], "job", $"{value} {number}");
    });

    public Task<Cost> CreateAsync(int changes) => MeasureAsync(changes, () =>
    {
        for (var number = 0; number < changes; number++)
            Create(ids.Count);
    });

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private async Task<Cost> MeasureAsync(int changes, Action edit)
    {
        edit();
        var edits = crm.Edits.ToArray();
        crm.Edits.Clear();
        var calls = Hub.Systems.Sum(system => system.WriteCalls);
        var written = Hub.Systems.Sum(system => system.RecordsWritten);
        time.Advance(TimeSpan.FromMinutes(1)); // all that is kept for seconds has to be read again, in every measurement alike,
        time.Hold(); // and once only, however slow the machine is
        await Hub.Get<TrafficMeter>().SaveAsync(CancellationToken.None); // or its minute would end here
        Hub.Operations.Clear();
        foreach (var change in edits)
            await Hub.Get<WebhookIntake>().TakeAsync("crm", webhooks.Delivery(change), CancellationToken.None);
        await PumpAsync<InboundHandler>();
        var inbound = Hub.Operations.Total;
        Hub.Operations.Clear();
        await PumpAsync<PushHandler>();
        time.Release();
        return new(changes, inbound, Hub.Operations.Total, Hub.Systems.Sum(system => system.WriteCalls) - calls, Hub.Systems.Sum(system => system.RecordsWritten) - written);
    }

    private async Task PumpAsync<THandler>() where THandler : IQueueHandler
    {
        var handler = Hub.Handlers.OfType<THandler>().Single();
        for (var round = 0; round < 10_000; round++)
            if (await Hub.Get<QueuePump>().PumpOnceAsync(handler, CancellationToken.None) == 0)
                return;
    }

    private void Create(int number) => ids.Add(crm.Create("people", ("mail", $"person{number}@company{number}.com"), ("first", Spelled(number)), ("last", Spelled(number * 7 + 3)), ("job", "CTO")));

    /// <summary>A number in letters: names that do not sound alike.</summary>
    private static string Spelled(int number) => string.Concat(number.ToString("D5").Select(digit => "bakedifogu"[digit - '0'] + "ramitelosu".Substring((digit - '0') % 5 * 2, 2)));
}
