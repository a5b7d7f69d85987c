using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Sync.Explain;

namespace StackHub.Cli.Commands;

/// <summary>Why a record says what it says.</summary>
internal static class ExplainCommand
{
    public static Command Make(CommandRunner runner)
    {
        var query = new Argument<string>("RECORD") { Description = "An e-mail address, a company's domain, a record's id, or a tool's record as system/type/id." };
        return new HubCommand("explain", "Why each field of a record has its value: who said so, who lost, what each tool holds.",
            "stackhub explain ada@example.com", "stackhub explain salesforce/Contact/003Q000000A1b2c", "stackhub explain example.com --json")
            .With(query)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(query), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string query, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<Explainer>().ExplainAsync(query, cancellationToken) is not { } explanation)
            throw new NotFoundException($"No record is known by '{query}'. Give an e-mail address, a domain, an id or system/type/id; 'stackhub records search' looks inside the values.");
        if (call.Screen.Json)
            call.Screen.Result(explanation);
        else
            ExplanationView.Show(call.Screen, explanation);
        return ExitCode.Fine;
    }
}
