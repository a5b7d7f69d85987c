using Microsoft.Extensions.DependencyInjection;
using StackHub.Audit;
using StackHub.Audit.Drills;
using StackHub.Audit.Running;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Testing.Connecting;
using StackHub.Testing.Privacy;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Audit;

public sealed class DrillTests : IAsyncDisposable
{
    private readonly AdjustableTime time = new();
    private readonly ErasingSystem crm;
    private readonly FakeSystem mailer;
    private readonly HubHarness hub;

    public DrillTests()
    {
        time.Hold();
        crm = new(new FakeSystem("crm", time), time);
        mailer = new("mailer", time);
        var plan = new AuditPlan { Systems = new Dictionary<string, string> { ["crm"] = "CRM", ["mailer"] = "Mailer" }.ToFrozenText() };
        hub = new([crm.Inner, mailer], time, flows: services => services.AddSingleton(plan).AddSingleton(new ConnectorSet([crm, mailer])));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_drill_makes_sees_erases_and_misses_a_synthetic_person_and_the_next_audit_knows()
    {
        await hub.OnboardAsync();

        var begun = await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await GoOnAsync();
        var asked = await LastAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await GoOnAsync();
        var passed = await LastAsync();

        Assert.Equal((TrialStage.Making, "crm", "people"), (begun!.Stage, begun.System, begun.ObjectType));
        Assert.Equal((TrialStage.Erasing, time.GetUtcNow() - TimeSpan.FromMinutes(1), asked.FoundAt), (asked.Stage, asked.AskedAt, asked.AskedAt));
        Assert.Equal((TrialStage.Passed, TimeSpan.FromMinutes(1), null), (passed.Stage, passed.Took, passed.Failure));
        Assert.Empty(crm.Inner.Live("people"));
        var report = await hub.Get<StackAudit>().RunAsync(CancellationToken.None);
        var readiness = report.Erasure.Single(erasure => erasure.Tool.Text == "crm");
        Assert.Equal((ErasureLevel.Proven, 0), (readiness.Level, readiness.Drill!.DaysToGone));
    }

    [Fact]
    public async Task The_synthetic_person_never_becomes_a_record_nor_gets_to_another_system()
    {
        await hub.OnboardAsync();
        await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        await GoOnAsync();

        await hub.SettleAsync();

        Assert.Single(crm.Deletions, deletion => deletion.Effective);
        Assert.Empty(await hub.RecordsAsync());
        Assert.Empty(mailer.Live("people"));
    }

    [Fact]
    public async Task Nothing_is_tried_where_the_hub_may_not_write_or_its_connector_cannot_erase()
    {
        var trials = hub.Get<Trials>();

        Assert.Equal("The hub may not write there now.", await trials.ObstacleAsync(crm.System, CancellationToken.None));
        Assert.Null(await StartAsync());
        await hub.OnboardAsync();
        Assert.Null(await trials.ObstacleAsync(crm.System, CancellationToken.None));
        Assert.Equal("Its connector cannot erase: a person does it in the tool.", await trials.ObstacleAsync(mailer.System, CancellationToken.None));
        Assert.Null(await trials.StartAsync(mailer.System, null, CancellationToken.None));
        Assert.Equal("There is no such system.", await trials.ObstacleAsync(new SystemId("none"), CancellationToken.None));
        Assert.Equal(0, mailer.WriteCalls);
    }

    [Fact]
    public async Task A_second_start_goes_on_with_the_drill_that_is_under_way()
    {
        await hub.OnboardAsync();
        var first = await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        var second = await StartAsync();

        Assert.Equal(first!.Id, second!.Id);
        Assert.Equal(TrialStage.Erasing, second.Stage);
        Assert.Single(await hub.Get<TrialStore>().ListAsync(CancellationToken.None));
    }

    /// <summary>Dies before and after every write, each time with a lost answer of the vendor's before it.</summary>
    [Fact]
    public async Task A_drill_that_dies_anywhere_goes_on_and_makes_one_person()
    {
        await hub.OnboardAsync();
        var (lost, deaths) = (0, 0);
        crm.Inner.AfterWrite = _ => lost++ == 0 ? throw new VendorUnavailableException(crm.System, "no answer") { Uncertain = true } : Task.CompletedTask;
        for (var death = 1; death <= 16; death++)
        {
            var (left, isAfter) = ((death + 1) / 2, death % 2 == 0);
            Task Die(string operation)
            {
                if (operation != "tables.write audit" || --left != 0)
                    return Task.CompletedTask;
                deaths++;
                throw new IOException("the process died");
            }
            hub.Tables.Before = isAfter ? null : Die;
            hub.Tables.After = isAfter ? Die : null;
            await Record.ExceptionAsync(StartAsync);
            (hub.Tables.Before, hub.Tables.After) = (null, null);
            hub.Restart();
            time.Advance(TimeSpan.FromSeconds(35));
        }

        for (var hour = 0; hour < 3; hour++)
        {
            await GoOnAsync();
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(6, deaths);
        var made = await hub.Get<Trials>().ListAsync(CancellationToken.None);
        Assert.All(made, trial => Assert.Equal(TrialStage.Passed, trial.Stage));
        Assert.Equal(made.Count, crm.Deletions.Count(deletion => deletion.Effective));
        Assert.Empty(crm.Inner.Live("people"));
    }

    [Fact]
    public async Task A_refused_erasure_fails_the_drill_and_is_a_high_finding()
    {
        await hub.OnboardAsync();
        crm.Refuses = new ErasureOutcome.Refused("FORBIDDEN", "ann@acme.com may not");
        await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        await GoOnAsync();

        var trial = await LastAsync();
        Assert.Equal((TrialStage.Failed, "the vendor refused the erasure (FORBIDDEN)"), (trial.Stage, trial.Failure));
        var finding = Assert.Single((await hub.Get<StackAudit>().RunAsync(CancellationToken.None)).Findings, finding => finding.Check == "erasure-not-ready");
        Assert.Equal((Severity.High, "the vendor refused the erasure (FORBIDDEN)"), (finding.Severity, finding.Proves("reason")));
    }

    [Fact]
    public async Task Nobody_made_says_nothing_of_the_erasure()
    {
        await hub.OnboardAsync();
        crm.Inner.Refuse = _ => new WriteOutcome.Refused("INVALID_EMAIL", "no");
        await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));

        await GoOnAsync();

        var trial = await LastAsync();
        Assert.Equal((TrialStage.NotMade, "the synthetic person was refused (INVALID_EMAIL)"), (trial.Stage, trial.Failure));
        Assert.Equal(ErasureLevel.Claimed, (await hub.Get<StackAudit>().RunAsync(CancellationToken.None)).Erasure.Single(erasure => erasure.Tool.Text == "crm").Level);
    }

