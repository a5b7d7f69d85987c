using System.Text;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Inventory;
using StackHub.Audit.Pairs;
using StackHub.Testing.Storage;
using StackHub.Security;

namespace StackHub.Tests.Audit;

/// <summary>The published list of situations, with its numbers.</summary>
public sealed class ScenarioTests
{
    [Fact]
    public void S54_Containment_finds_the_tool_that_another_contains_where_likeness_does_not()
    {
        var stack = Stacks.Of(Stacks.Tool("A", "crm", "email", "forms", "landing", "analytics", "chat"), Stacks.Tool("B", "email", "forms", "landing"))
            .With(("A", Enumerable.Range(0, 40), Stacks.Today), ("B", Enumerable.Range(22, 25), Stacks.Today));

        var pair = Assert.Single(stack.View().Pairs);

        Assert.Equal(0.50, pair.Capabilities!.Jaccard, 3);
        Assert.Equal(1.00, pair.Capabilities.Containment, 3);
        Assert.Equal((40, 25, 18), (pair.Users!.First, pair.Users.Second, pair.Users.Shared));
        Assert.Equal(0.383, pair.Users.Jaccard, 3);
        Assert.Equal(0.72, pair.Users.Containment, 3);
        Assert.Equal(PairVerdict.Duplicate, pair.Verdict);
        Assert.Equal(new ToolId("b"), pair.Contained);
        var finding = Assert.Single(stack.Findings("duplicate-tools"));
        Assert.Equal("a|b", finding.Subject);
        Assert.Equal("B does nothing that A does not do, for the same people.", finding.Title);
        Assert.Equal(("1.000", "not measured", "not measured", "0.720"), (finding.Proves("capabilities"), finding.Proves("records"), finding.Proves("fields"), finding.Proves("users")));
    }

    [Fact]
    public void S56_A_hundred_and_twenty_seats_of_which_seventy_eight_are_used_waste_37800_a_year()
    {
        var stack = Stacks.Of(Stacks.Tool("Desk") with { Seats = 120, Cost = new(null, 75) })
            .With(("Desk", Enumerable.Range(0, 78), Stacks.Today.PlusDays(-89)), ("Desk", Enumerable.Range(78, 10), Stacks.Today.PlusDays(-91)));

        var finding = Assert.Single(stack.Findings("unused-seats"));

        Assert.Equal(("120", "78", "42", "65 %"), (finding.Proves("seats"), finding.Proves("active"), finding.Proves("unused"), finding.Proves("utilisation")));
        Assert.Equal(37_800m, finding.Saving);
        Assert.Equal(Severity.High, finding.Severity);
        Assert.Equal(37_800m, Assert.Single(StackHub.Audit.Measuring.Wastes.Of(stack.View())).Total);
    }

    [Fact]
    public void S56_Five_idle_agents_of_thirty_five_are_14_3_per_cent()
    {
        var stack = Stacks.Of(Stacks.Tool("CRM") with { Seats = 35 }).With(("CRM", Enumerable.Range(0, 30), Stacks.Today), ("CRM", Enumerable.Range(30, 5), null));

        var finding = Assert.Single(stack.Findings("unused-seats"));

        Assert.Equal("5", finding.Proves("unused"));
        Assert.Equal(14.3, 100 * (1 - stack.View().Use(new("crm")).Utilisation!.Value), 1);
    }

    [Fact]
    public void S58_Webhooks_from_a_domain_without_an_entry_are_a_shadow_tool()
    {
        var stack = Stacks.Of(Stacks.Tool("Known") with { Domains = ["known.example"] }) with
        {
            UnknownOrigins =
            [
                new("events.shadow.example", new(2026, 11, 28), Stacks.Today, 12) { Fields = ["email", "plan"] },
                new("hooks.known.example", new(2026, 11, 28), Stacks.Today, 3),
            ],
        };

        var finding = Assert.Single(stack.Findings("shadow-traffic"));

        Assert.Equal("events.shadow.example", finding.Proves("origin"));
        Assert.Equal("2026-11-28", finding.Proves("first seen"));
        Assert.Equal("email, plan", finding.Proves("fields received"));
        Assert.Equal(Severity.High, finding.Severity);
    }

    [Fact]
    public void S60_An_owner_who_leaves_orphans_the_tool_its_three_flows_and_its_credential()
    {
        var owner = Stacks.Person(1);
        var stack = Stacks.Of(Stacks.Tool("CRM") with { Owner = owner }).WithLeavers(owner) with
        {
            Assets = [.. new[] { "contacts", "companies", "deals" }.Select(flow => new ToolAsset(new("crm"), AssetKind.Flow, flow)), new(new("crm"), AssetKind.Credential, "token")],
        };

        var findings = stack.Findings("owner-left");

        Assert.Equal(["crm", "crm/credential/token", "crm/flow/companies", "crm/flow/contacts", "crm/flow/deals"], findings.Select(finding => finding.Subject).Order(StringComparer.Ordinal));
        Assert.All(findings, finding => Assert.DoesNotContain("person1", finding.Title + string.Concat(finding.Evidence), StringComparison.Ordinal));
    }

