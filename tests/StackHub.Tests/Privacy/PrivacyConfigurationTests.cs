using StackHub.Permissions;
using StackHub.Tests.Configuration;

namespace StackHub.Tests.Privacy;

public sealed class PrivacyConfigurationTests
{
    [Fact]
    public void Purposes_bind_fields_by_system()
    {
        var model = Loading.Valid(Loading.Two + """
            privacy:
              purposes:
                newsletter:
                  use: direct-marketing
                  rule: opt-in
                  channel: email
                  flag: emailOptOut
                  fields: { hubspot: [leadScore, phone] }
                advertising: { use: sale, fields: { hubspot: all } }
              consent: { askAgainAfterMonths: 18 }
            """).Model;

        var newsletter = model.Purposes.Find("newsletter")!;
        Assert.Equal((PurposeUse.DirectMarketing, PurposeRule.OptIn, "email", "emailOptOut"), (newsletter.Use, newsletter.Rule, newsletter.Channel, newsletter.Flag));
        Assert.Equal(["leadScore", "phone"], newsletter.Bound[new("hubspot")].Names!.Order());
        Assert.Null(model.Purposes.Find("advertising")!.Bound[new("hubspot")].Names);
        Assert.Equal(18, model.Privacy.AskAgainMonths);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_line_and_cure()
    {
        var problems = Loading.Problems(Loading.Two + """
            privacy:
              purposes:
                newsletter: { use: marketing, flag: emailOptOt }
                calls: { use: direct-marketing, flag: phone, fields: { hubspott: [phone], salesforce: [fone] } }
              consent: { askAgainAfterMonths: 6 }
            """);

        Assert.Equal([9, 9, 10, 10, 10, 11], problems.Select(problem => problem.Line));
        Assert.Contains(problems, problem => problem.Cure.Contains("'emailOptOut'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Cure.Contains("'hubspot'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Cure.Contains("'phone'", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_section_nothing_is_bound() => Assert.Empty(Loading.Valid(Loading.Two).Model.Purposes.All);
}
