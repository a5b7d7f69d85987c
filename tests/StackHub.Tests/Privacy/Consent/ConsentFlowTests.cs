using StackHub.Connecting;
using StackHub.Identity.Matching;
using StackHub.Permissions;
using StackHub.Privacy.Consent;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync;
using StackHub.Sync.Conflicts;
using StackHub.Sync.Explain;
using StackHub.Sync.Runs;
using static StackHub.Tests.Privacy.Consent.ConsentStage;

namespace StackHub.Tests.Privacy.Consent;

public sealed class ConsentFlowTests : IAsyncDisposable
{
    private readonly ConsentStage stage = new();

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task S46_an_opt_out_reaches_every_tool_and_its_echoes_write_nothing()
    {
        await stage.StartAsync();

        await stage.SayAsync(Out("news", stage.Now));
        Assert.All(stage.All, system => Assert.Equal("true", Held(system, "optout")));
        var before = stage.Writes();
        foreach (var system in stage.All)
            await stage.Hub.TellAsync(system, system.Whole(system.Live("people").Keys.Single()));
        await stage.Hub.SettleAsync();
        await stage.Hub.Get<ConsentCheck>().RunAsync(default);
        await stage.Hub.SettleAsync();

        Assert.Equal(before, stage.Writes());
        Assert.Empty(await stage.ConflictsAsync());
    }

    [Fact]
    public async Task What_a_tool_says_is_in_the_ledger_and_in_every_other_tool()
    {
        await stage.StartAsync();

        stage.Marketing.Edit(stage.Marketing.Live("people").Keys.Single(), "optout", "true");
        await stage.Hub.SettleAsync();

        Assert.All(stage.All, system => Assert.Equal("true", Held(system, "optout")));
        var said = Assert.Single(await stage.Hub.Get<ConsentLedger>().OfAsync(await stage.PersonAsync(), default));
        Assert.Equal(("news", false, ConsentBasis.ToolFlag, "marketing", "email"), (said.Purpose, said.IsOptIn, said.Basis, said.Source, said.Channel));
    }

    [Fact]
    public async Task A_tool_that_opts_somebody_in_again_is_told_off_and_to_people_once()
    {
        await stage.StartAsync();
        await stage.SayAsync(Out("news", stage.Now));

        stage.Marketing.Edit(stage.Marketing.Live("people").Keys.Single(), "optout", "false");
        await stage.Hub.SettleAsync();
        await stage.Hub.Get<ConsentCheck>().RunAsync(default);

        Assert.All(stage.All, system => Assert.Equal("true", Held(system, "optout")));
        var alarm = Assert.Single(await stage.ConflictsAsync());
        Assert.Equal((ConflictKind.OptOutReverted, "marketing", "emailOptOut"), (alarm.Kind, alarm.System!.Value.Name, alarm.Field));
    }

    [Fact]
    public async Task A_flip_that_no_webhook_told_is_found_by_the_check()
    {
        await stage.StartAsync();
        await stage.SayAsync(Out("news", stage.Now));

        stage.Marketing.Edit(stage.Marketing.Live("people").Keys.Single(), "optout", "false");
        stage.Marketing.Edits.Clear();
        await stage.Hub.Get<ConsentCheck>().RunAsync(default);
        await stage.Hub.SettleAsync();

        Assert.Equal(ConflictKind.OptOutReverted, Assert.Single(await stage.ConflictsAsync()).Kind);
        Assert.Equal("true", Held(stage.Marketing, "optout"));
    }

    [Fact]
    public async Task The_tool_that_said_it_first_cannot_take_it_back_without_an_event_either()
    {
        await stage.StartAsync();
        stage.Crm.Edit(stage.Ann, "optout", "true");
        await stage.Hub.SettleAsync();

        stage.Crm.Edit(stage.Ann, "optout", "false");
        await stage.Hub.SettleAsync();

        Assert.All(stage.All, system => Assert.Equal("true", Held(system, "optout")));
        Assert.Equal("crm", Assert.Single(await stage.ConflictsAsync()).System!.Value.Name);
    }

