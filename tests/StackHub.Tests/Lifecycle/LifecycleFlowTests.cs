using System.Text;
using StackHub.Calendars;
using StackHub.Flows;
using StackHub.Lifecycle;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Reports;
using StackHub.Records;
using StackHub.Storage;
using StackHub.Suppression;
using StackHub.Sync.DeadLetters;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>The scenarios of the facts through the whole flow: from what systems say to what the hub writes.</summary>
public sealed class LifecycleFlowTests : IAsyncDisposable
{
    private readonly LifecycleScene hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Scenario_01_a_customer_whom_marketing_calls_a_lead_stays_one_and_nothing_is_written()
    {
        var person = await CustomerAsync();
        var before = await hub.HeadAsync(person);

        var head = await hub.SaysAsync(person, Marketing, "lifecycleStage", "lead", At(7, 1));

        Assert.Equal("customer", head.Standing!.Stage);
        Assert.Equal(Refusals.NonAuthoritativeRegression, Assert.Single(head.Journeys[0].Proposals).Reason);
        Assert.Equal((1, before.DecidedAt), (head.BlockedRegressions, head.DecidedAt));
        Assert.Equal("customer", await hub.ValueAsync(person, "lifecycleStage"));
    }

    [Fact]
    public async Task Scenario_03_an_unmapped_stage_is_a_finding_and_is_replayed_once_it_is_mapped()
    {
        var person = await QualifiedAsync();

        var head = await hub.SaysAsync(person, Crm, "leadStatus", "123456", At(5, 3));

        Assert.Equal("mql", head.Standing!.Stage);
        var finding = Assert.Single(await FindingsAsync(FindingKind.UnmappedStage));
        Assert.Equal((person, "sfdc", "123456", "unmapped_stage"), (finding.Record, finding.System, finding.Detail, finding.Code));

        hub.CrmStages = hub.CrmStages.Add(KeyValuePair.Create("123456", "sal"));
        hub.Start(hub.Plan());
        await hub.HearAsync(person, At(6, 20)); // long behind the horizon

        Assert.Equal(("sal", At(5, 3)), ((await hub.HeadAsync(person)).Standing!.Stage, (await hub.HeadAsync(person)).Standing!.Since));
        Assert.Empty(await FindingsAsync(FindingKind.UnmappedStage));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Scenario_04_an_opportunity_and_a_score_of_the_same_moment_end_alike_whoever_is_first(int first)
    {
        var person = await QualifiedAsync();
        var version = (await hub.HeadAsync(person)).Version;
        var deal = hub.New();
        await DealAsync(deal, person, At(5, 2, 10));
        await hub.ObserveAsync(RecordKind.Person, person, Marketing, "lifecycleStage", "inquiry", At(5, 2, 9));
        await hub.ObserveAsync(RecordKind.Person, person, Marketing, "lifecycleStage", "mql", At(5, 2, 10));
        hub.Time.Advance(At(5, 2, 10) - hub.Time.GetUtcNow());
        hub.Tables.Before = _ => Task.Delay(1); // so that the two do meet

        var flow = hub.Get<StackHub.Lifecycle.LifecycleFlow>();
        RecordId[] order = first == 0 ? [deal, person] : [person, deal];
        await Task.WhenAll(order.Select(id => Task.Run(() => flow.RunAsync(id, again: false, CancellationToken.None))));

        var journey = await hub.JourneyAsync(person);
        Assert.Equal("opportunity", journey.Current);
        Assert.Equal([("sal", At(5, 2, 10), true), ("sql", At(5, 2, 10), true)], journey.Cycles[0].Entries.Where(entry => entry.Stage is "sal" or "sql").Select(entry => (entry.Stage, entry.At, entry.Inferred)));
        Assert.Contains(journey.Proposals, proposal => proposal is { Stage: "mql", Reason: Refusals.TieLost });
        Assert.InRange((await hub.HeadAsync(person)).Version - version, 1, 2);
    }

    [Fact]
    public async Task Scenario_07_a_subscriber_whose_won_opportunity_is_imported_skipped_five_stages()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "subscriber", At(3, 1));
        var deal = hub.New();
        await DealAsync(deal, person, At(6, 1), won: true);

