using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Configuration;

namespace StackHub.Cli.Commands;

/// <summary>The rules by which leads are routed, proven before they decide anything.</summary>
internal static class RulesCommand
{
    private const string Routing = "routing";

    public static Command Make(CommandRunner runner)
    {
        var file = new Argument<string?>("FILE") { Description = "A configuration file; without it the hub's own.", Arity = ArgumentArity.ZeroOrOne };
        return new HubCommand("rules", "Prove the rules by which leads are routed.").With(
            new HubCommand("check", "Say all that is wrong with the rules: what is unreachable, uncovered, in two places, empty or impossible. Calls nobody. Exit code 1 when something is.",
                "stackhub rules check", "stackhub rules check new.yaml --json")
                .With(file)
                .Runs(runner, (call, _) => Task.FromResult(Check(call, call.Value(file) ?? call.ConfigFile))));
    }

    private static int Check(Invocation call, string file)
    {
        var (problems, routes) = Connectors.Declarative.ConnectorFolder.Beside(file).Load(file) switch
        {
            ConfigurationResult.Invalid invalid => (Own(invalid.Problems), false),
            ConfigurationResult.Valid valid => ([], valid.Model.Routing is not null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (call.Screen.Json)
            call.Screen.Result(new ConfigReport(problems.Count == 0, problems, []));
        foreach (var problem in call.Screen.Json ? [] : problems)
            call.Screen.Warn(problem.ToString());
        if (problems.Count == 0 && !call.Screen.Json)
            call.Screen.Say(routes ? $"The rules of {file} are proven: whoever comes has one place to go, and can be taken there." : $"{file} routes no leads.");
        return problems.Count == 0 ? ExitCode.Fine : ExitCode.Problems;
    }

    /// <summary>Those of the rules; where it has none, whatever keeps the file from being read.</summary>
    private static IReadOnlyList<ConfigurationProblem> Own(IReadOnlyList<ConfigurationProblem> problems) =>
        problems.Where(problem => problem.Path.StartsWith(Routing, StringComparison.Ordinal)).ToArray() is { Length: > 0 } own ? own : problems;
}
