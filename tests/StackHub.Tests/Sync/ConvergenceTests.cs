using StackHub.Configuration;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Runs;
using StackHub.Sync.Actions;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Sync.DeadLetters;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Sync;

public sealed class ConvergenceTests
{
    private readonly AdjustableTime time = new();

    private FakeSystem[] Three() => [new("crm", time), new("marketing", time), new("support", time)];

    private static void AssertEverywhere(HubHarness hub, string mail, string field, string? value)
    {
        foreach (var system in hub.Systems)
        {
            var row = Assert.Single(system.Live("people").Values, row => row.GetValueOrDefault("mail") == mail);
            Assert.Equal(value, row.GetValueOrDefault(field));
        }
    }

    [Fact]
    public async Task A_person_in_one_system_comes_to_be_in_every_system_once()
    {
        await using var hub = new HubHarness(Three(), time);
        hub.Systems[0].Create("people", ("mail", "ada@acme.com"), ("first", "Ada"), ("last", "Lovelace"));

        await hub.OnboardAsync();
        await hub.SettleAsync();

        AssertEverywhere(hub, "ada@acme.com", "last", "Lovelace");
        Assert.Single(await hub.RecordsAsync());
    }

    [Fact]
    public async Task The_same_person_in_three_systems_is_one_record_and_the_newest_values_win()
    {
        var systems = Three();
        systems[0].Create("people", ("mail", "ada@acme.com"), ("first", "Ada"), ("last", "Lovelace"), ("job", "Analyst"));
        systems[1].Create("people", ("mail", "ADA@acme.com"), ("first", "Ada"), ("last", "Lovelace"), ("job", "Countess"));
        systems[2].Create("people", ("mail", "ada@acme.com"), ("first", "Ada"), ("last", "Lovelace"));
        await using var hub = new HubHarness(systems, time);

        await hub.OnboardAsync();
        await hub.SettleAsync();

        Assert.All(systems, system => Assert.Equal("Countess", Assert.Single(system.Live("people").Values)["job"]));
        Assert.Single(await hub.RecordsAsync());
    }

    [Fact]
    public async Task Echoes_of_our_writes_cause_no_writes()
    {
        await using var hub = new HubHarness(Three(), time);
        var id = hub.Systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        hub.Systems[0].Edit(id, "job", "Countess");
        await hub.SettleAsync();
        var before = hub.Systems.Sum(system => system.RecordsWritten);

        foreach (var system in hub.Systems)
            await hub.TellAsync(system, [.. system.Live("people").Keys.Select(system.Whole)]);
        await hub.SettleAsync();

        Assert.Equal(before, hub.Systems.Sum(system => system.RecordsWritten));
    }

    [Fact]
    public async Task A_system_that_normalises_what_is_written_is_not_written_again()
    {
        var systems = Three();
        systems[1].Normalise = (field, value) => field == "last" ? value?.ToUpperInvariant() : value;
        await using var hub = new HubHarness(systems, time);
        var id = systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        systems[0].Edit(id, "last", "King");
        await hub.SettleAsync();

        Assert.Equal("KING", Assert.Single(systems[1].Live("people").Values)["last"]);
        Assert.Equal("King", Assert.Single(systems[0].Live("people").Values)["last"]);
        Assert.Equal("King", Assert.Single(systems[2].Live("people").Values)["last"]);
    }

    [Fact]
    public async Task An_edit_that_our_write_ran_over_comes_back()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        var crm = systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("job", "a"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        var marketing = Assert.Single(systems[1].Live("people").Keys);
        systems[0].Edit(crm, "job", "from crm");
        systems[1].Edit(marketing, "job", "from marketing");
        var late = systems[1].Edits.ToArray();
        systems[1].Edits.Clear();
        await hub.SettleAsync();
        Assert.Equal("from crm", systems[1].Live("people")[marketing]["job"]);

        await hub.TellAsync(systems[1], late);
        await hub.SettleAsync();

        AssertEverywhere(hub, "ada@acme.com", "job", "from marketing");
    }

    [Fact]
    public async Task A_deleted_record_is_unlinked_and_neither_cascades_nor_comes_back()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        var crm = systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        systems[1].Delete(Assert.Single(systems[1].Live("people").Keys));
        await hub.SettleAsync();
        systems[0].Edit(crm, "job", "Countess");
        await hub.SettleAsync();