    [Fact]
    public async Task A_consent_with_proof_opts_in_everywhere_and_is_no_alarm()
    {
        await stage.StartAsync();
        stage.Crm.Edit(stage.Ann, "optout", "true");
        await stage.Hub.SettleAsync();
        stage.Time.Advance(TimeSpan.FromDays(40));

        await stage.SayAsync(In("news", stage.Now));

        Assert.All(stage.All, system => Assert.Equal("false", Held(system, "optout")));
        Assert.Empty(await stage.ConflictsAsync());
    }

    [Fact]
    public async Task A_late_opt_in_changes_nothing()
    {
        await stage.StartAsync();
        var asked = stage.Now;
        stage.Time.Advance(TimeSpan.FromHours(1));
        await stage.SayAsync(Out("news", stage.Now));
        var before = stage.Writes();

        await stage.SayAsync(In("news", asked));

        Assert.Equal(before, stage.Writes());
        Assert.Equal("true", Held(stage.Marketing, "optout"));
    }

    [Fact]
    public async Task S47_an_opt_out_deletes_and_clears_nothing()
    {
        await stage.StartAsync();

        await stage.SayAsync(Out("news", stage.Now), Out("ads", stage.Now));

        Assert.Equal(["CTO", "+14155550100", "true"], new[] { "job", "tel", "optout" }.Select(field => Held(stage.Marketing, field)));
        Assert.Single(stage.AdNetwork.Live("people"));
    }

    [Fact]
    public async Task A_field_whose_purpose_is_refused_never_leaves_and_explain_and_plan_say_why()
    {
        await stage.StartAsync();
        await stage.SayAsync(Out("news", stage.Now));

        stage.Crm.Edit(stage.Ann, "job", "CEO");
        stage.Crm.Edit(stage.Ann, "last", "Lee-Jones");
        await stage.Hub.SettleAsync();

        Assert.Equal(("CTO", "Lee-Jones"), (Held(stage.Marketing, "job"), Held(stage.Marketing, "last")));
        Assert.Equal("CEO", Held(stage.Support, "job"));
        var why = stage.Hub.Get<Explainer>().Of(await stage.PersonAsync());
        var withheld = Assert.Single(why.Withheld);
        Assert.Equal(("marketing", "title"), (withheld.System.Name, withheld.Field));
        Assert.StartsWith("news was refused by the person on ", withheld.Reason, StringComparison.Ordinal);
        Assert.Equal([("news", false), ("ads", true), ("help", true)], why.Purposes.Select(purpose => (purpose.Name, purpose.Allowed)));
        Assert.Equal(1, (await stage.Hub.Get<SyncPlan>().CountAsync(null, default))[new("marketing")].Withheld);
    }

    [Fact]
    public async Task S48_an_objection_stops_marketing_and_leaves_service_alone()
    {
        await stage.StartAsync();

        Assert.IsType<ConsentAnswer.Recorded>(await stage.Hub.Get<RecordConsent>().ObjectAsync(Speaker, stage.Now, "letter 12", default));
        stage.Crm.Edit(stage.Ann, "tel", "+14155550199");
        await stage.Hub.SettleAsync();

        Assert.Equal("+14155550100", Held(stage.Marketing, "tel"));
        Assert.Equal("+14155550199", Held(stage.Support, "tel"));
        Assert.Equal("true", Held(stage.Marketing, "optout"));
        Assert.Equal(ConsentBasis.Objection, Assert.Single(await stage.Hub.Get<ConsentLedger>().OfAsync(await stage.PersonAsync(), default)).Basis);
    }

    [Fact]
    public async Task S44_a_browsers_signal_opts_out_browser_and_person_and_its_absence_takes_nothing_back()
    {
        await stage.StartAsync();
        var handler = stage.Hub.Get<RecordConsent>();
        var speaker = Speaker with { Browser = "3f1c" };

        var receipt = await handler.SignalAsync(speaker, "1", stage.Now, default);
        foreach (var none in (string?[])[null, "0", "true", "1, 1"])
            Assert.Null(await handler.SignalAsync(speaker, none, stage.Now.AddSeconds(1), default));
        stage.Crm.Edit(stage.Ann, "job", "CEO");
        await stage.Hub.SettleAsync();

        Assert.StartsWith("Opt-out request honored", receipt!.Confirmation, StringComparison.Ordinal);
        Assert.Equal(SaleOptOutDates.DueBy(SaleOptOutDates.CaliforniaDay(stage.Now)), receipt.DueBy);
        Assert.Equal("CTO", Held(stage.AdNetwork, "job"));
        var ledger = stage.Hub.Get<ConsentLedger>();
        var browser = ConsentSubject.OfBrowser("3f1c", stage.Hub.Get<HubKeys>());
        Assert.Equal([("ads", ConsentBasis.BrowserSignal)], (await ledger.OfAsync(browser, default)).Select(said => (said.Purpose, said.Basis)));
        Assert.Equal(ConsentState.Refused, new RecordPermissions(await stage.PersonAsync(), new([Ads])).StandingOf(Ads).State);
    }