        await hub.HearAsync(deal, At(9, 1));

        var journey = await hub.JourneyAsync(person);
        string[] skipped = ["inquiry", "mql", "sal", "sql", "opportunity"];
        Assert.Equal("customer", journey.Current);
        Assert.Equal(skipped, journey.Cycles[0].Entries.Where(entry => entry.Inferred && entry.At == At(6, 1)).Select(entry => entry.Stage));
        Assert.All(skipped, stage => Assert.Equal((1.0, (TimeSpan?)null), (Velocity.Of(stage, journey.Cycles, BusinessCalendar.Always).SkipRate, Velocity.Of(stage, journey.Cycles, BusinessCalendar.Always).Median)));
    }

    [Fact]
    public async Task Scenario_08_marketing_makes_nobody_a_customer_and_billing_does()
    {
        var (person, account) = (hub.New(), hub.New());
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "account", account.ToString(), At(4, 1));
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 1));
        await hub.SaysAsync(person, Crm, "leadStatus", "Working", At(5, 2));
        var head = await hub.SaysAsync(person, Marketing, "lifecycleStage", "customer", At(5, 3));
        Assert.Equal(("sal", Refusals.AuthorityDenied), (head.Standing!.Stage, Assert.Single(head.Journeys[0].Proposals).Reason));

        var deal = hub.New();
        await DealAsync(deal, person, At(5, 4));
        await hub.HearAsync(deal, At(5, 4));
        await hub.ObserveAsync(RecordKind.Account, account, Billing, "subscription", "active", At(5, 5));
        await hub.HearAsync(account, At(5, 5));

        Assert.Equal("customer", (await hub.HeadAsync(person)).Standing!.Stage);
    }

    [Fact]
    public async Task Scenario_10_an_old_score_does_not_fire_again_and_a_demo_opens_the_second_cycle()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "leadScore", "95", At(5, 1));
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "reason", "no budget", At(6, 1));
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "revisit", "2026-09-01", At(6, 1));
        await hub.SaysAsync(person, Crm, "leadStatus", "Nurture", At(6, 1));
        Assert.Equal("recycled", (await hub.HeadAsync(person)).Standing!.Stage);

        await hub.SaysAsync(person, Marketing, "phone", "+14155550100", At(6, 2));
        Assert.Equal("recycled", (await hub.HeadAsync(person)).Standing!.Stage);

        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(6, 20));
        var journey = await hub.JourneyAsync(person);
        Assert.Equal((2, "mql", 2), (journey.Cycles.Length, journey.Current, journey.EntriesOf("mql").Count()));
    }

    [Fact]
    public async Task Scenario_11_a_churned_customer_who_asks_for_a_demo_is_won_back_in_a_second_cycle()
    {
        var (person, account) = await SubscriberAsync();
        await hub.ObserveAsync(RecordKind.Account, account, Billing, "subscription", "ended", At(6, 30));
        await hub.HearAsync(account, At(6, 30));
        Assert.Equal("churned", (await hub.HeadAsync(person)).Standing!.Stage);

        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(8, 10));

        var journey = await hub.JourneyAsync(person);
        Assert.Equal((2, "mql", true, "churned"), (journey.Cycles.Length, journey.Current, journey.Cycles[1].IsWinBack, journey.Cycles[0].Current));
        Assert.Equal(("mql", "customer"), (await hub.ValueAsync(person, "lifecycleStage"), await hub.ValueAsync(person, "lifecycleHighWater")));
    }

    [Theory]
    [InlineData("Closed - Converted")]
    [InlineData("Won over")]
    public async Task Scenario_13_a_converted_lead_without_opportunity_is_qualified_whatever_its_status_is_called(string status)
    {
        var person = await QualifiedAsync();
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "leadStatus", status, At(5, 3));

        var head = await hub.SaysAsync(person, Crm, "isConverted", "true", At(5, 3));

        Assert.Equal("sql", head.Standing!.Stage);
    }

    [Fact]
    public async Task Scenario_14_an_account_is_where_its_farthest_person_with_a_role_is()
    {
        var account = hub.New();
        RecordId[] people = [hub.New(), hub.New(), hub.New(), hub.New()];
        foreach (var person in people)
        {
            await hub.ObserveAsync(RecordKind.Person, person, Crm, "account", account.ToString(), At(4, 1));
            await hub.SaysAsync(person, Marketing, "lifecycleStage", "lead", At(5, 1));
        }

        await hub.SaysAsync(people[1], Marketing, "lifecycleStage", "mql", At(5, 2));
        await hub.ObserveAsync(RecordKind.Person, people[3], Crm, "reason", "student", At(5, 2));
        await hub.SaysAsync(people[3], Crm, "leadStatus", "Unqualified", At(5, 2));
        var deal = hub.New();
        await DealAsync(deal, people[2], At(5, 3));
        await hub.HearAsync(deal, At(5, 3));
        Assert.Equal(("opportunity", "true"), (await StageOfAsync(account), await QualifiedOfAsync(account)));

        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "contacts", null, At(5, 4));
        await hub.HearAsync(deal, At(5, 4));

        Assert.Equal("mql", await StageOfAsync(account));
    }

    [Fact]
    public async Task Scenario_16_a_merge_unites_what_was_said_and_its_undoing_restores_both_to_the_byte()
    {
        var (first, second) = (hub.New(), hub.New());
        await hub.SaysAsync(first, Marketing, "lifecycleStage", "mql", At(5, 1));
        await hub.SaysAsync(second, Crm, "phone", "+14155550100", At(5, 2));
        var deal = hub.New();
        await DealAsync(deal, second, At(5, 5));
        await hub.HearAsync(deal, At(5, 5));
        await hub.HearAsync(first, At(5, 5));
        var (before, other) = (await SnapshotAsync(first), await SnapshotAsync(second));

        await hub.MergeAsync(first, second);
        var survivor = (await hub.Get<RecordStore>().ReadAsync(first, CancellationToken.None))!.Record.MergedInto ?? first;
        var journey = await hub.JourneyAsync(survivor);
        Assert.Equal(("opportunity", At(5, 1)), (journey.Current, journey.Cycles[0].First("mql")!.At));
        Assert.Equal("opportunity", await hub.ValueAsync(survivor, "lifecycleStage"));

        await hub.Get<RecordMerger>().UndoAsync(survivor == first ? second : first, CancellationToken.None);
        await hub.HearAsync(first, At(5, 6));
        await hub.HearAsync(second, At(5, 6));

        Assert.Equal(before, await SnapshotAsync(first));
        Assert.Equal(other, await SnapshotAsync(second));
        Assert.Equal(("mql", "opportunity"), (await hub.ValueAsync(first, "lifecycleStage"), await hub.ValueAsync(second, "lifecycleStage")));
    }

    [Fact]
    public async Task Scenario_17_a_new_threshold_changes_nothing_that_was_reached_under_the_old_one()
    {
        var (early, late) = (hub.New(), hub.New());
        var first = await hub.SaysAsync(early, Marketing, "leadScore", "95", At(5, 10));
        Assert.Equal(("mql", 1), (first.Standing!.Stage, first.Journeys[0].Cycles[0].First("mql")!.RuleVersion));
        var report = Shown(await EventsAsync(early), At(5, 15));

        hub.ScoreRules = [new(1, At(1, 1), 90), new(2, At(5, 20), 100)];
        hub.Start(hub.Plan());
        await hub.SaysAsync(late, Marketing, "leadScore", "95", At(5, 21));
        await hub.HearAsync(early, At(5, 21));

        Assert.Equal("mql", (await hub.HeadAsync(early)).Standing!.Stage);
        Assert.Null((await hub.HeadAsync(late)).Standing);
        Assert.Equal(report, Shown(await EventsAsync(early), At(5, 15)));
    }

    [Fact]
    public async Task Scenario_19_a_customer_of_one_product_who_asks_for_another_starts_an_expansion()
    {
        var person = await CustomerAsync();
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "products", "A", At(6, 2));
        await hub.ObserveAsync(RecordKind.Person, person, Marketing, "interest", "B", At(7, 1));
        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(7, 1));

        Assert.Equal("mql", (await hub.JourneyAsync(person, Motion.Expansion("B"))).Current);
        Assert.Equal("customer", (await hub.JourneyAsync(person)).Current);
        Assert.Equal("customer", (await hub.HeadAsync(person)).Standing!.Stage);
    }

    [Fact]
    public async Task Scenario_19_an_open_support_case_of_the_first_priority_holds_marketing_back()
    {
        var person = await CustomerAsync();
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "products", "A", At(6, 2));
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "p1Open", "true", At(6, 30));
        await hub.ObserveAsync(RecordKind.Person, person, Marketing, "interest", "B", At(7, 1));
        await hub.SaysAsync(person, Marketing, "lastForm", "demo", At(7, 1));

        Assert.Equal(Refusals.Suppressed, Assert.Single((await hub.JourneyAsync(person, Motion.Expansion("B"))).Proposals).Reason);
    }

    [Fact]
    public async Task Scenario_20_of_two_systems_of_one_moment_the_higher_authority_decides_in_both_orders()
    {
        foreach (var order in new[] { (SystemId[])[Crm, Marketing], [Marketing, Crm] })
        {
            var person = hub.New();
            await hub.SaysAsync(person, Marketing, "lifecycleStage", "lead", At(4, 1));
            await hub.ObserveAsync(RecordKind.Person, person, Crm, "reason", "student", At(4, 2));
            foreach (var system in order)
                await hub.SaysAsync(person, system, system == Crm ? "leadStatus" : "lifecycleStage", system == Crm ? "Unqualified" : "mql", At(5, 2));

            Assert.Equal("disqualified", (await hub.HeadAsync(person)).Standing!.Stage);
        }
    }

    [Fact]
    public async Task Hearing_it_again_changes_nothing_and_writes_nothing()
    {
        var person = await CustomerAsync();
        var before = await hub.HeadAsync(person);
        var record = (await hub.Get<RecordStore>().ReadAsync(person, CancellationToken.None))!.Record;
        List<string> steps = [];
        hub.Tables.Before = step =>
        {
            steps.Add(step);
            return Task.CompletedTask;
        };

        await hub.HearAsync(person, At(6, 2));

        hub.Tables.Before = null;
        Assert.DoesNotContain(steps, step => step.StartsWith("tables.write", StringComparison.Ordinal) || step.StartsWith("tables.batch", StringComparison.Ordinal));
        Assert.Equal(before.Version, (await hub.HeadAsync(person)).Version);
        Assert.Equal(record, (await hub.Get<RecordStore>().ReadAsync(person, CancellationToken.None))!.Record);
    }

    [Fact]
    public async Task What_the_hub_wrote_to_a_tool_comes_back_as_no_word_of_theirs()
    {
        await using var scene = new LifecycleScene(scene => scene.MarketingIsGiven = StageProjection.HighWater);
        var person = scene.New();
        await scene.SaysAsync(person, Marketing, "lifecycleStage", "lead", At(5, 1));
        var echo = new Observation(At(5, 2), new("mql"));

        // Both fields are mapped to the tool's one, and only that of what was written knows that it was.
        await scene.Get<RecordStore>().ChangeAsync(person, record => record!.With(record.Links.Single(link => link.Ref.System == Marketing) is var link ? link
            .WithCell("lifecycleHighWater", Cell.Of([new(At(5, 1), new("inquiry")), echo], [new HubWrite(At(5, 2), new("mql"))], Horizon.Default))
            .WithCell("lifecycleStage", link.Cell("lifecycleStage").With(echo, Horizon.Default)) : null!), CancellationToken.None);

        Assert.Equal("inquiry", (await scene.HearAsync(person, At(5, 3))).Standing!.Stage);
    }

    [Fact]
    public async Task A_date_that_becomes_sharper_moves_the_event_and_what_was_believed_then_stays_readable()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 3));
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 1), heardAt: At(5, 4));

        Assert.Equal(At(5, 1), (await hub.JourneyAsync(person)).Cycles[0].First("mql")!.At);
        var believed = JourneyFold.Of(LifecycleMachine.Default, await EventsAsync(person), At(5, 3, 12)).Single();
        Assert.Equal(At(5, 3), believed.Cycles[0].First("mql")!.At);
    }

    [Fact]
    public async Task A_person_loses_with_the_last_open_opportunity_only()
    {
        var person = await QualifiedAsync();
        var (one, other) = (hub.New(), hub.New());
        await DealAsync(one, person, At(5, 2));
        await DealAsync(other, person, At(5, 3));
        await hub.HearAsync(one, At(5, 3));
        await hub.HearAsync(other, At(5, 3));

        await hub.ObserveAsync(RecordKind.Opportunity, one, Crm, "isClosed", "true", At(5, 5));
        await hub.HearAsync(one, At(5, 5));
        Assert.Equal("opportunity", (await hub.HeadAsync(person)).Standing!.Stage);

        await hub.ObserveAsync(RecordKind.Opportunity, other, Crm, "isClosed", "true", At(5, 6));
        await hub.HearAsync(other, At(5, 6));
        Assert.Equal("lost", (await hub.HeadAsync(person)).Standing!.Stage);
    }

    [Fact]
    public async Task An_open_opportunity_without_a_role_is_a_finding_until_it_has_one()
    {
        var (person, deal) = (await QualifiedAsync(), hub.New());
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "false", At(5, 2));
        await hub.HearAsync(deal, At(5, 2));
        Assert.Equal(deal, Assert.Single(await FindingsAsync(FindingKind.NoContactRole)).Record);

        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "contacts", $"{person}:Buyer", At(5, 3));
        await hub.HearAsync(deal, At(5, 3));

        Assert.Empty(await FindingsAsync(FindingKind.NoContactRole));
        Assert.Equal(("opportunity", At(5, 3)), ((await hub.HeadAsync(person)).Standing!.Stage, (await hub.HeadAsync(person)).Standing!.Since));
    }

    [Fact]
    public async Task Whoever_is_erased_is_absorbed_and_counts_for_no_account_any_more()
    {
        var account = hub.New();
        var person = await QualifiedAsync(account);
        Assert.Equal("mql", await StageOfAsync(account));
        await hub.Get<SuppressionList>().AddAsync("record", person.ToString(), "erased", CancellationToken.None);

        await hub.HearAsync(person, At(5, 10));
        var head = await hub.SaysAsync(person, Crm, "leadStatus", "Working", At(5, 11));

        Assert.Equal(("erased", true), (head.Standing!.Stage, head.IsErased));
        Assert.Empty(head.Clocks);
        Assert.Empty(await hub.Get<AccountBoard>().MembersAsync(account, CancellationToken.None));
    }

    [Fact]
    public async Task A_person_whom_others_decide_about_all_the_time_is_parked_after_five_tries()
    {
        var person = await QualifiedAsync();
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "leadStatus", "Working", At(5, 2));
        var tries = 0;
        hub.Tables.Before = async step =>
        {
            if (step != $"tables.write {StackHub.Storage.Tables.Journeys}")
                return;
            tries++;
            await TouchHeadAsync(person);
        };

        await hub.Queue.SendAsync(Queues.Lifecycle, FlowSignals.Body([person.ToString()], null), TimeSpan.Zero, CancellationToken.None);
        await hub.PumpAsync();

        hub.Tables.Before = null;
        var letter = Assert.Single((await hub.Get<DeadLetterStore>().ListAsync(null, 10, CancellationToken.None)).Letters);
        Assert.Equal((5, "JOURNEY_CONTENDED", Queues.Lifecycle), (tries, letter.Code, letter.Queue));
    }

    /// <summary>Another worker saves the same head once more, which is a new version.</summary>
    private async Task TouchHeadAsync(RecordId person)
    {
        var before = hub.Tables.Before;
        hub.Tables.Before = null;
        var row = (await hub.Tables.GetAsync(StackHub.Storage.Tables.Journeys, person.ToString()[^2..], person.ToString(), CancellationToken.None))!;
        await hub.Tables.UpsertAsync(StackHub.Storage.Tables.Journeys, row with { ETag = null }, CancellationToken.None);
        hub.Tables.Before = before;
    }

    private async Task<RecordId> QualifiedAsync(RecordId? account = null)
    {
        var person = hub.New();
        if (account is { } known)
            await hub.ObserveAsync(RecordKind.Person, person, Crm, "account", known.ToString(), At(4, 1));
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "lead", At(4, 20));
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 1));
        return person;
    }

    /// <summary>To customer on 1 June, by an opportunity.</summary>
    private async Task<RecordId> CustomerAsync(RecordId? account = null)
    {
        var person = await QualifiedAsync(account);
        var deal = hub.New();
        await DealAsync(deal, person, At(5, 10));
        await hub.HearAsync(deal, At(5, 10));
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isWon", "true", At(6, 1));
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "true", At(6, 1));
        await hub.HearAsync(deal, At(6, 1));
        return person;
    }

    private async Task<(RecordId Person, RecordId Account)> SubscriberAsync()
    {
        var account = hub.New();
        var person = await CustomerAsync(account);
        await hub.ObserveAsync(RecordKind.Account, account, Billing, "subscription", "active", At(6, 1));
        await hub.HearAsync(account, At(6, 1));
        return (person, account);
    }

    private async Task DealAsync(RecordId deal, RecordId person, DateTimeOffset at, bool won = false)
    {
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "contacts", $"{person}:Buyer", at);
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", won ? "true" : "false", at);
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isWon", won ? "true" : "false", at);
    }

    private async Task<string?> StageOfAsync(RecordId account) => (await hub.Get<AccountBoard>().FindAsync(account, CancellationToken.None)).Stage;

    private async Task<string?> QualifiedOfAsync(RecordId account) => (await hub.Get<AccountBoard>().FindAsync(account, CancellationToken.None)).IsQualified ? "true" : "false";

    private async Task<IReadOnlyList<LifecycleFinding>> FindingsAsync(FindingKind kind) => (await hub.Get<LifecycleFindings>().ListAsync(kind, null, 100, CancellationToken.None)).Findings;

    private async Task<IReadOnlyList<LifecycleEvent>> EventsAsync(RecordId person) => (await hub.Get<LifecycleLedger>().ReadAsync(person, CancellationToken.None)).Events;

    private async Task<string> SnapshotAsync(RecordId person) => Encoding.UTF8.GetString(LifecycleLedger.Bytes(await hub.HeadAsync(person) with { Version = 0, DecidedAt = default }));

    private static string Shown(IEnumerable<LifecycleEvent> events, DateTimeOffset knownAt) => string.Join('|', JourneyFold.Of(LifecycleMachine.Default, events, knownAt).Select(journey =>
        $"{journey.Motion} {journey.HighWater} {string.Join(',', journey.Cycles.SelectMany(cycle => cycle.Entries))} {string.Join(',', journey.Proposals)}"));
}
