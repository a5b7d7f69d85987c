using StackHub.Audit;
using StackHub.Audit.Inventory;
using StackHub.Calendars;
using StackHub.Connecting;

namespace StackHub.Tests.Audit;

public sealed class CheckTests
{
    private static readonly ToolCost Cost = new(24_000);

    [Fact]
    public void Every_check_is_listed() =>
        Assert.Equal(
            typeof(IAuditCheck).Assembly.GetTypes().Where(type => type.IsClass && typeof(IAuditCheck).IsAssignableFrom(type)).Select(type => type.Name).Order(),
            AuditChecks.All.Select(check => check.GetType().Name).Order());

    [Fact]
    public void Every_check_has_a_name_of_its_own_and_a_question()
    {
        Assert.Equal(AuditChecks.All.Length, AuditChecks.All.Select(check => check.Name).Distinct().Count());
        Assert.All(AuditChecks.All, check => Assert.EndsWith("?", check.Question, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.10, 12, 0, "Medium Mailer refuses 10 % of what it is sent.")]
    [InlineData(0.10, 9, 0, null)]
    [InlineData(0.09, 12, 23, null)]
    [InlineData(0.00, 0, 30, "Medium The hub is 30 hours behind Mailer.")]
    [InlineData(0.50, 99, 30, "High Mailer refuses writes, and the hub is far behind it.")]
    public void An_integration_that_fails_or_lags_is_told(double rate, long refused, int hours, string? expected)
    {
        var tool = Stacks.Tool("Mailer") with { Integration = new(rate, TimeSpan.FromHours(hours), null) };
        var stack = Stacks.Of(tool) with { Traffic = [new(tool.Id, Stacks.Today, 1, 1, refused)] };

        var told = stack.Findings("integration-trouble").Select(finding => $"{finding.Severity} {finding.Title}");

        Assert.Equal(expected is null ? [] : [expected], told);
    }

    [Theory]
    [InlineData(3_999, null)]
    [InlineData(4_000, Severity.Medium)]
    [InlineData(5_000, Severity.High)]
    public void Calls_that_are_nearly_used_up_are_told(long used, Severity? expected)
    {
        var tool = Stacks.Tool("CRM") with { Integration = ToolIntegration.Unknown with { CallsUsed = used, CallsAllowed = 5_000 } };

        Assert.Equal(expected, Stacks.Of(tool).Findings("calls-nearly-used").SingleOrDefault()?.Severity);
    }

    [Theory]
    [InlineData(100, null)]
    [InlineData(101, "The last trial erasure in CRM was 101 days ago.")]
    public void A_trial_erasure_is_made_again_after_a_quarter(int days, string? expected)
    {
        var tool = Stacks.Tool("CRM") with { Privacy = ToolPrivacy.Unknown with { CanErase = true, Drill = new(Stacks.Today.PlusDays(-days), true, 2) } };

        Assert.Equal(expected, Stacks.Of(tool).Findings("erasure-drill-due").SingleOrDefault()?.Title);
    }

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    public void A_trial_that_took_longer_than_the_vendor_says_is_told(int days, int findings)
    {
        var tool = Stacks.Tool("CRM") with { Privacy = ToolPrivacy.Unknown with { CanErase = true, Claim = new(ErasureKind.Delete, TimeSpan.FromDays(30), null), Drill = new(Stacks.Today, true, days) } };

        Assert.Equal(findings, Stacks.Of(tool).Findings("erasure-not-ready").Length);
    }

    [Fact]
    public void What_nobody_owns_is_for_whom_the_settings_name()
    {
        var view = new AuditView(Stacks.Of(Stacks.Tool("CRM") with { Owner = null }, Stacks.Tool("Mailer") with { Cost = new(50_000) }), AuditSettings.Default with { Owner = new UserId("revops@example.com") });

        var owners = AuditChecks.Find(view).ToDictionary(finding => finding.ToString(), finding => finding.Owner?.Text);

        Assert.Equal("revops@example.com", owners["Low no-owner crm"]);
        Assert.Equal("owner@example.com", owners["Medium paid-and-unseen mailer"]);
    }

    [Fact]
    public void A_tool_in_good_order_is_no_finding()
    {
        var tool = Stacks.Tool("CRM", "crm") with { Seats = 10, Cost = new(12_000), Contract = new(new(2027, 9, 1), 60), Sources = ToolSources.List | ToolSources.Finance | ToolSources.SignOn, Privacy = new(true, "EU") { CanErase = true }, Security = new(true, true, true) };

        Assert.Empty(Stacks.Of(tool).With(("CRM", Enumerable.Range(0, 10), Stacks.Today)).Findings());
    }

    [Theory]
    [InlineData(29, null)]
    [InlineData(30, Severity.Low)]
    [InlineData(60, Severity.Medium)]
    [InlineData(90, Severity.High)]
    public void U1_Nobody_came_for_30_60_or_90_days(int days, Severity? expected)
    {
        var stack = Stacks.Of(Stacks.Tool("Desk") with { Cost = Cost }).With(("Desk", [1, 2], Stacks.Today.PlusDays(-days)), ("Desk", [3], null));

        Assert.Equal(expected, stack.Findings("unused-no-login").SingleOrDefault()?.Severity);
        Assert.Equal(days >= 90 ? 24_000m : null, stack.Findings("unused-no-login").SingleOrDefault()?.Saving);
    }

    [Fact]
    public void U2_Connected_and_nothing_moved_for_30_days_that_were_watched()
    {
        var stack = Stacks.Of(Stacks.Tool("CRM") with { Systems = ["crm"] }, Stacks.Tool("Desk") with { Systems = ["desk"] }) with
        {
            TrafficSince = Stacks.Today.PlusDays(-40),
            Traffic = [new(new("crm"), Stacks.Today.PlusDays(-31), 5, 5, 0), new(new("desk"), Stacks.Today.PlusDays(-3), 0, 1, 0)],
        };

        Assert.Equal("crm", Assert.Single(stack.Findings("unused-nothing-moved")).Subject);
        Assert.Empty((stack with { TrafficSince = Stacks.Today.PlusDays(-29) }).Findings("unused-nothing-moved"));
    }

    [Fact]
    public void U3_and_U4_Writes_nobody_reads_and_readers_that_write_nothing_back()
    {
        var stack = Stacks.Of([.. new[] { "crm", "survey", "mailer" }.Select(name => Stacks.Tool(name) with { Systems = [name] })]) with
        {
            Fields =
            [
                new(new("crm"), "Person", "email", FieldDirection.From, 9), new(new("mailer"), "Person", "email", FieldDirection.To, 9),
                new(new("survey"), "Person", "mood", FieldDirection.From, 4),
            ],
        };

        Assert.Equal("survey", Assert.Single(stack.Findings("unused-nobody-reads")).Subject);
        Assert.Equal("mailer", Assert.Single(stack.Findings("unused-writes-nothing-back")).Subject);
    }

    [Fact]
    public void U5_Seats_of_people_who_left()
    {
        var stack = Stacks.Of(Stacks.Tool("Desk") with { Seats = 4, Cost = new(null, 50) }).With(("Desk", Enumerable.Range(0, 4), Stacks.Today)).WithLeavers(Stacks.Person(2), Stacks.Person(3));

        var finding = Assert.Single(stack.Findings("seats-of-leavers"));

        Assert.Equal(("2", 1_200m), (finding.Proves("accounts"), finding.Saving));
    }

    [Fact]
    public void U6_Paid_and_seen_by_nobody() =>
        Assert.Equal(["hidden"], Stacks.Of(Stacks.Tool("Hidden") with { Cost = Cost }, Stacks.Tool("Seen") with { Cost = Cost, SsoApp = "seen" }, Stacks.Tool("Free")).Findings("paid-and-unseen").Select(finding => finding.Subject));

    [Fact]
    public void U7_Connected_or_used_and_in_no_list()
    {
        var stack = Stacks.Of(Stacks.Tool("Booked") with { Sources = ToolSources.Finance, Cost = Cost, SsoApp = "b" }, Stacks.Tool("Linked") with { Sources = ToolSources.Hub, Systems = ["linked"] }, Stacks.Tool("Shadow") with { Sources = ToolSources.SignOn })
            .With(("Shadow", Enumerable.Range(0, 6), Stacks.Today));

        Assert.Equal("linked", Assert.Single(stack.Findings("connected-without-invoice")).Subject);
        Assert.Equal(("shadow", Severity.Medium), (Assert.Single(stack.Findings("shadow-tool")).Subject, stack.Findings("shadow-tool")[0].Severity));
    }

    /// <summary>1 March 2027 less 60 days is New Year's Eve; the office is closed from Christmas on.</summary>
    [Fact]
    public void U8_The_last_day_to_act_is_a_working_day_and_little_used_tools_are_told_first()
    {
        var closed = new HolidayCalendar("office", 1, [.. Enumerable.Range(24, 8).Select(day => new NodaTime.LocalDate(2026, 12, day))]);
        var settings = AuditSettings.Default with { Calendar = new(NodaTime.DateTimeZone.Utc, WorkingWeek.Weekdays(new WorkingBlock(new(9, 0), new(17, 0))), closed) };
        var stack = Stacks.Of(Stacks.Tool("Idle") with { Seats = 100, Cost = Cost, Contract = new(new(2027, 3, 1), 60) }, Stacks.Tool("Busy") with { Seats = 10, Cost = Cost, Contract = new(new(2027, 3, 1), 60) })
            .With(("Idle", Enumerable.Range(0, 49), Stacks.Today), ("Busy", Enumerable.Range(0, 10), Stacks.Today));

        var findings = AuditChecks.Find(new(stack, settings)).ToArray();

        var idle = Assert.Single(findings, finding => finding.Check == "renewal-of-unused");
        Assert.Equal((new NodaTime.LocalDate(2026, 12, 23), "49 %", 24_000m), (idle.Due, idle.Proves("utilisation"), idle.Saving));
        Assert.Equal(("busy", new NodaTime.LocalDate(2026, 12, 23)), (Assert.Single(findings, finding => finding.Check == "renewal-due").Subject, findings.Single(finding => finding.Check == "renewal-due").Due));
    }

    [Fact]
    public void A_renewal_is_told_from_thirty_days_before_the_last_day_to_act()
    {
        var stack = Stacks.Of(Stacks.Tool("Desk") with { Contract = new(new(2027, 3, 1), 60) });

        Assert.Single(stack.Findings("renewal-due"));
        Assert.Empty((stack with { Today = new(2026, 11, 30) }).Findings("renewal-due"));
        Assert.Equal("Desk renews on 2027-03-01, and notice is no longer possible.", Assert.Single((stack with { Today = new(2027, 1, 4) }).Findings("renewal-due")).Title);
        Assert.Empty((stack with { Today = new(2027, 3, 1) }).Findings("renewal-due"));
    }

    [Fact]
    public void What_is_not_known_lowers_the_confidence_and_not_the_score()
    {
        var known = Stacks.Tool("CRM") with { Cost = new(12_000), Contract = new(new(2027, 9, 1), 60), Privacy = new(true, "EU"), Security = new(true, true, true) };
        var unknown = known with { Privacy = ToolPrivacy.Unknown, Security = ToolSecurity.Unknown };

        var (one, other) = (Stacks.Of(known).View().Health(known.Id), Stacks.Of(unknown).View().Health(known.Id));

        Assert.Equal((100, 100), (one.Score, other.Score));
        Assert.Equal((0.45, 0.20), (Math.Round(one.Confidence, 2), Math.Round(other.Confidence, 2)));
        Assert.Equal([25, 20, 20, 20, 15], one.Parts.Select(part => part.Weight));
    }

    [Fact]
    public void Personal_data_without_an_agreement_without_a_purpose_and_without_a_way_to_erase_it()
    {
        var tool = Stacks.Tool("Mailer") with { Systems = ["mailer"], Privacy = new(false, "US") { CanErase = false } };
        var stack = Stacks.Of(tool) with
        {
            Fields = [new(tool.Id, "Person", "email", FieldDirection.Held, 70) { Personal = true }, new(tool.Id, "Person", "email", FieldDirection.To, 70) { Personal = true }, new(tool.Id, "Person", "phone", FieldDirection.To, 3) { Personal = true }],
            Purposes = new Dictionary<string, string> { ["Person.email"] = "newsletter" }.ToFrozenText(),
        };

        Assert.Equal("70", Assert.Single(stack.Findings("personal-data-uncovered")).Proves("values"));
        Assert.Equal("Person.phone", Assert.Single(stack.Findings("field-without-purpose")).Proves("names"));
        Assert.Equal("70", Assert.Single(stack.Findings("erasure-not-ready")).Proves("personal values"));
        var flow = Assert.Single(stack.View().Flows, flow => flow.Field == "email");
        Assert.Equal(("newsletter", true, 70L, 70L, 0L), (flow.Purpose, flow.Personal, flow.Held, flow.To, flow.From));
    }

    [Fact]
    public void A_list_that_was_not_taken_is_told_with_the_day_of_its_snapshot()
    {
        var stack = Stacks.Of() with { Sources = [new("invoices", "It is a web page", new(2026, 11, 24), 10, 0), new("logins", null, Stacks.Today, 10, 0)] };

        var finding = Assert.Single(stack.Findings("source-rejected"));

        Assert.Equal(("invoices", "2026-11-24", Severity.Medium), (finding.Subject, finding.Proves("snapshot"), finding.Severity));
    }
}