    [Fact]
    public async Task S44_a_browser_that_turns_out_to_be_somebodys_opts_them_out()
    {
        await stage.StartAsync();
        var handler = stage.Hub.Get<RecordConsent>();
        Assert.NotNull(await handler.SignalAsync(new() { Browser = "3f1c" }, "1", stage.Now, default));

        await handler.RecogniseAsync("3f1c", (await stage.PersonAsync()).Id, default);
        await handler.RecogniseAsync("3f1c", (await stage.PersonAsync()).Id, default);
        stage.Crm.Edit(stage.Ann, "job", "CEO");
        await stage.Hub.SettleAsync();

        Assert.Equal("CTO", Held(stage.AdNetwork, "job"));
        Assert.Single(await stage.Hub.Get<ConsentLedger>().OfAsync(await stage.PersonAsync(), default));
    }

    [Fact]
    public async Task S49_a_restricted_person_is_frozen_both_ways_and_shown_as_such()
    {
        await stage.StartAsync();
        var id = (await stage.PersonAsync()).Id;
        await stage.Hub.Get<RestrictProcessing>().PlaceAsync(id, stage.Now, default);
        await stage.Hub.SettleAsync();
        var (before, known) = (stage.Writes(), await stage.PersonAsync());

        stage.Crm.Edit(stage.Ann, "job", "CEO");
        stage.Support.Edit(stage.Support.Live("people").Keys.Single(), "tel", "+14155550155");
        await stage.Hub.SettleAsync();
        await stage.Hub.Get<Reconcile>().RunAsync(null, default);
        await stage.Hub.SettleAsync();

        Assert.Equal(before, stage.Writes());
        Assert.Equal("CTO", stage.Hub.Get<Explainer>().Of(await stage.PersonAsync()).Fields.Single(field => field.Name == "title").Value);
        Assert.NotNull(stage.Hub.Get<Explainer>().Of(await stage.PersonAsync()).RestrictedSince);
        Assert.Equal(known.Links.Length, (await stage.PersonAsync()).Links.Length);
    }

    [Fact]
    public async Task S49_it_is_lifted_only_after_the_person_was_told_and_then_everything_catches_up()
    {
        await stage.StartAsync();
        var id = (await stage.PersonAsync()).Id;
        await stage.Hub.Get<RestrictProcessing>().PlaceAsync(id, stage.Now, default);
        await stage.Hub.SettleAsync();
        stage.Time.Advance(TimeSpan.FromDays(1));
        stage.Crm.Edit(stage.Ann, "job", "CEO");
        await stage.Hub.SettleAsync();

        Assert.False(await stage.Hub.Get<RestrictProcessing>().LiftAsync(id, stage.Now, null, default));
        Assert.False(await stage.Hub.Get<RestrictProcessing>().LiftAsync(id, stage.Now, stage.Now.AddHours(1), default));
        Assert.True(await stage.Hub.Get<RestrictProcessing>().LiftAsync(id, stage.Now, stage.Now.AddHours(-1), default));
        await stage.Hub.SettleAsync();

        Assert.Equal(["CEO", "CEO"], new[] { stage.Marketing, stage.Support }.Select(system => Held(system, "job")));
    }

    [Fact]
    public async Task S49_a_restricted_person_may_still_refuse()
    {
        await stage.StartAsync();
        await stage.Hub.Get<RestrictProcessing>().PlaceAsync((await stage.PersonAsync()).Id, stage.Now, default);
        await stage.Hub.SettleAsync();

        stage.Crm.Edit(stage.Ann, "optout", "true");
        await stage.Hub.SettleAsync();

        Assert.Equal(ConsentState.Refused, new RecordPermissions(await stage.PersonAsync(), new([News])).StandingOf(News).State);
    }

