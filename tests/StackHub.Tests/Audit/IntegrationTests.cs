using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Audit;
using StackHub.Audit.Running;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;

namespace StackHub.Tests.Audit;

/// <summary>What the hub itself knows of its connections and of trial erasures, as a run reckons with it.</summary>
public sealed class IntegrationTests : IAsyncDisposable
{
    private static readonly ConnectorInfo Erasing = FakeSystem.FakeInfo with
    {
        Objects = [.. FakeSystem.FakeInfo.Objects.Select(type => type.Kind != RecordKind.Person ? type : type with { Privacy = new PrivacyAbility { Erasure = ErasureKind.Mask, GoneWithin = TimeSpan.FromDays(30), Stays = "its tickets" } })],
    };

    private readonly AdjustableTime time = new();
    private readonly Secrets secrets = new();
    private readonly FakeSystem crm;
    private readonly HubHarness hub;

    public IntegrationTests()
    {
        crm = new("crm", time) { Info = Erasing };
        var plan = new AuditPlan
        {
            Systems = new Dictionary<string, string> { ["crm"] = "CRM", ["mailer"] = "Mailer" }.ToFrozenText(),
            Owners = new Dictionary<string, string> { ["crm"] = "dana@example.com", ["crm/people"] = "erik@example.com" }.ToFrozenText(),
        };
        hub = new([crm, new FakeSystem("mailer", time)], time, WithSecret, flows: services => services.AddSingleton(plan).AddSingleton(new SecretResolver([secrets])));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_secret_that_was_the_same_for_more_than_a_year_is_old_until_it_is_another()
    {
        await RunAsync();
        time.Advance(TimeSpan.FromDays(400));

        var old = await RunAsync();
        secrets.Value = "renewed";
        var renewed = await RunAsync();

        Assert.Equal("The hub's credential for CRM is 400 days old.", Assert.Single(Open(old, "old-credential")).Title);
        Assert.Empty(Open(renewed, "old-credential"));
        Assert.Null(old.Stack.Find(new("mailer"))!.Integration!.AuthAge);
    }

    [Fact]
    public async Task A_feed_that_was_not_read_for_two_days_lags()
    {
        await hub.OnboardAsync();
        Assert.Empty(Open(await RunAsync(), "integration-trouble"));

        time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(["The hub is 48 hours behind CRM.", "The hub is 48 hours behind Mailer."], Open(await RunAsync(), "integration-trouble").Select(finding => finding.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task S60_A_failing_drill_of_a_system_is_a_finding_and_lowers_the_privacy_part_alone()
    {
        var before = await RunAsync();
        await hub.Get<ErasureDrills>().RecordAsync(DrillPlace.Of(crm.System), new(time.GetUtcNow(), false, null, "it was still found"), CancellationToken.None);

        var after = await RunAsync();

        Assert.Equal("it was still found", Assert.Single(Open(after, "erasure-not-ready")).Proves("reason"));
        Assert.Equal(["privacy"], Health(before).Parts.Zip(Health(after).Parts).Where(parts => parts.First.Earned != parts.Second.Earned).Select(parts => parts.First.Name));
        Assert.True(Health(after).Part("privacy").Earned < Health(before).Part("privacy").Earned);
    }

    [Fact]
    public async Task Readiness_says_what_the_connector_can_do()
    {
        var readiness = (await RunAsync()).Erasure.ToDictionary(one => one.Tool.Text);

        Assert.Equal((ErasureLevel.Claimed, ErasureKind.Mask, "its tickets"), (readiness["crm"].Level, readiness["crm"].Claim!.Kind, readiness["crm"].Claim!.Stays));
        Assert.Null(readiness["mailer"].Claim);
    }

    [Fact]
    public async Task A_drill_that_is_older_than_the_last_changes_nothing()
    {
        var (drills, place) = (hub.Get<ErasureDrills>(), DrillPlace.Of(crm.System));
        await drills.RecordAsync(place, new(time.GetUtcNow(), true, 3, null), CancellationToken.None);

        await drills.RecordAsync(place, new(time.GetUtcNow().AddDays(-1), false, null, "late"), CancellationToken.None);
        await drills.RecordAsync(DrillPlace.OfTool("wiki"), new(time.GetUtcNow(), false, null, null), CancellationToken.None);

        var kept = await drills.ListAsync(CancellationToken.None);
        Assert.Equal((2, true, 3), (kept.Count, kept[place].Passed, kept[place].DaysToGone));
        Assert.False(kept[DrillPlace.OfTool("wiki")].Passed);
    }

    [Fact]
    public async Task A_flow_and_a_credential_have_the_owners_that_the_file_names()
    {
        var assets = (await RunAsync()).Stack.Assets.ToDictionary(asset => asset.Name, asset => asset.Owner?.Text);

        Assert.Equal(("dana@example.com", "erik@example.com", "dana@example.com", null), (assets["crm"], assets["crm/people"], assets["crm/companies"], assets["mailer"]));
    }

    [Fact]
    public async Task Two_processes_that_audit_at_once_do_so_one_after_the_other()
    {
        await using var other = hub.Build("another process");

        var reports = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => number % 2 == 0 ? hub.Get<StackAudit>().RunAsync(CancellationToken.None) : other.GetRequiredService<StackAudit>().RunAsync(CancellationToken.None)));

        Assert.Equal(4, reports.Select(report => report.Run.Id).Distinct().Count());
        Assert.Equal(reports.Select(report => report.Run.Id).Order(StringComparer.Ordinal), (await hub.Get<RunStore>().ListAsync(CancellationToken.None)).Select(run => run.Id));
        Assert.False(await hub.Get<RunStore>().IsUnderWayAsync(CancellationToken.None));
    }

    private static SystemModel WithSecret(SystemModel system) => system.Id.Name != "crm" ? system : new(system.Id, system.Connector, system.Maps.Values)
    {
        Creates = system.Creates,
        Settings = ImmutableSortedDictionary<string, string>.Empty.Add("accessToken", "env:CRM_TOKEN").Add("region", "eu"),
    };

    private static Finding[] Open(AuditReport report, string check) => [.. report.Findings.Where(finding => finding.Check == check && finding.Status == FindingStatus.Open)];

    private static ToolHealth Health(AuditReport report) => report.Health.Single(health => health.Tool.Text == "crm");

    private Task<AuditReport> RunAsync() => hub.Get<StackAudit>().RunAsync(CancellationToken.None);

    private sealed class Secrets : ISecretSource
    {
        public string Value { get; set; } = "first";

        public string Scheme => "env";

        public Task<string?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<string?>(Value);

        public void Expire()
        {
        }
    }
}
