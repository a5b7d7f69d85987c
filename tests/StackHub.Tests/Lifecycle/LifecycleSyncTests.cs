using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Identity.Matching;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Agreement;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Reports;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;
using StackHub.Triggers;

namespace StackHub.Tests.Lifecycle;

/// <summary>The lifecycle on the sync path: what one tool says, decided by the hub, is what every tool shows.</summary>
public sealed class LifecycleSyncTests : IAsyncDisposable
{
    private static readonly FieldPolicy Hub = new(PolicyKind.SystemOfRecord, [HubAuthor.System], BlankNeverWins: false);
    private readonly AdjustableTime time = new();
    private readonly FakeSystem crm;
    private readonly FakeSystem marketing;
    private readonly HubHarness hub;
    private readonly string ann;

    public LifecycleSyncTests()
    {
        (crm, marketing) = (new("crm", time), new("marketing", time));
        var plan = new LifecyclePlan("v1", LifecycleMachine.Default,
        [
            new(crm.System, "crm", "lifecycleStage", []),
            new(marketing.System, "map", "lifecycleStage", [KeyValuePair.Create("lead", "inquiry")]),
        ]);
        hub = new([crm, marketing], time, policies: new Dictionary<string, FieldPolicy> { ["lifecycleStage"] = Hub }, lifecycle: plan);
        ann = marketing.Create("people", ("mail", "ann@acme.com"), ("first", "Ann"), ("last", "Lee"), ("stage", "lead"));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task What_marketing_says_is_decided_by_the_hub_and_shown_by_every_tool()
    {
        await StartAsync();
        Assert.Equal(["inquiry", "inquiry"], Stages());

        marketing.Edit(ann, "stage", "mql");
        await hub.SettleAsync();

        Assert.Equal(["mql", "mql"], Stages());
        Assert.Equal("mql", (await HeadAsync()).Standing!.Stage);
    }

    [Fact]
    public async Task A_stage_that_marketing_may_not_set_is_a_proposal_and_is_put_back()
    {
        await StartAsync();
        marketing.Edit(ann, "stage", "customer");
        await hub.SettleAsync();

        Assert.Equal(["inquiry", "inquiry"], Stages());
        Assert.Equal("authority_denied", Assert.Single((await HeadAsync()).Journeys[0].Proposals).Reason);
        var calls = crm.WriteCalls + marketing.WriteCalls;
        await hub.SettleAsync();
        Assert.Equal(calls, crm.WriteCalls + marketing.WriteCalls);
    }

    [Fact]
    public async Task The_nightly_agreement_is_the_share_of_people_who_are_there_where_the_hub_says()
    {
        await StartAsync();
        await NightAsync();
        Assert.Equal([(1L, 100.0), (1L, 100.0)], await AgreementAsync());

        crm.Refuse = write => write.Fields.Any(field => field.VendorField == "stage") ? new WriteOutcome.Refused("PROJECTION_REJECTED", "no", "stage") : null;
        marketing.Edit(ann, "stage", "mql");
        await hub.SettleAsync();
        time.Advance(TimeSpan.FromDays(1));
        await NightAsync();

        Assert.Equal([(1L, 0.0), (1L, 100.0)], await AgreementAsync());
        var finding = Assert.Single((await hub.Get<LifecycleFindings>().ListAsync(FindingKind.ProjectionRejected, null, 10, CancellationToken.None)).Findings);
        Assert.Equal(("crm", "projection_rejected"), (finding.System, finding.Code));
    }

    [Fact]
    public async Task A_change_that_concerns_no_stage_tells_the_lifecycle_nothing()
    {
        await StartAsync();
        var version = (await HeadAsync()).Version;

        marketing.Edit(ann, "tel", "+14155550100");
        await hub.TellAllAsync();

        Assert.Equal(0, await hub.Queue.CountAsync(StackHub.Storage.Queues.Lifecycle, CancellationToken.None));
        Assert.Equal(version, (await HeadAsync()).Version);
    }

    [Fact]
    public async Task Options_that_mean_nothing_here_are_kept_nightly_and_go_when_they_are_gone_or_mapped()
    {
        crm.Stages.AddRange([new("stage", "mql", "MQL"), new("stage", "77", "Partner lead"), new("other", "88", "Elsewhere")]);
        marketing.Stages.Add(new("stage", "lead", "Lead"));
        await StartAsync();
        await NightAsync();
        await NightAsync();
        Assert.Equal(["crm stage: 77 (Partner lead)"], await OptionsAsync());

        crm.StagesAreAway = true;
        await NightAsync();
        Assert.Equal(["crm stage: 77 (Partner lead)"], await OptionsAsync()); // what cannot be asked is no news

        (crm.StagesAreAway, crm.Stages[1]) = (false, new("stage", "99", "99"));
        await NightAsync();
        Assert.Equal(["crm stage: 99"], await OptionsAsync());
        crm.Stages.RemoveAt(1);
        await NightAsync();
        Assert.Empty(await OptionsAsync());
    }

    [Fact]
    public async Task Whose_people_they_are_is_found_by_the_matcher_that_routing_uses_and_said_in_the_report()
    {
        await StartAsync();
        Assert.Equal((null, AccountSource.None), await AccountAsync());

        var acme = crm.Create("companies", ("name", "Acme"), ("domain", "acme.com")); // nobody tells the person of it
        await hub.SettleAsync();
        await NightAsync();
        await hub.SettleAsync();

        var account = (await hub.RecordsAsync()).Single(record => record.Kind == RecordKind.Account);
        Assert.Equal((account.Id, AccountSource.Found), await AccountAsync());
        Assert.Equal(new AccountLine(AccountSource.Found, 1), Assert.Single((await hub.Get<LifecycleReports>().ReportAsync(TimeSpan.FromDays(90), TimeSpan.FromDays(90), default)).Accounts));
        Assert.Equal("inquiry", (await hub.Get<AccountBoard>().FindAsync(account.Id, default)).Stage);

        crm.Edit(crm.Live("people").Keys.Single(), "company", acme);
        await hub.SettleAsync();
        Assert.Equal((account.Id, AccountSource.Said), await AccountAsync());
    }

    private async Task<string[]> OptionsAsync() =>
        [.. (await hub.Get<LifecycleReports>().FindingsAsync(default)).Where(line => line.Kind == FindingKind.UnmappedOption).Select(line => $"{line.System} {line.Detail}")];

    private async Task<(RecordId?, AccountSource)> AccountAsync() => (await HeadAsync()).Standing is { } standing ? (standing.Account, standing.AccountSource) : default;

    private async Task StartAsync()
    {
        await hub.OnboardAsync();
        await hub.SettleAsync();
    }

    private Task NightAsync() => hub.Get<IEnumerable<ITimerHandler>>().OfType<AgreementTimer>().Single().RunAsync(CancellationToken.None);

    private async Task<IReadOnlyList<(long, double)>> AgreementAsync()
    {
        var shares = new List<(long, double)>();
        foreach (var system in hub.Systems)
        {
            var latest = (await hub.Get<AgreementStore>().OfAsync(system.System, time.GetUtcNow().AddDays(-7), CancellationToken.None))[^1];
            shares.Add((latest.People, latest.Percent!.Value));
        }

        return shares;
    }

    private async Task<JourneyHead> HeadAsync()
    {
        var person = (await hub.RecordsAsync()).Single(record => record.Kind == RecordKind.Person);
        return (await hub.Get<LifecycleLedger>().HeadAsync(person.Id, CancellationToken.None)).Head;
    }

    private string[] Stages() => [.. hub.Systems.SelectMany(system => system.Live("people").Values).Select(person => person["stage"]!)];
}