    [Fact]
    public async Task Whoever_is_still_found_37_days_on_was_not_erased()
    {
        await hub.OnboardAsync();
        await StartAsync();
        time.Advance(TimeSpan.FromSeconds(5));
        crm.IsComplete = () => false;

        for (var day = 0; day <= 37; day++)
        {
            await GoOnAsync();
            Assert.False((await LastAsync()).IsOver && day < 37);
            time.Advance(TimeSpan.FromDays(1));
        }

        var trial = await LastAsync();
        Assert.Equal((TrialStage.Failed, "the vendor took the erasure and does not say that it is done, 37 days after it was asked for"), (trial.Stage, trial.Failure));
    }

    [Fact]
    public void A_vendor_that_brings_nobody_back_is_not_asked_in_a_hurry()
    {
        var trial = new Trial(RecordId.New(time.GetUtcNow()).ToString(), "crm", "people", time.GetUtcNow(), null) { Record = "1", FoundAt = time.GetUtcNow(), AskedAt = time.GetUtcNow(), ConfirmedAt = time.GetUtcNow() };

        var pauses = Enumerable.Range(0, 14).Select(_ =>
        {
            var before = trial.NextAt;
            trial = trial.LookedFor(isThere: true, promised: null, before);
            return (trial.NextAt - before).TotalSeconds;
        });

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 3_600, 3_600], pauses);
    }

    private Task<Trial?> StartAsync() => hub.Get<Trials>().StartAsync(crm.System, "key:test", CancellationToken.None);

    private Task GoOnAsync() => hub.Get<Trials>().GoOnAsync(CancellationToken.None);

    private async Task<Trial> LastAsync() => (await hub.Get<Trials>().ListAsync(CancellationToken.None))[^1];
}
