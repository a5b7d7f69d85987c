using StackHub.Audit;
using StackHub.Audit.Running;
using StackHub.Sync.DeadLetters;

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
        "Medium integration-trouble klaviyo",
        "Medium paid-and-unseen semrush",
        "Medium renewal-due docusign",
        "Medium shadow-tool trello",
        "Medium unused-no-login adroll",
    ];

    [Fact]
    public async Task The_report_has_them_and_no_others()
    {
        Assert.SkipWhen(!stage.IsReady, "The demo's hub comes with the browser: apt-get install -y chromium.");

        var findings = await stage.Hub.Get<FindingStore>().ListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Planted, findings.Where(finding => finding.Status != FindingStatus.Fixed).Select(finding => finding.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>The seed's people have numbers that Klaviyo does not take: however the writes fall into batches, each is refused once.</summary>
    [Fact]
    public async Task Klaviyo_refuses_the_numbers_that_the_seed_planted()
    {
        Assert.SkipWhen(!stage.IsReady, "The demo's hub comes with the browser: apt-get install -y chromium.");

        var (letters, next) = await stage.Hub.Get<DeadLetterStore>().ListAsync(null, 200, TestContext.Current.CancellationToken);

        Assert.Null(next);
        // A story on the same stage has HubSpot refuse a number of its own.
        Assert.Equal(["klaviyo duplicate_profile phone: 1", "klaviyo invalid phone: 18"], letters.Where(letter => letter.System?.Name == "klaviyo").CountBy(letter => $"{letter.System} {letter.Code} {letter.Field}").Select(kind => $"{kind.Key}: {kind.Value}").Order(StringComparer.Ordinal));
        var trouble = (await stage.Hub.Get<FindingStore>().ListAsync(TestContext.Current.CancellationToken)).Single(finding => finding.Check == "integration-trouble");
        Assert.Equal("19", trouble.Evidence.Single(evidence => evidence.Name == "refused").Value);
    }
}
