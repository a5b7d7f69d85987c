using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Testing.Audit;

namespace StackHub.Tests.Audit.Samples;

/// <summary>The sample inventory, with the traffic that six connected tools have: what was planted in it is found, and nothing else.</summary>
public sealed class SampleStackTests
{
    private static readonly string[] Systems = ["hubspot", "salesforce", "marketo", "intercom", "klaviyo", "zendesk"];

    private static readonly string[] Planted =
    [
        "High seats-of-leavers calendly",
        "High seats-of-leavers gong",
        "High owner-left tableau",
        "High personal-data-uncovered marketo",
        "High renewal-of-unused 6sense",
        "High shadow-traffic hooks.outgrow.example",
        "High unused-seats 6sense",
        "High unused-seats salesloft",
        "Low duplicate-tools hubspot|marketo",
        "Low duplicate-tools livestorm|zoom",
        "Low no-owner wistia",
        "Low renewal-due appsflyer",
        "Low shadow-tool discourse",
        "Low unused-no-login callrail",
        "Medium connected-without-invoice zendesk",
        "Medium duplicate-tools calendly|chili-piper",
        "Medium duplicate-tools jotform|typeform",
        "Medium paid-and-unseen semrush",
        "Medium renewal-due docusign",
        "Medium shadow-tool trello",
        "Medium unused-no-login adroll",
    ];

    [Fact]
    public async Task Every_row_of_the_sample_is_understood()
    {
        var (stack, reports) = await SampleStack.ReadAsync(TestContext.Current.CancellationToken);

        Assert.All(reports, report => Assert.True(report is { Rejected: null, BadRows: 0, Rows: > 0 }, $"{report} {string.Join("; ", report.Problems)}"));
        Assert.Equal(60, stack.Tools.Count(tool => tool.Sources.HasFlag(ToolSources.List)));
        Assert.Equal(Systems.Order(), stack.Tools.Where(tool => tool.IsConnected).Select(tool => tool.Id.Text));
        Assert.Equal(3, stack.Leavers.Count);
    }

    [Fact]
    public async Task What_was_planted_is_found_and_nothing_else()
    {
        var view = new AuditView(await ConnectedAsync(), AuditSettings.Default);

        var found = AuditChecks.Find(view).Select(finding => finding.ToString());

        Assert.Equal(Planted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_seats_nobody_uses_are_priced_to_the_dollar()
    {
        var findings = AuditChecks.Find(new(await ConnectedAsync(), AuditSettings.Default)).ToDictionary(finding => finding.ToString());

        Assert.Equal(37_800, findings["High unused-seats salesloft"].Saving);
        Assert.Equal("65 %", findings["High unused-seats salesloft"].Evidence.Single(evidence => evidence.Name == "utilisation").Value);
        Assert.Equal(new(2026, 12, 15), findings["Medium renewal-due docusign"].Due);
        Assert.Equal(new(2026, 12, 21), findings["High renewal-of-unused 6sense"].Due);
    }

    [Fact]
    public async Task A_pair_that_is_wanted_is_told_once_its_time_is_over()
    {
        var stack = await ConnectedAsync();
        var later = stack with { IntentionalPairs = [.. stack.IntentionalPairs.Select(pair => pair with { Until = stack.Today.PlusDays(-1) })] };

        var found = AuditChecks.Find(new(later, AuditSettings.Default)).Select(finding => finding.Subject);

        Assert.Contains("brevo|klaviyo", found);
    }

    /// <summary>What a hub of six tools measures: all hold the same people, and each both tells and is told.</summary>
    private static async Task<StackInventory> ConnectedAsync()
    {
        var (stack, _) = await SampleStack.ReadAsync(TestContext.Current.CancellationToken);
        ToolId[] tools = [.. Systems.Select(system => new ToolId(system))];
        var sketch = new SketchBuilder();
        for (var number = 0; number < 60; number++)
            sketch.Add($"person {number}");
        var records = new ToolRecords(sketch.Build(), RecordSketch.Empty);
        return stack with
        {
            TrafficSince = stack.Today.PlusDays(-60),
            Traffic = [.. tools.Select(tool => new TrafficDay(tool, stack.Today.PlusDays(-1), 40, 40, 0))],
            Fields = [.. tools.SelectMany(Fields)],
            Records = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(tools, tool => tool, _ => records),
            Purposes = System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary<KeyValuePair<string, string>, string, string>([new("Person.email", "service"), new("Person.phone", "sales")], one => one.Key, one => one.Value),
            UnknownOrigins = [new("hooks.outgrow.example", stack.Today.PlusDays(-3), stack.Today, 12) { Fields = ["email", "name"] }],
            IntentionalPairs = [new(new("klaviyo"), new("brevo"), "the brand in Germany", new(2027, 6, 30))],
        };
    }

    private static IEnumerable<FieldTraffic> Fields(ToolId tool) =>
        from field in (string[])["email", "phone"]
        from direction in Enum.GetValues<FieldDirection>()
        select new FieldTraffic(tool, "Person", field, direction, 60) { Personal = true };
}
