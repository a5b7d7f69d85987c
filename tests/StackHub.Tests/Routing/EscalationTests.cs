using StackHub.Routing.Flow;

namespace StackHub.Tests.Routing;

/// <summary>Whom a lead goes to that too many let lie, and what an owner has to know.</summary>
public sealed class EscalationTests : IAsyncDisposable
{
    private RoutingScene scene = new(RoutingScene.Owners + "  pools: { sales: { members: { ann: 1 }, cap: 1/week } }\n  fallback: pool sales\n");

    public ValueTask DisposeAsync() => scene.DisposeAsync();

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
}
