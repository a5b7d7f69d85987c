using StackHub.Routing.Capacity;
using StackHub.Routing.Flow;
using StackHub.Testing.Storage;
using StackHub.Triggers;

namespace StackHub.Tests.Routing;

/// <summary>What routing tells others: that nobody can take more, whom it escalates to, and what an owner has to know.</summary>
public sealed class CapacityTests : IAsyncDisposable
{
    private RoutingScene scene = new(RoutingScene.Owners + "  pools: { sales: { members: { ann: 1 }, cap: 1/week } }\n  fallback: pool sales\n");

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_pool_that_is_full_is_told_once_and_so_is_that_it_is_free_again()
    {
        await scene.StartAsync();
        for (var lead = 0; lead < 3; lead++)
        {
            scene.Lead();
            await scene.Hub.SettleAsync();
        }

        await TickAsync();
        await TickAsync();
        var full = Assert.Single(await SignalsAsync(0));
        Assert.Equal((1, "sales", true, "cap_reached 1"), (full.Number, full.Pool, full.IsExhausted, full.Checks));

        scene.Time.Advance(TimeSpan.FromDays(8)); // one more may be had, and one goes on waiting
        await TickAsync();
        Assert.Single(await SignalsAsync(0));
        scene.Time.Advance(TimeSpan.FromDays(8));
        await TickAsync();
        await TickAsync();

        var free = Assert.Single(await SignalsAsync(full.Number));
        Assert.Equal((2, "sales", false, 0), (free.Number, free.Pool, free.IsExhausted, free.Waiting));
    }

    [Fact]
    public async Task Many_workers_who_see_it_at_once_say_it_once_and_numbers_have_no_gap()
    {
        var signals = new CapacitySignals(new InMemoryTables(), scene.Time);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(worker => Task.Run(() => signals.ReportAsync($"pool{worker % 4}", isExhausted: true, 1, "away 1", default))));

        var said = await signals.AfterAsync(0, 100, default);
        Assert.Equal([1L, 2L, 3L, 4L], said.Select(signal => signal.Number));
        Assert.Equal(["pool0", "pool1", "pool2", "pool3"], said.Select(signal => signal.Pool).Order());
    }

    [Fact]
    public async Task What_too_many_let_lie_goes_to_the_manager_of_the_last()
    {
        await scene.DisposeAsync();
        scene = new("""
              owners:
                ann: { ids: { crm: 005A }, manager: max }
                bob: { ids: { crm: 005B }, manager: mia }
                cat: { ids: { crm: 005C } }
                max: { ids: { crm: 005M } }
                mia: { ids: { crm: 005I } }
              pools: { sales: { members: { ann: 1, bob: 1, cat: 1 } } }
              fallback: pool sales
              escalatesAfter: 2

            """);
        var lead = scene.Lead();
        await scene.StartAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;

        for (var missed = 0; missed < 2; missed++)
        {
            scene.Time.Advance(TimeSpan.FromHours(5));
            await scene.Desk.ReleaseAsync(new(id.ToString(), "first_touch_missed", scene.Time.GetUtcNow()), default);
            await scene.Hub.SettleAsync();
        }

        var entries = await scene.Ledger.OfAsync(id, default);
        Assert.Equal([("ann", "fallback"), ("bob", "fallback"), ("mia", "escalation")], entries.Select(entry => (entry.Owner!, entry.Step!)));
        Assert.Equal("005I", RoutingScene.OwnerIn(scene.Crm, lead));
    }

    [Fact]
    public async Task Who_gets_a_lead_is_told_why_how_far_it_is_and_whose_account_it_is()
    {
        scene.Crm.Create("companies", ("name", "Acme"), ("domain", "acme.com"));
        await scene.StartAsync();
        var lead = scene.Lead(("mail", "joe@acme.com"), ("org", "Acme"));
        await scene.Hub.SettleAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        var plan = scene.Model.Routing!;

        var file = (await scene.Hub.Get<LeadFiles>().OpenAsync(id, plan, default))!;
        var entry = Assert.Single(await scene.Ledger.OfAsync(id, default));
        var said = scene.Model.View(file.Record, one => one).Text(LeadContext.Field);

        Assert.StartsWith("Given to ann on ", said, StringComparison.Ordinal);
        Assert.All([entry.Trace.Why, "Stage: mql.", "Account: Acme, "], part => Assert.Contains(part, said, StringComparison.Ordinal));
        Assert.Equal(LeadContext.Of(entry, file), said);
    }

    private Task<IReadOnlyList<CapacitySignal>> SignalsAsync(long after) => scene.Hub.Get<CapacitySignals>().AfterAsync(after, 100, default);

    private async Task TickAsync()
    {
        foreach (var timer in scene.Hub.Get<IEnumerable<ITimerHandler>>().OfType<HoldingTimer>())
            await timer.RunAsync(default);
        await scene.Hub.SettleAsync();
    }
}
