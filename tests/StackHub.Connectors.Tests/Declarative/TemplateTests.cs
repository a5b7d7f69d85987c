using StackHub.Configuration;
using StackHub.Configuration.Yaml;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Tests.Declarative;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("{{ record.email | md5-lower }}", "Urist.McVankab@Freddiesjokes.com", "62eeb292278cc15f5817cb78f7790b08")]
    [InlineData("{{ record.email | url }}", "a b/c?d", "a%20b%2Fc%3Fd")]
    [InlineData("'{{ record.email | soql }}'", "O'Brien \\", "'O\\'Brien \\\\'")]
    [InlineData("'{{ record.email | odata }}'", "O'Brien", "'O''Brien'")]
    [InlineData("\"{{ record.email | json }}\"", "say \"hi\"\n", "\"say \\\"hi\\\"\\n\"")]
    [InlineData("{{ record.email | unix }}", "2026-01-01T00:00:00Z", "1767225600")]
    public void A_filter_encodes(string template, string value, string expected) =>
        Assert.Equal(expected, Parse(template).Render(new Rendering(new Names().With("record.email", value))));

    [Fact]
    public void A_missing_value_means_that_nothing_is_sent_and_names_the_name()
    {
        var built = Build("/people/{{ id }}", new Names());

        Assert.Equal("'id' has no value", Assert.Single(Assert.IsType<BuiltCall.Unfit>(built).Faults));
    }

    [Theory]
    [InlineData("a/b", "/people/a%2Fb")]
    [InlineData("../../admin", "/people/..%2F..%2Fadmin")]
    [InlineData("%2e%2e", "/people/%252e%252e")]
    [InlineData("x?y#z", "/people/x%3Fy%23z")]
    [InlineData("@evil.example", "/people/%40evil.example")]
    [InlineData("\\evil", "/people/%5Cevil")]
    [InlineData("a\r\nb", "/people/a%0D%0Ab")]
    public void A_value_changes_neither_the_host_nor_the_depth_of_the_path(string value, string path) =>
        Assert.Equal(path, Assert.IsType<BuiltCall.Ready>(Build("/people/{{ id }}", new Names().With("id", value))).Path);

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void A_value_that_is_a_step_in_a_path_is_not_sent(string value) =>
        Assert.IsType<BuiltCall.Unfit>(Build("/people/{{ id }}", new Names().With("id", value)));

    [Fact]
    public void A_header_cannot_begin_another_one()
    {
        var request = RequestSpec.Nothing with { Headers = [new("X-Key", Parse("{{ id }}"))] };

        var built = BuiltCall.Of(request, new Names().With("id", "secret\r\nX-Evil: 1"));

        Assert.DoesNotContain("secret", Assert.Single(Assert.IsType<BuiltCall.Unfit>(built).Faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{{ record.email + 1 }}")]
    [InlineData("{{ environment.HOME }}")]
    [InlineData("{{ record.email | shout }}")]
    [InlineData("{{ record.email")]
    public void A_template_looks_up_and_does_nothing_else(string template)
    {
        var problems = new ProblemList("x.yaml", 1);

        TemplateParser.Parse(template, Place.Start, "x", problems);

        Assert.Equal(1, problems.Count);
    }

    private static Template Parse(string text)
    {
        var problems = new ProblemList("x.yaml", 1);
        var template = TemplateParser.Parse(text, Place.Start, "x", problems);
        Assert.Empty(problems.Found);
        return template;
    }

    private static BuiltCall Build(string path, Names names) => BuiltCall.Of(RequestSpec.Nothing with { Path = Parse(path) }, names);
}