    [Fact]
    public async Task S49_a_restricted_person_is_created_nowhere()
    {
        stage.AdNetwork.Refuse = _ => new WriteOutcome.Retry("later");
        await stage.Hub.OnboardAsync();
        await stage.Hub.PumpAsync(rounds: 20);
        Assert.Empty(stage.AdNetwork.Live("people"));

        await stage.Hub.Get<RestrictProcessing>().PlaceAsync((await stage.PersonAsync()).Id, stage.Now, default);
        await stage.Hub.SettleAsync();
        stage.AdNetwork.Refuse = _ => null;
        stage.Time.Advance(TimeSpan.FromHours(2));
        await stage.Hub.Get<Reconcile>().RunAsync(null, default);
        await stage.Hub.SettleAsync();

        Assert.Empty(stage.AdNetwork.Live("people"));
        var withheld = stage.Hub.Get<SyncTargets>().Withheld(await stage.PersonAsync()).Single(one => one.System.Name == "ads");
        Assert.Null(withheld.Link);
        Assert.StartsWith("processing is restricted since ", withheld.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task S12_an_address_that_spoke_before_its_person_was_known_is_heard_when_they_come()
    {
        await stage.StartAsync();
        await stage.Hub.Get<RecordConsent>().RecordAsync(new() { Email = "Bob@Acme.com" }, [Out("news", stage.Now)], default);

        stage.Crm.Create("people", ("mail", "bob@acme.com"), ("first", "Bob"), ("last", "Ray"));
        await stage.Hub.SettleAsync();

        var bob = stage.Marketing.Live("people").Values.Single(person => person["mail"] == "bob@acme.com");
        Assert.Equal("true", bob["optout"]);
    }

    [Fact]
    public async Task What_a_crash_left_in_the_ledger_alone_reaches_the_tools_with_the_next_check()
    {
        await stage.StartAsync();
        var said = new ConsentEvent("news", IsOptIn: false, ConsentBasis.Withdrawal, ConsentMark.Person, stage.Now);
        await stage.Hub.Get<ConsentLedger>().AppendAsync(ConsentSubject.Of((await stage.PersonAsync()).Id), [said], default);

        stage.Hub.Restart();
        await stage.Hub.Get<ConsentCheck>().RunAsync(default);
        await stage.Hub.SettleAsync();

        Assert.All(stage.All, system => Assert.Equal("true", Held(system, "optout")));
    }

    [Fact]
    public async Task Two_records_that_become_one_keep_the_stricter_word()
    {
        stage.Crm.Create("people", ("mail", "ann.lee@acme.com"), ("first", "Anna"), ("last", "Lee"));
        await stage.StartAsync();
        var people = (await stage.Hub.RecordsAsync()).Where(record => record is { Kind: RecordKind.Person, MergedInto: null }).ToArray();
        Assert.Equal(2, people.Length);
        await stage.Hub.Get<RecordConsent>().RecordAsync(new() { Person = people[1].Id }, [Out("news", stage.Now)], default);
        await stage.Hub.SettleAsync();

        var survivor = await stage.Hub.Get<RecordMerger>().MergeAsync(people[0].Id, people[1].Id, "a person said so", default);
        await stage.Hub.Get<Reconcile>().RunAsync(null, default);
        await stage.Hub.SettleAsync();

        var record = (await stage.Hub.RecordsAsync()).Single(one => one.Id == survivor);
        Assert.Equal(ConsentState.Refused, new RecordPermissions(record, new([News])).StandingOf(News).State);
        Assert.All(stage.Crm.Live("people").Values, person => Assert.Equal("true", person["optout"]));
    }

    [Fact]
    public async Task S12_an_address_that_several_people_have_speaks_for_all_of_them()
    {
        foreach (var name in (string[])["Bea", "Cid", "Dan"])
            stage.Crm.Create("people", ("mail", "info@acme.com"), ("first", name), ("last", name + "son"));
        await stage.StartAsync();

        Assert.IsType<ConsentAnswer.Recorded>(await stage.Hub.Get<RecordConsent>().RecordAsync(new() { Email = "info@acme.com" }, [Out("news", stage.Now)], default));
        await stage.Hub.Get<ConsentCheck>().RunAsync(default);
        await stage.Hub.SettleAsync();

        Assert.Equal(["true", "true", "true"], stage.Crm.Live("people").Values.Where(person => person["mail"] == "info@acme.com").Select(person => person.GetValueOrDefault("optout")));
        Assert.Equal(4, stage.Crm.Live("people").Count);
        Assert.NotEqual("true", stage.Crm.Live("people")[stage.Ann].GetValueOrDefault("optout"));
    }

    [Fact]
    public async Task The_same_statement_from_many_at_once_is_one_event()
    {
        await stage.StartAsync();
        var statement = Out("news", stage.Now);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stage.Hub.Get<RecordConsent>().RecordAsync(Speaker, [statement], default)));
        await stage.Hub.SettleAsync();

        Assert.Single(await stage.Hub.Get<ConsentLedger>().OfAsync(await stage.PersonAsync(), default));
    }

