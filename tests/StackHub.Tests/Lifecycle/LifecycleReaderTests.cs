using StackHub.Lifecycle;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Tests.Configuration;

namespace StackHub.Tests.Lifecycle;

public sealed class LifecycleReaderTests
{
    private const string Fields = """
        fields:
          person: { lastForm: { type: text }, engagedAt: { type: instant }, leadStatus: { type: text }, tier: { type: text } }
          account: { subscription: { type: text } }

        """;

    private const string Good = Loading.Two + Fields + """
        lifecycle:
          hours: { zone: Europe/Berlin, weekdays: 09:00-17:00 }
          remindBefore: 30m
          systems:
            salesforce: { authority: crm, field: leadStatus, stages: { Working: sal, Won over: sql } }
            hubspot: { authority: map, stages: { lead: inquiry, "123456": sal } }
          score:
            rules:
              - { version: 1, from: 2026-01-01, threshold: 90 }
              - { version: 2, from: 2026-05-20, threshold: 100, when: { field: tier, is: gold } }
          fastLanes:
            demo: { field: lastForm, values: [demo], within: 5m }
          engagement: engagedAt
          account: { people: 3, days: 14 }

        """;

    [Fact]
    public void A_lifecycle_is_read()
    {
        var plan = Loading.Model(Good).Lifecycle!;

        Assert.Equal(("crm", "leadStatus", true, StageProjection.None), Speaker(plan, "salesforce"));
        Assert.Equal(("map", "lifecycleStage", false, StageProjection.HighWater), Speaker(plan, "hubspot"));
        Assert.Equal(("Europe/Berlin", TimeSpan.FromMinutes(30)), (plan.Hours.Zone.Id, plan.RemindBefore));
        Assert.Equal([(1, 90m), (2, 100m)], plan.Score.All.Select(rule => (rule.Version, rule.Threshold)));
        Assert.Equal((3, TimeSpan.FromDays(14), "mql"), (plan.Qualification.People, plan.Qualification.Window, plan.Qualification.OneFrom));
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.Single(plan.FastLanes).Within!.Value.Working);
        Assert.Equal(["sal", null, "inquiry"], new[] { "123456", "7", "lead" }.Select(word => plan.StageOf(plan.Speakers[new("hubspot")], word)));
    }

    [Fact]
    public void Its_fields_are_the_hubs_own_and_it_hears_of_what_it_asks_about()
    {
        var model = Loading.Model(Good);

        Assert.Equal("system-of-record: [stackhub], blank may win", model.Fields[RecordKind.Person]["lifecycleStage"].Policy.ToString());
        Assert.True(model.Lifecycle!.Reads()[RecordKind.Person].IsSupersetOf(["lifecycleStage", "leadStatus", "leadScore", "lastForm", "engagedAt", "tier", "account"]));
        Assert.Contains("isWon", model.Lifecycle.Reads()[RecordKind.Opportunity].Order());
    }

    [Fact]
    public void The_same_rules_have_the_same_version_whatever_their_layout()
    {
        var version = Loading.Model(Good).Lifecycle!.Version;

        Assert.Equal(version, Loading.Model(Good.Replace("remindBefore: 30m", "remindBefore:   30m # half an hour", StringComparison.Ordinal)).Lifecycle!.Version);
        Assert.NotEqual(version, Loading.Model(Good.Replace("threshold: 90", "threshold: 91", StringComparison.Ordinal)).Lifecycle!.Version);
    }

    [Theory]
    [InlineData("authority: map", "authority: maps", "There is no authority 'maps'")]
    [InlineData("Working: sal", "Working: sall", "There is no stage 'sall'")]
    [InlineData("hubspot: { authority", "hubpot: { authority", "There is no system 'hubpot'")]
    [InlineData("field: leadStatus", "field: leadstatus", "There is no canonical field 'leadstatus'")]
    [InlineData("engagement: engagedAt", "engagement: engaged", "There is no canonical field 'engaged'")]
    [InlineData("from: 2026-05-20", "from: yesterday", "is no day")]
    [InlineData("from: 2026-05-20", "from: 2025-05-20", "begins before version 1")]
    [InlineData("version: 2", "version: 1", "is there twice")]
    [InlineData("field: tier, is: gold", "field: tear, is: gold", "There is no field 'tear'")]
    [InlineData("zone: Europe/Berlin", "zone: Europe/Berlim", "There is no time zone")]
    [InlineData("people: 3", "people: 3, one: lost", "is no stage of the success path")]
    public void What_is_wrong_is_said_with_line_and_cure(string right, string wrong, string expected)
    {
        var problems = Loading.Problems(Good.Replace(right, wrong, StringComparison.Ordinal));

        var problem = problems.First(problem => problem.Message.Contains(expected, StringComparison.Ordinal));
        Assert.True(problem.Line > 1 && problem.Cure.Length > 0, problem.ToString());
    }

    [Theory]
    [InlineData("next: [won]", "next: [lst]", "leads to 'lst', which is no stage")]
    [InlineData("island: { authority: [crm], cycle: [won] }", "island: { authority: [crm], cycle: [won], next: [islet] }\n              islet: { authority: [crm], next: [island] }", "No stage leads to 'islet'")]
    [InlineData("facts: { qualified: fresh, converted: fresh, open: fresh, won: won, lost: island, erased: island }", "facts: { qualified: fresh }", "A fact leads to stage 'sql'")]
    public void A_machine_of_ones_own_is_refused_where_it_is_wrong(string right, string wrong, string expected)
    {
        const string Own = Loading.Two + """
            lifecycle:
              systems:
                salesforce: { authority: crm, field: firstName }
              account: { at: fresh, one: won }
              facts: { qualified: fresh, converted: fresh, open: fresh, won: won, lost: island, erased: island }
              machine:
                start: fresh
                authorities: [privacy, crm, hub]
                path: [fresh, won]
                stages:
                  fresh: { authority: [crm, hub], next: [won] }
                  won: { authority: [crm], next: [island] }
                  island: { authority: [crm], cycle: [won] }

            """;
        Assert.Equal(["fresh", "won"], Loading.Model(Own).Lifecycle!.Machine.Path.Select(stage => stage.Name));

        var text = right.StartsWith("island", StringComparison.Ordinal) ? Own.Replace("won: { authority: [crm], next: [island] }", "won: { authority: [crm] }", StringComparison.Ordinal).Replace(right, wrong.Replace("              islet", "      islet", StringComparison.Ordinal), StringComparison.Ordinal) : Own.Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains(Loading.Problems(text), problem => problem.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_system_is_given_the_stage_in_its_own_words_and_a_word_nobody_mapped_is_left_alone()
    {
        var model = Loading.Model(Good.Replace("salesforce: { authority: crm, field: leadStatus,", "salesforce: { authority: crm, field: firstName, project: current,", StringComparison.Ordinal));
        var field = model.Systems[new("salesforce")].Maps["Contact"].Field("lifecycleStage")!;

        Assert.Equal("Working", field.ToVendor(new("sal")).Text);
        Assert.Equal("sal", field.ToCanonical("Working")!.Value.Text);
        Assert.True(field.MayWrite(new("sal"), new("sql")));
        Assert.False(field.MayWrite(new("sal"), new("Something of theirs")));
        Assert.Equal(MapDirection.In, model.Systems[new("salesforce")].Maps["Contact"].Field("firstName")!.Map.Direction);
    }

    [Fact]
    public void A_stage_is_not_given_where_the_tool_is_only_read() => Assert.Contains("only read there", Loading.Problem(Loading.Two + """
        fields:
          person: { score: { type: text } }
        lifecycle:
          systems: { hubspot: { authority: map, field: leadScore, project: current } }

        """), StringComparison.Ordinal);

    [Fact]
    public void A_stage_that_nobody_here_can_set_is_warned_of() =>
        Assert.Contains(Loading.Valid(Good).Warnings, warning => warning.Message.Contains("nobody ever comes to stage 'evangelist'", StringComparison.Ordinal));

    private static (string, string, bool, StageProjection) Speaker(LifecyclePlan plan, string system)
    {
        var speaker = plan.Speakers[new(system)];
        return (speaker.Authority, speaker.Field, speaker.Deals, speaker.Projection);
    }
}
