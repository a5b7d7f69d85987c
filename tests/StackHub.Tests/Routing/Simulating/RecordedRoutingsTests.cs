using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Reading;
using StackHub.Routing.Simulating;
using StackHub.Suppression;

namespace StackHub.Tests.Routing.Simulating;

/// <summary>What is kept of a decision so that it can be made again, from the tool to the simulation.</summary>
public sealed class RecordedRoutingsTests : IAsyncDisposable
{
    private const string Rules = """
          pools: { sales: { members: { ann: 1, bob: 1 } } }
          rules:
            - { name: germans, when: { field: country, is: DE }, to: pool sales }
          fallback: owner max

        """;

    private static readonly SimulationWindow Week = new(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.FromHours(4));
    private readonly RoutingScene scene = new(RoutingScene.Owners + Rules);

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_lead_is_replayed_as_it_was_when_it_came_and_its_other_fields_as_they_are_now()
    {
        var lead = scene.Lead(("land", "DE"), ("org", "Acme"));
        await scene.StartAsync();
        scene.Crm.Edit(lead, "land", "US");
        await scene.Hub.SettleAsync();

        var same = await SimulateAsync(Rules);
        var byCompany = await SimulateAsync(Rules.Replace("{ field: country, is: DE }", "{ field: company, is: Acme }", StringComparison.Ordinal).Replace("pool sales }", "owner bob }", StringComparison.Ordinal));

        Assert.Equal((1, 1, 0), (same.Routings, same.Reproduced, same.Moves.Count)); // a German then, whatever they are by now
        Assert.Equal(("ann", "bob", "germans"), (byCompany.Moves.Single().From?.Name, byCompany.Moves.Single().To?.Name, byCompany.Moves.Single().Step.After));
        Assert.Equal([new AssumedField("company", 1)], byCompany.Assumed);
    }

    [Fact]
    public async Task A_tools_next_stage_is_a_touch()
    {
        var lead = scene.Lead(("land", "DE"));
        await scene.StartAsync();
        scene.Time.Advance(TimeSpan.FromHours(5));
        scene.Crm.Edit(lead, "stage", "sql");
        await scene.Hub.SettleAsync();
        scene.Time.Advance(TimeSpan.FromHours(1));

        var late = await SimulateAsync(Rules);
        var sooner = await SimulateAsync(Rules, Week with { Within = TimeSpan.FromHours(6) });

        Assert.Equal((0, 1), (late.Touches!.Value.Before.Kept, late.Touches.Value.Before.Breached));
        Assert.Equal((1, 0), (sooner.Touches!.Value.Before.Kept, sooner.Touches.Value.Before.Breached));
    }

    [Fact]
    public async Task What_a_decision_was_made_from_goes_when_the_person_is_erased_and_the_decision_stays()
    {
        var (erased, stays) = (scene.Lead(("land", "DE")), scene.Lead(("land", "DE")));
        await scene.StartAsync();
        var id = (await scene.RecordAsync(scene.Crm, erased)).Id;
        Assert.Equal("DE", (await scene.Ledger.RecordedAsync(id, 1, default))!.Inputs!.Facts["country"]);

        Assert.Equal(1, await EraseAsync(id));

        var recorded = (await scene.Ledger.RecordedAsync(id, 1, default))!;
        Assert.Equal((null, LedgerState.Decided), (recorded.Inputs, recorded.Entry.State));
        Assert.Equal(0, await EraseAsync(id)); // a second time there is nothing
        Assert.NotNull((await scene.Ledger.RecordedAsync((await scene.RecordAsync(scene.Crm, stays)).Id, 1, default))!.Inputs);
        var result = await SimulateAsync(Rules.Replace("pool sales }", "owner max }", StringComparison.Ordinal));
        Assert.Equal((2, 1, 1), (result.Routings, result.Unreplayable, result.Moves.Count));
        await scene.Hub.Get<LeadRouter>().EndAsync((await scene.Ledger.FindAsync(id, 1, default))!, LedgerState.Closed, "closed", refund: false, default);
        Assert.Null((await scene.Ledger.RecordedAsync(id, 1, default))!.Inputs); // and an ending brings none back
    }

    [Fact]
    public async Task An_owners_lead_keeps_its_inputs_when_it_ends_and_is_replayed()
    {
        var company = scene.Crm.Create("companies", ("name", "Acme"), ("domain", "acme.com"), ("owner", "005B"));
        var lead = scene.Lead(("mail", "ada@acme.com"), ("org", "Acme"), ("company", company));
        await scene.StartAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        var stored = (await scene.Ledger.FindAsync(id, 1, default))!;
        Assert.Equal(("bob", null), (stored.Entry.Owner, stored.KeptWith)); // the account's owner, without a pool

        await scene.Hub.Get<LeadRouter>().EndAsync(stored, LedgerState.Closed, "closed", refund: false, default);

        Assert.Equal("bob", (await scene.Ledger.RecordedAsync(id, 1, default))!.Inputs!.AccountOwner);
        Assert.Equal(1, (await SimulateAsync(Rules)).Reproduced);
    }

    [Fact]
    public async Task A_pool_that_the_file_no_longer_has_is_read_too()
    {
        scene.Lead(("land", "DE"));
        await scene.StartAsync();

        Assert.Equal(["sales"], await scene.Ledger.PoolsAsync(default));
        Assert.Empty(await scene.Ledger.WaitingPoolsAsync(default));
        Assert.Single(await scene.Hub.Get<RecordedRoutings>().ReadAsync(Candidate("  fallback: owner max\n"), [], null, DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue, default));
    }

    private Task<SimulationResult> SimulateAsync(string rules, SimulationWindow? window = null) => scene.Hub.Get<SimulationDesk>().RunAsync(Candidate(rules), window ?? Week, default);

    private RoutingPlan Candidate(string rules) => RoutingCandidate.Read("routing:\n" + RoutingScene.Owners + rules, scene.Model, "new.yaml").Plan!;

    private async Task<int> EraseAsync(RecordId id)
    {
        var erased = 0;
        foreach (var store in scene.Hub.Get<IEnumerable<ISubjectStore>>().OfType<RoutingCopies>())
            erased += await store.EraseAsync(new([id], [], []), default);
        return erased;
    }
}