    [Fact]
    public async Task The_ledger_holds_no_address_and_no_proof_in_the_clear()
    {
        await stage.StartAsync();

        await stage.SayAsync(In("news", stage.Now) with { Proof = "canary@proof.example" });

        await foreach (var row in stage.Hub.Tables.RowsAsync(Tables.Consents, TableRange.All, default))
            Assert.DoesNotContain("canary", string.Join(' ', row.Values.Select(value => value.Value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : value.Value.ToString()).Append(row.Partition).Append(row.Row)), StringComparison.Ordinal);
        Assert.Equal("canary@proof.example", Assert.Single(await stage.Hub.Get<ConsentLedger>().OfAsync(await stage.PersonAsync(), default)).Proof);
    }

    [Fact]
    public async Task Statements_that_prove_nothing_are_refused()
    {
        await stage.StartAsync();
        var handler = stage.Hub.Get<RecordConsent>();
        async Task<string> RefusedAsync(ConsentStatement statement) => Assert.IsType<ConsentAnswer.Refused>(await handler.RecordAsync(Speaker, [statement], default)).Reason;

        Assert.Contains("purpose", await RefusedAsync(Out("newz", stage.Now)), StringComparison.Ordinal);
        Assert.Contains("proof", await RefusedAsync(In("news", stage.Now) with { Proof = null }), StringComparison.Ordinal);
        Assert.Contains("future", await RefusedAsync(In("news", stage.Now.AddDays(1))), StringComparison.Ordinal);
        Assert.Contains("system", await RefusedAsync(Out("news", stage.Now) with { Source = "nowhere" }), StringComparison.Ordinal);
        Assert.Contains("opts in", await RefusedAsync(In("news", stage.Now) with { Basis = ConsentBasis.BrowserSignal }), StringComparison.Ordinal);
        Assert.Contains("channel", await RefusedAsync(Out("news", stage.Now) with { Channel = "phone" }), StringComparison.Ordinal);
        Assert.IsType<ConsentAnswer.Refused>(await handler.RecordAsync(new() { Email = "nobody" }, [Out("news", stage.Now)], default));
    }
}

public sealed class OptInTests : IAsyncDisposable
{
    private static readonly Purpose Ads = ConsentStage.Ads with { Rule = PurposeRule.OptIn };
    private readonly ConsentStage stage = new(Ads);

    public ValueTask DisposeAsync() => stage.DisposeAsync();

    [Fact]
    public async Task Nobody_is_created_where_a_consent_is_needed_before_it_is_there()
    {
        await stage.StartAsync();
        Assert.Empty(stage.AdNetwork.Live("people"));
        Assert.Equal("ads needs a consent, and there is none", Assert.Single(stage.Hub.Get<SyncTargets>().Withheld(await stage.PersonAsync())).Reason);

        await stage.SayAsync(In("ads", stage.Now));
        Assert.Equal("CTO", Held(stage.AdNetwork, "job"));

        await stage.SayAsync(Out("ads", stage.Now));
        stage.Crm.Edit(stage.Ann, "job", "CEO");
        await stage.Hub.SettleAsync();
        Assert.Equal("CTO", Held(stage.AdNetwork, "job"));
    }
}
