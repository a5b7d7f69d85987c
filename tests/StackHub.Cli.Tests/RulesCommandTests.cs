using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

public sealed class RulesCommandTests : IDisposable
{
    private const string Systems = "systems:\n  hubspot:\n    connector: hubspot\n    settings: { accessToken: env:TOKEN }\n";
    private readonly TryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Scenario_47_what_is_unreachable_uncovered_and_without_a_fallback_is_told_with_line_and_cure()
    {
        var file = folder.Write("rules.yaml", Systems + """
            routing:
              owners: { ann: {}, bob: {} }
              rules:
                - { name: r1, when: { field: country, is: US }, to: owner ann }
                - { name: r2, when: [{ field: country, is: US }, { field: leadScore, above: 1000 }], to: owner bob }
            """);

        var answer = await Cli.RunAsync("rules", "check", file);
        var json = await Cli.RunAsync("rules", "check", file, "--json");

        Assert.Equal((ExitCode.Problems, ExitCode.Problems, 3), (answer.ExitCode, json.ExitCode, json.Json.GetProperty("problems").GetArrayLength()));
        Assert.Contains("rules.yaml(9,15): routing.rules[1].name: Whoever fits this rule is decided before it, by r1. Move it up, or take it out.", answer.Error);
        Assert.Contains("No rule decides for country not US. Add a rule for them, or a fallback.", answer.Error);
        Assert.Contains("Nothing decides for those whom no rule fits.", answer.Error);
    }

    [Fact]
    public async Task Scenario_47_in_the_other_order_and_with_a_fallback_the_rules_are_proven()
    {
        var file = folder.Write("rules.yaml", Systems + """
            routing:
              owners: { ann: {}, bob: {} }
              rules:
                - { name: r2, when: [{ field: country, is: US }, { field: leadScore, above: 1000 }], to: owner bob }
                - { name: r1, when: { field: country, is: US }, to: owner ann }
              fallback: owner ann
            """);

        var answer = await Cli.RunAsync("rules", "check", file);

        Assert.Equal((ExitCode.Fine, ""), (answer.ExitCode, answer.Error.Trim()));
        Assert.Contains("proven", answer.Out);
    }
}
