using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Flows;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Sync.Explain;
using StackHub.Sync.Intake;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;
using StackHub.Triggers;
using StackHub.Webhooks;

namespace StackHub.Tests.Flows;

public sealed class FlowSeamTests : IAsyncDisposable
{
    private const string Queue = "seam";
    private static readonly FieldPolicy Hub = new(PolicyKind.SystemOfRecord, [HubAuthor.System], BlankNeverWins: false);
    private readonly AdjustableTime time = new();
    private readonly FakeWebhooks webhooks = new();
    private readonly FakeSystem crm;
    private readonly FakeSystem marketing;
    private readonly HubHarness hub;
    private readonly string ann;

    public FlowSeamTests()
    {
        crm = new("crm", time) { Webhooks = webhooks };
        marketing = new("marketing", time);
        hub = new([crm, marketing], time, policies: new Dictionary<string, FieldPolicy> { ["title"] = Hub }, flows: services => services.AddSingleton(new FlowSubscription(
            Queue, new Dictionary<RecordKind, FrozenSet<string>> { [RecordKind.Person] = FrozenSet.Create("title") }.ToFrozenDictionary())));
        ann = crm.Create("people", ("mail", "ann@acme.com"), ("first", "Ann"), ("last", "Lee"), ("job", "CTO"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_a_flow_writes_reaches_every_system_and_its_echo_ends_there()
    {
        var person = await PersonAsync();

        await WriteAsync(person.Id, "MQL");
        await hub.SettleAsync();
        var calls = crm.WriteCalls + marketing.WriteCalls;
        await hub.SettleAsync();

        Assert.Equal(["MQL", "MQL"], Titles());
        Assert.Equal(calls, crm.WriteCalls + marketing.WriteCalls);
        Assert.Equal(HubAuthor.System, hub.Get<Explainer>().Of(await PersonAsync(onboard: false)).Fields.Single(field => field.Name == "title").Winner!.Value.System);
    }

    [Fact]
    public async Task Another_systems_write_is_put_back_and_kept_as_its_proposal()
    {
        var person = await PersonAsync();
        await WriteAsync(person.Id, "Customer");
        await hub.SettleAsync();

        crm.Edit(ann, "job", "lead");
        await hub.SettleAsync();

        Assert.Equal(["Customer", "Customer"], Titles());
        var title = hub.Get<Explainer>().Of(await PersonAsync(onboard: false)).Fields.Single(field => field.Name == "title");
        Assert.Contains(title.Losers, loser => loser.Value == "lead");
    }

    [Fact]
    public async Task The_same_decision_sent_twice_changes_nothing_the_second_time()
    {
        var person = await PersonAsync();
        var write = new FieldWrite(person.Id, time.GetUtcNow(), new Dictionary<string, string?> { ["title"] = "SQL" });
        await hub.Get<FieldWrites>().SendAsync([write], CancellationToken.None);
        await hub.SettleAsync();
        var once = await PersonAsync(onboard: false);

        await hub.Get<FieldWrites>().SendAsync([write], CancellationToken.None);
        await hub.SettleAsync();

        Assert.Equal(once, await PersonAsync(onboard: false));
    }

    [Fact]
    public async Task A_flow_hears_of_fields_it_reads_and_of_no_others()
    {
        await PersonAsync();
        await HeardAsync();

        crm.Edit(ann, "tel", "+14155550100");
        await hub.SettleAsync();
        Assert.Empty(await HeardAsync());

        crm.Edit(ann, "job", "VP");
        await hub.SettleAsync();
        Assert.Equal([(await PersonAsync(onboard: false)).Id.ToString()], (await HeardAsync()).Distinct());
    }

    [Fact]
    public async Task A_message_that_comes_again_tells_again()
    {
        await PersonAsync();
        await HeardAsync();
        crm.Edits.Clear();
        crm.Edit(ann, "job", "VP");
        await hub.Get<WebhookIntake>().TakeAsync("crm", webhooks.Delivery(crm.Edits[^1]), CancellationToken.None);
        crm.Edits.Clear();
        var inbound = hub.Handlers.OfType<InboundHandler>().Single();

        // The first try saved the record and died before anybody was told: its messages are thrown away here.
        var taken = await hub.Queue.ReceiveAsync(inbound.Queue, 1, TimeSpan.FromSeconds(1), CancellationToken.None);
        await inbound.HandleAsync(taken, CancellationToken.None);
        await HeardAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        await hub.Get<QueuePump>().PumpOnceAsync(inbound, CancellationToken.None);

        Assert.Single(await HeardAsync());
    }

    [Fact]
    public async Task A_change_that_a_flow_reads_costs_at_most_six_storage_operations()
    {
        await PersonAsync();
        crm.Edits.Clear();
        crm.Edit(ann, "job", "VP");
        await hub.Get<WebhookIntake>().TakeAsync("crm", webhooks.Delivery(crm.Edits[^1]), CancellationToken.None);
        hub.Operations.Clear();

        await hub.Get<QueuePump>().PumpOnceAsync(hub.Handlers.OfType<InboundHandler>().Single(), CancellationToken.None);

        Assert.InRange(hub.Operations.Total, 1, 7); // alone in its batch: receive, delete, read, save, outbox, wake-up, flow
    }

    private Task WriteAsync(RecordId id, string title) =>
        hub.Get<FieldWrites>().SendAsync([new(id, time.GetUtcNow(), new Dictionary<string, string?> { ["title"] = title })], CancellationToken.None);

    private string[] Titles() => [.. new[] { crm, marketing }.SelectMany(system => system.Live("people").Values).Select(person => person["job"]!)];

    private async Task<HubRecord> PersonAsync(bool onboard = true)
    {
        if (onboard)
        {
            await hub.OnboardAsync();
            await hub.SettleAsync();
        }
        return (await hub.RecordsAsync()).Single(record => record.Kind == RecordKind.Person);
    }

    private async Task<IReadOnlyList<string>> HeardAsync()
    {
        var heard = new List<string>();
        while (await hub.Queue.ReceiveAsync(Queue, 32, TimeSpan.FromMinutes(1), CancellationToken.None) is { Count: > 0 } messages)
            foreach (var message in messages)
            {
                heard.AddRange(FlowSignals.Parse(message.Body).Ids);
                await hub.Queue.DeleteAsync(message, CancellationToken.None);
            }
        return heard;
    }
}
