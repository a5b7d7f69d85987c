using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Routing.Reading;
using StackHub.Routing.Simulating;
using StackHub.Web.Routing.Simulating;

namespace StackHub.Cli.Commands;

/// <summary>Rules tried on the leads that came, before they are in force.</summary>
internal static class SimulateCommand
{
    public static Command Make(CommandRunner runner)
    {
        var rules = new Option<string>("--rules") { Description = "The rules to try: a whole configuration file, or one with routing: only.", HelpName = "FILE", Required = true };
        var last = Span("--last", "Try them on the leads that came in so long.", "30d");
        var warmUp = Span("--warm-up", "Fill the pools with the leads of so long before that, under the rules in force; 0d begins with empty pools. As long as --last unless told.", null);
        var within = Span("--within", "The working time in which somebody has to speak to a lead, such as 4h; unless told what the lifecycle promises.", null);
        var take = Shared.Take(20);
        return new HubCommand("simulate", "Try other rules on the leads that came: who would have another owner and why, and what changes in waiting, fairness and promises. Writes nothing. Exit code 1 when the rules have findings and would not be deployed.",
            "stackhub simulate --rules new.yaml", "stackhub simulate --rules new.yaml --last 90d --within 2h", "stackhub simulate --rules new.yaml --json")
            .With(rules, last, warmUp, within, take)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(rules), new(
                SimulationWindow.Span(call.Value(last))!.Value,
                SimulationWindow.Span(call.Value(warmUp) ?? call.Value(last), canBeNone: true)!.Value,
                SimulationWindow.Span(call.Value(within))), call.Value(take), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string file, SimulationWindow window, int take, CancellationToken cancellationToken)
    {
        if (await TextAsync(file, cancellationToken) is not { } text)
            return call.Screen.Fail($"{file} cannot be read. Name a file that is there and that you may open.", ExitCode.BadUsage);
        await using var hub = await call.LookAsync(cancellationToken);
        if (hub.Model.Routing is null)
            return call.Screen.Fail($"{call.ConfigFile} routes no leads, so none can be replayed. Write owners, pools and rules under routing: first.", ExitCode.BadUsage);
        var candidate = RoutingCandidate.Read(text, hub.Model, file);
        foreach (var problem in candidate.Problems.Concat(candidate.Findings))
            call.Screen.Warn(problem.ToString());
        if (candidate.Plan is not { } plan)
            return ExitCode.BadUsage;
        var view = SimulationView.Of(await hub.Get<SimulationDesk>().RunAsync(plan, window, cancellationToken), candidate.Findings, int.MaxValue);
        if (call.Screen.Json)
            call.Screen.Result(view);
        else
            SimulationTables.Show(call.Screen, view, take);
        return view.Findings.Count == 0 ? ExitCode.Fine : ExitCode.Problems;
    }

    private static async Task<string?> TextAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(file, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Option<string?> Span(string name, string description, string? usual) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        DefaultValueFactory = usual is null ? null : _ => usual,
        Validators =
        {
            result =>
            {
                if (result.Tokens is [var token] && SimulationWindow.Span(token.Value, canBeNone: name == "--warm-up") is null)
                    result.AddError($"{name} is a whole number and s, m, h or d, such as 30d, of at most 366d.");
            },
        },
    };
}
