using System.Globalization;
using System.Text.Json;
using StackHub.Routing;
using StackHub.Routing.Pools;
using StackHub.Rules;

namespace StackHub.Tests.Routing;

public sealed class RouteLeadTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly RuleFields Fields = new([new("country", RuleType.Text), new("size", RuleType.Number)]);
    private static readonly RoutingRule Enterprise = new("enterprise", new Condition.Test("size", RuleOperator.AtLeast, ["1000"]), new Destination.ToPool("named"));

    [Theory]
    [InlineData("suppression", null)]
    [InlineData("duplicate", "dup")]
    [InlineData("open-opportunity", "opp")]
    [InlineData("named-account", "named")]
    [InlineData("partner-registration", "partner")]
    [InlineData("customer", "csm")]
    [InlineData("matched-account", "account")]
    public void The_steps_come_in_the_order_of_the_policy(string first, string? owner)
    {
        var order = new[] { "suppression", "duplicate", "open-opportunity", "named-account", "partner-registration", "customer", "matched-account" };
        var from = Array.IndexOf(order, first);
        var lead = Lead() with
        {
            Suppression = from <= 0 ? "unsubscribed" : null,
            DuplicateOwner = from <= 1 ? new("dup") : null,
            OpenOpportunityOwner = from <= 2 ? new("opp") : null,
            NamedAccountOwner = from <= 3 ? new("named") : null,
            PartnerOwner = from <= 4 ? new("partner") : null,
            IsCustomer = from <= 5,
            CustomerOwner = new("csm"),
            AccountOwner = new("account"),
        };

        var routed = RouteLead.Decide(lead, Plan(Enterprise), PoolState.Empty, Now);

        Assert.Equal(owner is null ? new RoutingDecision.NotRouted("unsubscribed") : new RoutingDecision.Assigned(new(owner), first, null), routed.Decision);
        Assert.Null(routed.State); // no turn was used
        Assert.Equal(order.Take(from + 1), routed.Trace.Steps.Select(step => step.Name));
    }

    [Fact]
    public void Who_left_is_followed_to_their_manager_and_without_one_the_rules_decide()
    {
        var lead = Lead() with { AccountOwner = new("gone") };

        Assert.Equal(new RoutingDecision.Assigned(new("boss"), "matched-account", null), RouteLead.Decide(lead, Plan(Enterprise), PoolState.Empty, Now).Decision);
        Assert.IsType<RoutingDecision.Assigned>(RouteLead.Decide(lead with { AccountOwner = new("lost") }, Plan(Enterprise), PoolState.Empty, Now).Decision);
        Assert.Equal("lost left", RouteLead.Decide(lead with { AccountOwner = new("lost") }, Plan(Enterprise), PoolState.Empty, Now).Trace.Steps[6].Outcome);
    }

    [Fact]
    public void The_first_rule_that_fits_decides_and_the_trace_tells_what_the_others_lacked()
    {
        var us = new RoutingRule("us", new Condition.Test("country", RuleOperator.Is, ["US"]), new Destination.ToOwner(new("a")));

        var routed = RouteLead.Decide(Lead(("country", "DE"), ("size", "5000")), Plan(us, Enterprise), PoolState.Empty, Now);

        Assert.Equal(new RoutingDecision.Assigned(new("a"), "enterprise", "named"), routed.Decision);
        Assert.Equal(new TraceStep("us", "country is US"), routed.Trace.Steps[7]);
        Assert.Equal(new TraceStep("enterprise", "pool named"), routed.Trace.Steps[8]);
        Assert.Equal("not_their_turn", routed.Trace.WhyNot(new("b")));
        Assert.Null(routed.Trace.WhyNot(new("a")));
        Assert.Equal("v1", routed.Trace.Plan);
    }

    [Fact]
    public void Whom_nobody_can_take_is_held_and_not_dropped()
    {
        var plan = new RoutingPlan("v1", Fields, [new(new("a")) { Away = [new(Now.AddDays(-1), Now.AddDays(1))] }], [new("named", PickStrategy.Weighted, [new(new("a"), 1)])], [Enterprise]);

        var routed = RouteLead.Decide(Lead(("size", "5000")), plan, PoolState.Empty, Now);

        Assert.Equal(new RoutingDecision.Held("nobody_available"), routed.Decision);
        Assert.Equal("away", routed.Trace.WhyNot(new("a")));
        Assert.Equal(new RoutingDecision.Held("no_rule"), RouteLead.Decide(Lead(), plan, PoolState.Empty, Now).Decision);
    }

    [Fact]
    public void A_rule_in_the_shadow_only_watches()
    {
        var routed = RouteLead.Decide(Lead(("size", "5000")), Plan(Enterprise with { Name = "new", IsShadow = true, To = new Destination.ToOwner(new("b")) }, Enterprise), PoolState.Empty, Now);

        Assert.Equal("enterprise", Assert.IsType<RoutingDecision.Assigned>(routed.Decision).Step);
        Assert.Equal([new TraceStep("new", "owner b")], routed.Trace.Shadows);
    }

    [Fact]
    public void An_experiment_takes_its_part_and_always_the_same()
    {
        var plan = Plan(Enterprise with { Name = "new", Percent = 20, To = new Destination.ToOwner(new("b")) }, Enterprise);
        bool IsTaken(int number) => RouteLead.Decide(Lead(("size", "5000")) with { Lead = new(new Guid(number, 0, 0, new byte[8])) }, plan, PoolState.Empty, Now).Decision is RoutingDecision.Assigned { Step: "new" };

        var taken = Enumerable.Range(0, 10_000).Where(IsTaken).ToArray();

        Assert.InRange(taken.Length, 1_840, 2_160); // 2,000 within four standard deviations
        Assert.Equal(taken, Enumerable.Range(0, 10_000).Where(IsTaken));
    }

    [Fact]
    public void The_pool_that_is_asked_for_is_the_one_that_decides()
    {
        Assert.Equal("named", RouteLead.PoolOf(Lead(("size", "5000")), Plan(Enterprise)));
        Assert.Equal("rest", RouteLead.PoolOf(Lead(), Plan(Enterprise)));
        Assert.Null(RouteLead.PoolOf(Lead() with { AccountOwner = new("a") }, Plan(Enterprise)));
    }

    /// <summary>The process knows the invariant culture only, as it runs in the cloud; one that writes numbers and dates otherwise is made here.</summary>
    [Fact]
    public void Scenario_64_a_thousand_decisions_are_the_same_in_every_culture()
    {
        var here = CultureInfo.CurrentCulture;
        var before = Replay();
        try
        {
            var other = (CultureInfo)here.Clone();
            (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NumberGroupSeparator, other.NumberFormat.NegativeSign) = (",", ".", "~");
            (other.DateTimeFormat.ShortDatePattern, other.DateTimeFormat.DateSeparator, other.DateTimeFormat.TimeSeparator) = ("dd/MM/yyyy", ".", "_");
            CultureInfo.CurrentCulture = other;
            Assert.Equal(before, Replay());
        }
        finally
        {
            CultureInfo.CurrentCulture = here;
        }
    }

    /// <summary>
    /// The same in real Turkish and German, in a process of its own: this one knows the invariant culture only. It is started with itself, and
    /// leaves the traces it makes in a file.
    /// </summary>
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    public async Task Scenario_64_a_thousand_decisions_are_the_same_in_real_turkish_and_german(string culture)
    {
        var traces = Path.GetTempFileName();
        using var child = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "-noColor", "-noLogo", "-method", $"{typeof(RouteLeadTests).FullName}.{nameof(Traces_in_the_culture_of_the_environment)}" },
            Environment = { [CultureVariable] = culture, [FileVariable] = traces, ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "0", ["DOTNET_SYSTEM_GLOBALIZATION_PREDEFINED_CULTURES_ONLY"] = "1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (errors.Contains("libicu", StringComparison.OrdinalIgnoreCase) || (await said).Contains("libicu", StringComparison.OrdinalIgnoreCase))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("STACKHUB_CI") == "1", "Real cultures need libicu: apt-get install libicu72.");
            Assert.Fail("Real cultures need libicu, which CI has to have.");
        }

        Assert.True(child.ExitCode == 0, await said);
        Assert.True(Replay() == await File.ReadAllTextAsync(traces, TestContext.Current.CancellationToken), $"The traces in {culture} differ.");
        File.Delete(traces);
    }

    [Fact]
    public void Traces_in_the_culture_of_the_environment()
    {
        if (Environment.GetEnvironmentVariable(CultureVariable) is not { } name)
            return; // its own process asks
        var culture = CultureInfo.GetCultureInfo(name);
        Assert.Equal(name == "tr-TR" ? "İ" : "I", culture.TextInfo.ToUpper("i")); // a real one
        Assert.Equal("1,5", 1.5m.ToString(culture));
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
        File.WriteAllText(Environment.GetEnvironmentVariable(FileVariable)!, Replay());
    }

    private const string CultureVariable = "STACKHUB_TEST_CULTURE";

    private const string FileVariable = "STACKHUB_TEST_TRACES";

    private static string Replay()
    {
        var (state, text) = (PoolState.Empty, "");
        var plan = Plan(Enterprise, new RoutingRule("ızmir", new Condition.Test("country", RuleOperator.In, ["TI", "ti"]), new Destination.ToPool("rest")));
        for (var number = 0; number < 1_000; number++)
        {
            var routed = RouteLead.Decide(Lead(("size", FormattableString.Invariant($"{number * 1.5m}")), ("country", number % 3 == 0 ? "ti" : "TI")) with { Company = $"company {number % 50}" }, plan, state, Now.AddMinutes(number));
            (state, text) = (routed.State ?? state, text + JsonSerializer.Serialize(routed.Trace));
        }

        return text;
    }

    private static LeadCase Lead(params (string Name, string Value)[] facts) =>
        new(new(new Guid(7, 0, 0, new byte[8])), Facts.Read(Fields, name => facts.FirstOrDefault(fact => fact.Name == name).Value)) { Company = "acme" };

    private static RoutingPlan Plan(params RoutingRule[] rules) => new("v1", Fields,
        [.. new[] { "a", "b", "dup", "opp", "named", "partner", "csm", "account", "boss" }.Select(name => new LeadOwner(new(name))), new(new("gone")) { IsActive = false, Manager = new("boss") }, new(new("lost")) { IsActive = false }],
        [new("named", PickStrategy.Weighted, [new(new("a"), 1), new(new("b"), 1)]), new("rest", PickStrategy.Sticky, [new(new("a"), 1), new(new("b"), 3)])],
        rules) { Fallback = new Destination.ToPool("rest") };
}
