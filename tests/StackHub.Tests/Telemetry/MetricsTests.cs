using StackHub.Connecting;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;
using StackHub.Testing.Telemetry;

namespace StackHub.Tests.Telemetry;

[Collection(nameof(Overheard))]
public sealed class MetricsTests
{
    [Fact]
    public async Task A_change_is_counted_and_so_are_its_wait_its_writes_and_how_long_they_took()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Ada", "Adelman", "ada@adelman.example"));
        using var heard = new Overheard();
        scene.Crm.Edit(scene.People[0], "job", "CEO");
        await scene.DeliverAsync();
        ((AdjustableTime)scene.Hub.Time).Advance(TimeSpan.FromSeconds(7));

        await scene.Hub.PumpAsync();

        Assert.Equal(1, heard.Sum("stackhub.changes", "crm"));
        Assert.InRange(heard.Sum("stackhub.queue.age", Queues.Inbound), 7, 8);
        Assert.Equal(1, heard.Sum("stackhub.writes", "marketing", "Stored"));
        Assert.Contains(heard.Measurements, measured => measured.Name == "stackhub.push.latency" && measured.Value >= 0);
        Assert.Contains(heard.Measurements, measured => measured.Name == "stackhub.queue.age" && measured.Tags.Any(tag => tag.Value is Queues.Push));
    }

    [Fact]
    public async Task A_refusal_is_a_write_and_a_dead_letter()
    {
        await using var scene = await ToldByWebhook.OfAsync(("Ada", "Adelman", "ada@adelman.example"));
        using var heard = new Overheard();
        scene.Marketing.Refuse = _ => new WriteOutcome.Refused("TOO_LONG", "The title is too long.", "job");
        scene.Crm.Edit(scene.People[0], "job", "CEO");
        await scene.DeliverAsync();

        await scene.Hub.PumpAsync();

        Assert.Equal(1, heard.Sum("stackhub.writes", "marketing", "Refused"));
        Assert.Equal(1, heard.Sum("stackhub.dead_letters", "marketing"));
    }

    [Fact]
    public async Task What_is_left_of_a_rate_limit_shrinks_with_its_use_and_comes_back()
    {
        var time = new AdjustableTime();
        var budget = new VendorBudget(new InMemoryTables(), time);
        var crm = new SystemId("crm");
        budget.Limit(crm, [new("*", 100, TimeSpan.FromSeconds(10))]);
        for (var call = 0; call < 50; call++)
            await budget.TakeAsync(crm, "*", CancellationToken.None);

        var used = Assert.Single(budget.Headroom()).Free;
        await budget.BlockAsync(crm, TimeSpan.FromSeconds(5), CancellationToken.None);
        var blocked = Assert.Single(budget.Headroom()).Free;
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(0.5, used, 0.05);
        Assert.Equal(0, blocked);
        Assert.Equal(1, Assert.Single(budget.Headroom()).Free);
    }

    [Fact]
    public void The_gauge_shows_the_budget_while_it_lives()
    {
        var time = new AdjustableTime();
        var budget = new VendorBudget(new InMemoryTables(), time);
        budget.Limit(new("crm"), [new("search", 5, TimeSpan.FromSeconds(1))]);
        using var heard = new Overheard();

        using (new BudgetGauge(budget))
            heard.Collect();
        heard.Collect();

        var (_, free, tags) = Assert.Single(heard.Measurements, measured => measured.Name == "stackhub.rate_limit.headroom");
        Assert.Equal(1, free);
        Assert.Equal(["crm", "search/1s"], tags.Select(tag => tag.Value));
    }
}