    [Fact]
    public void S60_A_failing_erasure_drill_lowers_the_privacy_part_and_no_other()
    {
        var tool = Stacks.Tool("CRM") with { Privacy = new(true, "EU") { CanErase = true, Drill = new(Stacks.Today, true, 2) }, Security = new(true, true, true) };
        var before = Stacks.Of(tool).View().Health(tool.Id);

        var after = Stacks.Of(tool with { Privacy = tool.Privacy with { Drill = new(Stacks.Today, false, null) } }).View().Health(tool.Id);

        Assert.Equal(["privacy"], before.Parts.Zip(after.Parts).Where(parts => parts.First.Earned != parts.Second.Earned || parts.First.Known != parts.Second.Known).Select(parts => parts.First.Name));
        Assert.Equal(6, before.Part("privacy").Earned - after.Part("privacy").Earned);
        Assert.True(after.Score < before.Score);
        Assert.Equal(before.Confidence, after.Confidence);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>", "web page")]
    [InlineData("tool,owner\nA,b@c.de\n", "20 bytes")]
    public async Task S61_A_list_that_is_a_web_page_or_twenty_bytes_is_refused_and_the_snapshot_stays(string garbage, string reason)
    {
        var (import, snapshots) = Importing();
        await import.ImportAsync("tools", ImportKind.Tools, Rows(1_000), Nothing, false, CancellationToken.None);

        var report = await import.ImportAsync("tools", ImportKind.Tools, new MemoryStream(Encoding.UTF8.GetBytes(garbage)), Nothing, false, CancellationToken.None);

        Assert.Contains(reason, report.Rejected, StringComparison.Ordinal);
        Assert.Equal(1_000, (await snapshots.FindAsync("tools", CancellationToken.None))!.Rows);
        var draft = Stacks.Draft();
        await import.ReadAsync((await snapshots.FindAsync("tools", CancellationToken.None))!, draft, CancellationToken.None);
        Assert.Equal(1_000, draft.Build().Length);
    }

    [Fact]
    public async Task S61_A_list_with_15000_of_41188_rows_is_refused_and_the_snapshot_stays()
    {
        var (import, snapshots) = Importing();
        var first = await import.ImportAsync("tools", ImportKind.Tools, Rows(41_188), Nothing, false, CancellationToken.None);

        var report = await import.ImportAsync("tools", ImportKind.Tools, Rows(15_000), Nothing, false, CancellationToken.None);

        Assert.Null(first.Rejected);
        Assert.Equal("It has 15,000 rows where the snapshot before has 41,188: it seems to be cut off.", report.Rejected);
        Assert.Equal(41_188, (await snapshots.FindAsync("tools", CancellationToken.None))!.Rows);
        Assert.Null((await import.ImportAsync("tools", ImportKind.Tools, Rows(15_000), Nothing, force: true, CancellationToken.None)).Rejected);
    }

    [Fact]
    public void Published_rarities_are_met()
    {
        var rarity = CapabilityRarity.Of(503, new Dictionary<string, int> { ["analytics"] = 193, ["livechat"] = 13 });

        Assert.Equal(0.958, rarity.Weight("analytics"), 3);
        Assert.Equal(3.656, rarity.Weight("livechat"), 3);
    }

    [Theory]
    [InlineData(1.0, 1.0, 1.0, 1.0, 1.0, PairVerdict.Duplicate)]
    [InlineData(1.0, 0.0, 0.0, 1.0, 0.60, PairVerdict.Review)]
    [InlineData(0.5, 0.5, 0.5, 0.5, 0.50, PairVerdict.Review)]
    [InlineData(1.0, 1.0, 0.0, 0.25, 0.70, PairVerdict.Duplicate)]
    [InlineData(0.0, 1.0, 0.0, 0.90, 0.43, PairVerdict.Distinct)]
    public void Redundancy_weighs_40_25_15_20(double capabilities, double records, double fields, double users, double expected, PairVerdict verdict)
    {
        var (redundancy, measured) = RedundancyScore.Of(capabilities, records, fields, users);

        Assert.Equal(expected, redundancy, 3);
        Assert.Equal(1, measured, 6);
        Assert.Equal(verdict, RedundancyScore.Verdict(redundancy, measured, false, AuditSettings.Default));
    }

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private static (InventoryImport Import, ImportSnapshots Snapshots) Importing()
    {
        var time = new ManualTime(Stacks.Now);
        var snapshots = new ImportSnapshots(new InMemoryTables(), new InMemoryBlobs(), new HubKeys(new byte[32]), time);
        return (new(snapshots, new PlainNames(), ImportLimits.Default, time), snapshots);
    }

    private static MemoryStream Rows(int count) =>
        new(Encoding.UTF8.GetBytes("tool,owner\n" + string.Concat(Enumerable.Range(0, count).Select(row => $"tool {row},o{row}@example.com\n"))));
}