        Assert.Empty(systems[1].Live("people"));
        Assert.Equal("Countess", Assert.Single(systems[2].Live("people").Values)["job"]);
    }

    [Fact]
    public async Task An_opt_out_anywhere_is_an_opt_out_everywhere()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("optout", "true"));
        systems[1].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("optout", "false"));
        await hub.OnboardAsync();
        await hub.SettleAsync();

        AssertEverywhere(hub, "ada@acme.com", "optout", "true");
    }

    [Fact]
    public async Task A_person_is_created_with_a_link_to_their_account_there()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        var acme = systems[0].Create("companies", ("name", "Acme"), ("domain", "acme.com"));
        systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("company", acme));
        await hub.OnboardAsync();
        await hub.SettleAsync();

        Assert.All(systems, system => Assert.Equal(Assert.Single(system.Live("companies").Keys), Assert.Single(system.Live("people").Values)["company"]));
    }

    [Fact]
    public async Task An_account_met_at_once_under_its_name_and_its_domain_is_one_record()
    {
        var systems = Three();
        for (var company = 0; company < 20; company++)
        {
            systems[0].Create("companies", ("name", $"Quixote{(char)('A' + company)}worth Holdings"));
            systems[1].Create("companies", ("name", $"Quixote{(char)('A' + company)}worth Holdings"), ("domain", $"quixote{company}.com"));
            systems[2].Create("companies", ("name", $"Quixote{(char)('A' + company)}worth Holdings"), ("domain", $"www.quixote{company}.com"));
        }
        await using var hub = new HubHarness(systems, time);

        await Task.WhenAll(systems.Select(system => Task.Run(() => hub.Get<Backfill>().RunAsync(system.System, false, null, CancellationToken.None))));

        Assert.Equal(20, (await hub.RecordsAsync()).Count(record => record.MergedInto is null));
    }

    [Fact]
    public async Task People_who_share_a_mailbox_stay_two()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        systems[0].Create("people", ("mail", "info@acme.com"), ("first", "Ada"), ("last", "Lovelace"));
        systems[0].Create("people", ("mail", "info@acme.com"), ("first", "Charles"), ("last", "Babbage"));
        await hub.OnboardAsync();
        await hub.SettleAsync();

        Assert.Equal(2, (await hub.RecordsAsync()).Count);
        Assert.Equal(2, systems[0].Live("people").Count);
        Assert.Single(systems[1].Live("people"));
        var (conflicts, _) = await hub.Get<ConflictStore>().ListAsync(null, 10, CancellationToken.None);
        Assert.Contains(conflicts, conflict => conflict.Kind == ConflictKind.Contested);
    }

    [Fact]
    public async Task Two_whom_a_person_told_apart_are_both_created_or_the_tool_that_cannot_hold_both_refuses_one()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        systems[0].Create("people", ("mail", "info@acme.com"), ("first", "Ada"), ("last", "Lovelace"));
        systems[0].Create("people", ("mail", "info@acme.com"), ("first", "Charles"), ("last", "Babbage"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        var (conflicts, _) = await hub.Get<ConflictStore>().ListAsync(null, 10, CancellationToken.None);

        foreach (var conflict in conflicts)
            await hub.Get<OperatorActions>().CloseAsync(conflict.Id, CancellationToken.None);
        await hub.SettleAsync();
        var (letters, _) = await hub.Get<DeadLetterStore>().ListAsync(null, 10, CancellationToken.None);
        Assert.Equal(["VALUE_TAKEN", "VALUE_TAKEN"], letters.Select(letter => letter.Code));
        var refused = (await hub.RecordsAsync()).Single(record => record.Id == letters[0].Record);
        systems[0].Edit(refused.Links[0].Ref.Id, "mail", "own@acme.com");
        await hub.SettleAsync();

        Assert.All(systems, system => Assert.Equal(2, system.Live("people").Count));
        (conflicts, _) = await hub.Get<ConflictStore>().ListAsync(null, 10, CancellationToken.None);
        Assert.DoesNotContain(conflicts, conflict => conflict.Open);
    }

    [Fact]
    public async Task A_refused_field_is_set_aside_and_the_rest_goes_on()
    {
        var systems = Three();
        systems[1].Refuse = write => write.Fields.Any(field => field.VendorField == "tel") ? new WriteOutcome.Refused("INVALID", "Phone 555 is not valid", "tel") : null;
        await using var hub = new HubHarness(systems, time);
        var id = systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("tel", "555"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        Assert.Equal("Lovelace", Assert.Single(systems[1].Live("people").Values)["last"]);
        var (letters, _) = await hub.Get<DeadLetterStore>().ListAsync(null, 10, CancellationToken.None);
        Assert.Equal("phone", Assert.Single(letters).Field);
        Assert.DoesNotContain("555", letters[0].Message, StringComparison.Ordinal);

        systems[1].Refuse = _ => null;
        await hub.Get<OperatorActions>().ReplayAsync(letters[0].Id, CancellationToken.None);
        await hub.SettleAsync();

        AssertEverywhere(hub, "ada@acme.com", "tel", "555");
        systems[0].Edit(id, "job", "x");
        await hub.SettleAsync();
        AssertEverywhere(hub, "ada@acme.com", "job", "x");
    }

    [Fact]
    public async Task Systems_that_fight_over_a_field_are_stopped_and_released_by_a_person()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time, fights: new(3, TimeSpan.FromHours(1)));
        var crm = systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"), ("job", "x"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        var marketing = Assert.Single(systems[1].Live("people").Keys);
        for (var round = 0; round < 6; round++)
        {
            if (systems[0].Live("people")[crm]["job"] != "crm's")
                systems[0].Edit(crm, "job", "crm's");
            await hub.SettleAsync();
            if (systems[1].Live("people")[marketing]["job"] != "marketing's")
                systems[1].Edit(marketing, "job", "marketing's");
            await hub.SettleAsync();
        }

        var (conflicts, _) = await hub.Get<ConflictStore>().ListAsync(null, 10, CancellationToken.None);
        var fight = Assert.Single(conflicts, conflict => conflict.Kind == ConflictKind.Fight);
        Assert.Equal("title", fight.Field);
        Assert.Equal("marketing's", systems[1].Live("people")[marketing]["job"]);
        Assert.True(await hub.Get<OperatorActions>().CloseAsync(fight.Id, CancellationToken.None));
        await hub.SettleAsync();
        AssertEverywhere(hub, "ada@acme.com", "job", "crm's");
    }

    [Fact]
    public async Task A_merge_by_a_shared_address_can_be_undone_and_each_gets_its_own_values_back()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        var first = systems[0].Create("people", ("mail", "ada@acme.com"), ("first", "Ada"), ("last", "Lovelace"), ("job", "Countess"));
        systems[1].Create("people", ("mail", "a.lovelace@acme.com"), ("first", "Ada"), ("last", "Lovelace"), ("job", "Analyst"));
        await hub.OnboardAsync();
        await hub.SettleAsync();
        Assert.Equal(2, (await hub.RecordsAsync()).Count(record => record.MergedInto is null));
        systems[0].Edit(first, "mail", "a.lovelace@acme.com");
        await hub.SettleAsync();
        var merge = Assert.Single((await hub.Get<RecordMerger>().ListAsync(null, 10, CancellationToken.None)).Merges);

        Assert.True(await hub.Get<OperatorActions>().UndoMergeAsync(merge.Loser, CancellationToken.None));
        await hub.SettleAsync();

        var records = (await hub.RecordsAsync()).Where(record => record.MergedInto is null).ToArray();
        Assert.Equal(2, records.Length);
        Assert.All(records, record => Assert.NotEmpty(record.Links));
        Assert.Empty(records[0].Links.Select(link => link.Ref).Intersect(records[1].Links.Select(link => link.Ref)));
    }

    [Fact]
    public async Task A_merge_in_a_system_that_came_while_the_survivor_was_only_claimed_is_made_by_the_next_reconcile_run()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        var lost = systems[0].Create("people", ("mail", "ada@acme.com"), ("first", "Ada"), ("last", "Lovelace"));
        await hub.OnboardAsync();
        var (from, to) = (systems[0].Whole(lost).Ref, systems[0].Whole(systems[0].Create("people", ("mail", "countess@other.com"), ("first", "Augusta"), ("last", "King"))).Ref);
        await hub.Get<ClaimStore>().ClaimAsync(to, RecordId.New(time.GetUtcNow()), CancellationToken.None);
        await hub.TellAsync(systems[0], new Change.Moved(from, to, time.GetUtcNow()));

        await hub.Get<Reconcile>().RunAsync(null, CancellationToken.None);

        var one = Assert.Single(await hub.RecordsAsync(), record => record.MergedInto is null);
        Assert.Equal(to, one.Link(from)!.MovedTo);
        Assert.True(one.Link(to)!.Active);
    }

    [Fact]
    public async Task The_fuse_pauses_a_system_before_it_is_overrun_and_a_person_lets_it_go_on()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time, system => system.Id.Name == "support"
            ? new SystemTightened(system).Value
            : system);
        await hub.OnboardAsync();
        for (var person = 0; person < 30; person++)
            systems[0].Create("people", ("mail", $"p{person}@acme.com"), ("last", $"P{person}"));
        await hub.SettleAsync();
        Assert.NotNull((await hub.Get<SystemStates>().GetAsync(new("support"), CancellationToken.None)).Paused);
        Assert.True(systems[2].Live("people").Count <= 10);
        Assert.Equal(30, systems[1].Live("people").Count);

        await hub.Get<OperatorActions>().ResumeAsync(new("support"), CancellationToken.None);
        await hub.SettleAsync();

        Assert.Equal(30, systems[2].Live("people").Count);
    }

    [Fact]
    public async Task Nothing_is_written_to_a_system_before_its_plan_is_approved()
    {
        var systems = Three();
        await using var hub = new HubHarness(systems, time);
        systems[0].Create("people", ("mail", "ada@acme.com"), ("last", "Lovelace"));
        foreach (var system in systems)
            await hub.Get<Backfill>().RunAsync(system.System, false, null, CancellationToken.None);
        await hub.Get<Reconcile>().RunAsync(null, CancellationToken.None);
        await hub.SettleAsync();

        Assert.Equal(0, systems.Sum(system => system.WriteCalls));
        var plan = await hub.Get<SyncPlan>().CountAsync(null, CancellationToken.None);
        Assert.Equal((0, 1, 1), (plan[new("crm")].Creates, plan[new("marketing")].Creates, plan[new("support")].Creates));
    }

    private sealed record SystemTightened(SystemModel System)
    {
        public SystemModel Value => new(System.Id, System.Connector, System.Maps.Values) { Creates = System.Creates, Fuse = new(10, 1_000, 10) };
    }
}
