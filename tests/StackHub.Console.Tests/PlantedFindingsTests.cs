using StackHub.Audit;
using StackHub.Audit.Running;

namespace StackHub.Console.Tests;

/// <summary>The demo's six tools, really synced, and the shipped sample of a company's lists: what was planted in them is found, and nothing else.</summary>
public sealed class PlantedFindingsTests(ConsoleStage stage)
{
    private static readonly string[] Planted =
    [
        "High owner-left tableau",
        "High personal-data-uncovered marketo",
        "High renewal-of-unused 6sense",
        "High seats-of-leavers calendly",
        "High seats-of-leavers gong",
        "High unused-seats 6sense",
        "High unused-seats salesloft",
        "Low duplicate-tools hubspot|marketo",
        "Low duplicate-tools livestorm|zoom",
        "Low no-owner wistia",
        "Low renewal-due appsflyer",
        "Low shadow-tool discourse",
        "Low unused-no-login callrail",
        "Medium connected-without-invoice zendesk",
        "Medium duplicate-tools brevo|klaviyo",
        "Medium duplicate-tools calendly|chili-piper",
        "Medium duplicate-tools jotform|typeform",
        "Medium paid-and-unseen semrush",
        "Medium renewal-due docusign",
        "Medium shadow-tool trello",
        "Medium unused-no-login adroll",
    ];

    /// <summary>What the hub measures of its own connections depends on how busy this machine is, and was not planted.</summary>
    private const string Measured = "integration-trouble";

    [Fact]
    public async Task The_report_has_them_and_no_others()
    {
        Assert.SkipWhen(!stage.IsReady, "The demo's hub comes with the browser: apt-get install -y chromium.");

        var findings = await stage.Hub.Get<FindingStore>().ListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Planted, findings.Where(finding => finding.Status != FindingStatus.Fixed && finding.Check != Measured).Select(finding => finding.ToString()).Order(StringComparer.Ordinal));
    }
}
