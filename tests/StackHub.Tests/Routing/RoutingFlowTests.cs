using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Records;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Storage;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Explain;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Routing;

/// <summary>From what a tool says to the owner in every tool.</summary>
public sealed class RoutingFlowTests : IAsyncDisposable
{
    private RoutingScene scene = new(RoutingScene.Owners + RoutingScene.TwoInTurn);

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Who_becomes_a_lead_gets_an_owner_in_every_tool_by_that_tools_own_id()
    {
        var (first, second) = (scene.Person(scene.Crm), scene.Person(scene.Marketing));
        await scene.StartAsync();
        Assert.Null(RoutingScene.OwnerIn(scene.Crm, first)); // nobody is a lead yet

        scene.Crm.Edit(first, "stage", "mql");
        await scene.Hub.SettleAsync();
        scene.Marketing.Edit(second, "stage", "mql");
        await scene.Hub.SettleAsync();

        Assert.Equal([("005A", "11"), ("005B", "12")], [await OwnersAsync(scene.Crm, first), await OwnersAsync(scene.Marketing, second)]);
        Assert.Equal(["005A", "005B"], scene.Crm.Live("people").Values.Select(person => person["owner"]).Order());
    }

    [Fact]
    public async Task Who_has_an_owner_keeps_them_and_that_owner_is_known_everywhere()
    {
        var lead = scene.Lead(("owner", "005M"));

        await scene.StartAsync();

        Assert.Empty(await scene.RoutingsAsync(scene.Crm, lead));
        Assert.Equal(("005M", "13"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task An_owner_without_an_id_in_a_tool_is_not_written_there_and_a_stranger_stays_where_they_are()
    {
        var lead = scene.Lead(("owner", "005Z"));

        await scene.StartAsync();

        Assert.Equal("005Z", RoutingScene.OwnerIn(scene.Crm, lead));
        Assert.DoesNotContain("owner", scene.Marketing.Live("people").Values.Single().Keys);
        Assert.Empty(await scene.RoutingsAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task What_a_queue_keeps_has_no_owner()
    {
        var lead = scene.Lead(("owner", "00GH"));

        await scene.StartAsync();

        Assert.Equal(("005A", "11"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task A_default_owner_that_a_tool_gives_afterwards_is_replaced_and_uses_no_turn()
    {
        var lead = scene.Person(scene.Marketing);
        await scene.StartAsync();
        var twin = scene.Crm.Live("people").Keys.Single();
        var isFirst = true;
        scene.Crm.BeforeRead = () =>
        {
            if (isFirst) // the tool's own rules run a moment after the decision
                scene.Crm.Edit(twin, "owner", "00GH");
            isFirst = false;
            return Task.CompletedTask;
        };

        scene.Marketing.Edit(lead, "stage", "mql");
        await scene.Hub.SettleAsync();

        Assert.Equal(("005A", "11"), await OwnersAsync(scene.Marketing, lead));
        Assert.Single(await scene.RoutingsAsync(scene.Marketing, lead));
    }

    [Fact]
    public async Task Scenario_25_a_lead_told_twenty_times_at_once_is_one_row_and_one_write()
    {
        var lead = scene.Lead();
        await scene.Hub.OnboardAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => scene.Desk.RouteAsync([id], default))));
        await scene.Hub.SettleAsync();

        var entry = Assert.Single(await scene.Ledger.OfAsync(id, default));
        Assert.Equal("ann", entry.Owner);
        Assert.Equal(1, (await scene.Ledger.PoolAsync("sales", default)).State.Members.Sum(member => member.Value.Given));
        Assert.Single((await scene.RecordAsync(scene.Crm, lead)).Links.Single(link => link.Ref.System == scene.Crm.System).Cell("owner").Written);
        Assert.Equal(("005A", "11"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task Whom_a_person_took_before_the_owner_was_written_stays_theirs_and_the_turn_is_given_back_once()
    {
        var lead = scene.Lead();
        await scene.Hub.OnboardAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        scene.Crm.BeforeRead = () =>
        {
            scene.Crm.BeforeRead = null;
            scene.Crm.Edit(lead, "owner", "005M");
            scene.Crm.Edits.Clear(); // the tool's message is late
            return Task.CompletedTask;
        };

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => scene.Desk.RouteAsync([id], default))));
        await scene.Hub.SettleAsync();
        await scene.Desk.RouteAsync([id], default);
        await scene.Hub.SettleAsync();

        Assert.Equal((LedgerState.Refunded, "taken"), ((await scene.RoutingAsync(lead)).State, (await scene.RoutingAsync(lead)).Ended));
        Assert.Equal((0, 0), await GivenAsync("ann"));
        Assert.Equal(("005M", "13"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task Whom_a_person_gives_to_somebody_else_later_is_theirs_and_the_turn_was_used()
    {
        var lead = scene.Lead();
        await scene.StartAsync();

        scene.Time.Advance(TimeSpan.FromMinutes(5));
        scene.Marketing.Edit(scene.Marketing.Live("people").Keys.Single(), "owner", "13");
        await scene.Hub.SettleAsync();

        Assert.Equal((LedgerState.Closed, "reassigned"), ((await scene.RoutingAsync(lead)).State, (await scene.RoutingAsync(lead)).Ended));
        Assert.Equal((1, 0), await GivenAsync("ann"));
        Assert.Equal(("005M", "13"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task Whom_a_person_gives_back_is_routed_anew()
    {
        var lead = scene.Lead();
        await scene.StartAsync();

        scene.Time.Advance(TimeSpan.FromMinutes(5));
        scene.Crm.Edit(lead, "owner", "00GH");
        await scene.Hub.SettleAsync();

        Assert.Equal([("ann", LedgerState.Closed), ("bob", LedgerState.Decided)], (await scene.RoutingsAsync(scene.Crm, lead)).Select(entry => (entry.Owner!, entry.State)));
        Assert.Equal(("005B", "12"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task A_lead_that_is_done_is_no_open_one_of_its_owner()
    {
        var lead = scene.Lead();
        await scene.StartAsync();
        Assert.Equal((1, 1), await GivenAsync("ann"));

        scene.Crm.Edit(lead, "stage", "opportunity");
        await scene.Hub.SettleAsync();

        Assert.Equal((1, 0), await GivenAsync("ann"));
        Assert.Equal("005A", RoutingScene.OwnerIn(scene.Crm, lead));
    }

    [Fact]
    public async Task Who_may_not_be_written_to_is_nobodys_until_they_agree()
    {
        var lead = scene.Lead(("optout", "true"));
        await scene.StartAsync();
        Assert.Equal(("no_consent", null), ((await scene.RoutingAsync(lead)).Reason, RoutingScene.OwnerIn(scene.Crm, lead)));

        scene.Crm.Edit(lead, "optout", "false");
        await scene.Hub.SettleAsync();

        Assert.Equal(("005A", "11"), await OwnersAsync(scene.Crm, lead));
        Assert.Equal(2, (await scene.RoutingsAsync(scene.Crm, lead)).Count);
    }

    [Fact]
    public async Task A_lead_that_was_let_lie_goes_to_somebody_else_once_however_often_that_is_said()
    {
        var lead = scene.Lead();
        await scene.StartAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        scene.Time.Advance(TimeSpan.FromHours(4));
        var due = scene.Time.GetUtcNow();

        for (var told = 0; told < 3; told++)
        {
            await scene.Hub.Get<LeadReleases>().SendAsync(id, "first_touch_missed", due, default);
            await scene.Hub.SettleAsync();
        }

        var routings = await scene.RoutingsAsync(scene.Crm, lead);
        Assert.Equal([("ann", LedgerState.Released, "first_touch_missed"), ("bob", LedgerState.Decided, null)], routings.Select(entry => (entry.Owner!, entry.State, entry.Ended)));
        Assert.Equal("had_it", routings[1].Trace.WhyNot(new("ann")));
        Assert.Equal(("005B", "12"), await OwnersAsync(scene.Crm, lead));
        Assert.Equal(((1, 0), (1, 1)), (await GivenAsync("ann"), await GivenAsync("bob"))); // it was her turn
    }

    [Fact]
    public async Task A_broken_promise_takes_the_lead_from_its_owner_once_and_the_next_one_has_their_own_time()
    {
        var lead = scene.Lead();
        await scene.StartAsync();
        scene.Time.Advance(TimeSpan.FromHours(4));

        scene.Crm.Edit(lead, "breach", "mql since 10:00");
        await scene.Hub.SettleAsync();
        await scene.TellAsync((await scene.RecordAsync(scene.Crm, lead)).Id);
        await scene.Hub.SettleAsync();

        Assert.Equal([("ann", LedgerState.Released, "sla_breached"), ("bob", LedgerState.Decided, null)], (await scene.RoutingsAsync(scene.Crm, lead)).Select(entry => (entry.Owner!, entry.State, entry.Ended)));
        Assert.Equal(("005B", "12"), await OwnersAsync(scene.Crm, lead));
    }

    [Fact]
    public async Task A_broken_promise_moves_nobody_where_that_is_configured()
    {
        await UseAsync(RoutingScene.Owners + RoutingScene.TwoInTurn + "  reroutesBreached: false\n");
        var lead = scene.Lead();
        await scene.StartAsync();
        scene.Time.Advance(TimeSpan.FromHours(4));

        scene.Crm.Edit(lead, "breach", "mql since 10:00");
        await scene.Hub.SettleAsync();

        Assert.Equal("ann", Assert.Single(await scene.RoutingsAsync(scene.Crm, lead)).Owner);
    }

    [Fact]
    public async Task Who_lets_a_lead_lie_gets_the_turn_back_where_that_is_configured()
    {
        await UseAsync(RoutingScene.Owners + RoutingScene.TwoInTurn + "  refundsReleased: true\n");
        var lead = scene.Lead();
        await scene.StartAsync();
        scene.Time.Advance(TimeSpan.FromHours(4));

        await scene.Hub.Get<LeadReleases>().SendAsync((await scene.RecordAsync(scene.Crm, lead)).Id, "first_touch_missed", scene.Time.GetUtcNow(), default);
        await scene.Hub.SettleAsync();

        Assert.Equal(((0, 0), (1, 1)), (await GivenAsync("ann"), await GivenAsync("bob")));
    }

    [Fact]
    public async Task Whose_owner_by_account_let_them_lie_go_to_that_owners_manager()
    {
        scene.Crm.Create("companies", ("name", "Acme"), ("domain", "acme.com"), ("owner", "005A"));
        var lead = scene.Lead(("mail", "joe@acme.com"));
        await scene.StartAsync();
        Assert.Equal(("ann", "matched-account"), ((await scene.RoutingAsync(lead)).Owner, (await scene.RoutingAsync(lead)).Step));
        scene.Time.Advance(TimeSpan.FromHours(4));

        await scene.Hub.Get<LeadReleases>().SendAsync((await scene.RecordAsync(scene.Crm, lead)).Id, "first_touch_missed", scene.Time.GetUtcNow(), default);
        await scene.Hub.SettleAsync();

        Assert.Equal("max", (await scene.RoutingAsync(lead)).Owner);
    }

    [Fact]
    public async Task A_tool_that_is_down_holds_up_its_own_people_only()
    {
        var (here, there) = (scene.Lead(), scene.Lead());
        await scene.Hub.OnboardAsync();
        RecordId[] ids = [(await scene.RecordAsync(scene.Crm, here)).Id, (await scene.RecordAsync(scene.Crm, there)).Id];
        scene.Crm.BeforeRead = () => throw new VendorUnavailableException(scene.Crm.System, "down");

        await Assert.ThrowsAsync<VendorUnavailableException>(() => scene.Desk.RouteAsync(ids, default));
        Assert.All(scene.Crm.Live("people").Keys, id => Assert.Null(RoutingScene.OwnerIn(scene.Crm, id)));
        scene.Crm.BeforeRead = null;
        await scene.Desk.RouteAsync(ids, default);
        await scene.Hub.SettleAsync();

        Assert.Equal(["005A", "005B"], scene.Crm.Live("people").Keys.Select(id => RoutingScene.OwnerIn(scene.Crm, id)).Order());
        Assert.Equal((1, 1), await GivenAsync("ann"));
    }

    [Fact]
    public async Task Scenario_28_whom_nobody_can_take_waits_is_shown_within_a_minute_and_is_given_out_oldest_first_within_the_caps()
    {
        var today = DateOnly.FromDateTime(scene.Time.GetUtcNow().UtcDateTime);
        await UseAsync($$"""
              owners:
                ann: { ids: { crm: 005A }, away: {{today:yyyy-MM-dd}}..{{today.AddDays(1):yyyy-MM-dd}} }
              pools: { sales: { members: { ann: 1 }, open: 2 } }
              fallback: pool sales
            """);
        await scene.StartAsync();
        var leads = new List<string>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            leads.Add(scene.Lead());
            await scene.Hub.SettleAsync();
            scene.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await TickAsync();
        var shown = (await scene.Hub.Get<ConflictStore>().ListAsync(null, 10, default)).Conflicts.Single(conflict => conflict is { Kind: ConflictKind.LeadWaits, Open: true });
        Assert.Equal((await scene.RecordAsync(scene.Crm, leads[0])).Id, shown.Record);
        Assert.All(leads, lead => Assert.Null(RoutingScene.OwnerIn(scene.Crm, lead)));

        scene.Time.Advance(TimeSpan.FromDays(2));
        await TickAsync();
        Assert.Equal(["005A", "005A", null], leads.Select(lead => RoutingScene.OwnerIn(scene.Crm, lead)));
        var after = (await scene.Hub.Get<ConflictStore>().ListAsync(null, 10, default)).Conflicts.ToDictionary(conflict => conflict.Record, conflict => conflict.Open);
        Assert.Equal((false, true), (after[shown.Record], after[(await scene.RecordAsync(scene.Crm, leads[2])).Id]));

        scene.Crm.Edit(leads[0], "stage", "disqualified");
        await scene.Hub.SettleAsync();
        await TickAsync();
        Assert.Equal("005A", RoutingScene.OwnerIn(scene.Crm, leads[2]));
    }

    [Fact]
    public async Task Who_comes_while_others_wait_goes_behind_them()
    {
        var today = DateOnly.FromDateTime(scene.Time.GetUtcNow().UtcDateTime);
        await UseAsync($$"""
              owners:
                ann: { ids: { crm: 005A }, away: {{today:yyyy-MM-dd}}..{{today.AddDays(1):yyyy-MM-dd}} }
              pools: { sales: { members: { ann: 1 }, open: 1 } }
              fallback: pool sales
            """);
        await scene.StartAsync();
        var first = scene.Lead();
        await scene.Hub.SettleAsync();
        scene.Time.Advance(TimeSpan.FromDays(2));

        var second = scene.Lead();
        await scene.Hub.SettleAsync();

        Assert.Equal(("005A", null), (RoutingScene.OwnerIn(scene.Crm, first), RoutingScene.OwnerIn(scene.Crm, second)));
        Assert.Equal((1, 1), await GivenAsync("ann"));
    }

    [Fact]
    public async Task Who_is_taken_while_waiting_waits_no_longer()
    {
        await UseAsync(RoutingScene.Owners + "  pools: { sales: { members: { ann: 1 }, cap: 1/week } }\n  fallback: pool sales\n");
        await scene.StartAsync();
        var (first, second) = (scene.Lead(), scene.Lead());
        await scene.Hub.SettleAsync();
        var waiting = RoutingScene.OwnerIn(scene.Crm, first) is null ? first : second;

        scene.Crm.Edit(waiting, "owner", "005M");
        await scene.Hub.SettleAsync();

        Assert.Equal((LedgerState.Withdrawn, "taken"), ((await scene.RoutingAsync(waiting)).State, (await scene.RoutingAsync(waiting)).Ended));
        Assert.Empty(await scene.Ledger.HeldAsync("sales", 10, default));
        Assert.Equal(0, (await scene.Ledger.PoolAsync("sales", default)).State.Waiting);
    }

    [Fact]
    public async Task The_owner_of_an_open_opportunity_comes_before_the_accounts()
    {
        var acme = scene.Crm.Create("companies", ("name", "Acme"), ("domain", "acme.com"), ("owner", "005A"));
        scene.Crm.Create("deals", ("name", "Old"), ("company", acme), ("closed", "true"), ("owner", "005M"));
        scene.Crm.Create("deals", ("name", "New"), ("company", acme), ("closed", "false"), ("owner", "005B"));
        await scene.StartAsync();

        var lead = scene.Lead(("mail", "joe@acme.com"));
        await scene.Hub.SettleAsync();

        Assert.Equal(("bob", "open-opportunity"), ((await scene.RoutingAsync(lead)).Owner, (await scene.RoutingAsync(lead)).Step));
        Assert.Equal((0, 0), await GivenAsync("bob")); // what somebody owns already uses no turn
    }

    [Fact]
    public async Task Named_accounts_and_what_partners_registered_come_by_the_companys_domain()
    {
        await UseAsync(RoutingScene.Owners + "  namedAccounts: { acme.com: max }\n  partners: { globex.com: bob }\n  customers: { field: account.industry, is: Ours }\n" + RoutingScene.TwoInTurn);
        scene.Crm.Create("companies", ("name", "Initech"), ("domain", "initech.com"), ("owner", "005B"), ("branch", "Ours"));
        await scene.StartAsync();

        string[] leads = [scene.Lead(("mail", "a@mail.acme.com")), scene.Lead(("mail", "b@globex.com")), scene.Lead(("mail", "c@initech.com"))];
        await scene.Hub.SettleAsync();

        Assert.Equal([("max", "named-account"), ("bob", "partner-registration"), ("bob", "customer")], [await ByAsync(leads[0]), await ByAsync(leads[1]), await ByAsync(leads[2])]);
    }

    [Fact]
    public async Task Scenario_46_a_free_mailbox_matches_by_name_only_and_never_when_two_are_as_near()
    {
        var (gmail, near) = (scene.Crm.Create("companies", ("name", "Free riders"), ("domain", "gmail.com"), ("owner", "005M")), scene.Crm.Create("companies", ("name", "Acme Inc"), ("owner", "005A"), ("domain", "acme.com")));
        scene.Crm.Create("companies", ("name", "Acme GmbH"), ("owner", "005B"), ("domain", "acme.de"));
        scene.Crm.Create("companies", ("name", "Acme UK"), ("owner", "005M"), ("domain", "acme.co.uk"));
        await scene.StartAsync();

        string[] leads = [scene.Lead(("mail", "bob@gmail.com"), ("org", "Acme")), scene.Lead(("mail", "jane@mail.acme.co.uk")), scene.Lead(("mail", "joe@other.co.uk"))];
        await scene.Hub.SettleAsync();

        var tied = (await scene.RoutingAsync(leads[0])).Trace;
        Assert.Contains("2 accounts fit equally well", tied.Steps[0].Outcome, StringComparison.Ordinal);
        Assert.Contains((await AccountAsync(near)).ToString(), tied.Steps[0].Outcome, StringComparison.Ordinal);
        Assert.DoesNotContain((await AccountAsync(gmail)).ToString(), tied.Steps[0].Outcome, StringComparison.Ordinal);
        Assert.Equal(("fallback", "max", "fallback"), ((await scene.RoutingAsync(leads[0])).Step, (await scene.RoutingAsync(leads[1])).Owner, (await scene.RoutingAsync(leads[2])).Step));
    }

    [Fact]
    public async Task A_decision_about_a_new_lead_costs_four_storage_operations()
    {
        var (first, second) = (scene.Lead(), scene.Lead());
        await scene.Hub.OnboardAsync();
        await scene.Desk.RouteAsync([(await scene.RecordAsync(scene.Crm, first)).Id], default);
        var id = (await scene.RecordAsync(scene.Crm, second)).Id;
        var counted = new StackHub.Testing.Storage.CountingTableStore(scene.Hub.Tables);
        var ledger = new RoutingLedger(counted);
        var file = (await scene.Hub.Get<LeadFiles>().OpenAsync(id, scene.Model.Routing!, default))!;
        var lead = await scene.Hub.Get<LeadFiles>().CaseAsync(file, scene.Model.Routing!, 1, [], default);

        await ledger.LastAsync(id, default);
        await new LeadRouter(ledger, scene.Time).RouteAsync(lead, scene.Model.Routing!, default);

        Assert.Equal("tables.batch 1, tables.get 1, tables.query 1, tables.write 1", counted.Counts.ToString());
    }

    [Fact]
    public async Task Who_is_erased_is_nobodys_lead()
    {
        var lead = scene.Lead();
        await scene.Hub.OnboardAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        await scene.Hub.Get<StackHub.Suppression.SuppressionList>().AddAsync("record", id.ToString(), "erased", default);

        await scene.Desk.RouteAsync([id], default);

        Assert.Empty(await scene.Ledger.OfAsync(id, default));
    }

    [Fact]
    public async Task A_hub_without_routing_hears_of_nothing()
    {
        var crm = new FakeSystem("crm", scene.Time);
        await using var plain = new HubHarness([crm], scene.Time);
        crm.Create("people", ("mail", "ann@acme.com"), ("last", "Lee"));

        await plain.OnboardAsync();
        await plain.SettleAsync();

        Assert.Equal(0, await plain.Queue.CountAsync(Queues.Routing, default));
    }

    [Fact]
    public async Task Why_the_owner_is_who_they_are_is_told_like_any_fields()
    {
        var lead = scene.Lead();
        await scene.StartAsync();

        var owner = scene.Hub.Get<Explainer>().Of(await scene.RecordAsync(scene.Crm, lead)).Fields.Single(field => field.Name == "owner");

        Assert.Equal(("ann", HubAuthor.System), (owner.Value, owner.Winner!.Value.System));
    }

    private async Task UseAsync(string routing)
    {
        await scene.DisposeAsync();
        scene = new(routing);
    }

    private async Task TickAsync()
    {
        foreach (var timer in scene.Hub.Get<IEnumerable<StackHub.Triggers.ITimerHandler>>().OfType<HoldingTimer>())
            await timer.RunAsync(default);
        await scene.Hub.SettleAsync();
    }

    private async Task<(string? Owner, string? Step)> ByAsync(string lead) => ((await scene.RoutingAsync(lead)).Owner, (await scene.RoutingAsync(lead)).Step);

    private async Task<RecordId> AccountAsync(string company) => (await scene.RecordAsync(scene.Crm, company)).Id;

    private async Task<(long Given, int Open)> GivenAsync(string owner)
    {
        var state = (await scene.Ledger.PoolAsync("sales", default)).State.Of(new(owner));
        return (state.Given, state.Open);
    }

    private async Task<(string? Crm, string? Marketing)> OwnersAsync(FakeSystem system, string id)
    {
        var record = await scene.RecordAsync(system, id);
        string? Of(FakeSystem tool) => RoutingScene.OwnerIn(tool, record.Links.Single(link => link.Ref.System == tool.System).Ref.Id);
        return (Of(scene.Crm), Of(scene.Marketing));
    }
}
