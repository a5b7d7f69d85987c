using System.CommandLine;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Doctor;
using StackHub.Cli.Output;

namespace StackHub.Cli.Commands;

/// <summary>All findings, for scripts.</summary>
public sealed record DoctorReport(bool Healthy, IReadOnlyList<Finding> Findings);

/// <summary>Looks at everything a hub needs and says what to mend.</summary>
internal static class DoctorCommand
{
    public static Command Make(CommandRunner runner)
    {
        var fix = new Option<bool>("--fix") { Description = "Make the custom fields that tools lack." };
        return new HubCommand("doctor", "Check configuration, secrets, store and every tool, and say what to mend. Exit code 1 on problems, 3 when only vendors are away.",
            "stackhub doctor", "stackhub doctor --fix", "stackhub doctor --json | jq '.findings[] | select(.state != \"fine\")'")
            .With(fix)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(fix), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, bool fix, CancellationToken cancellationToken)
    {
        var findings = await new Examination(call, fix).RunAsync(cancellationToken);
        var problems = findings.Where(finding => finding.State == CheckState.Problem).ToArray();
        if (call.Screen.Json)
            call.Screen.Result(new DoctorReport(problems.Length == 0, findings));
        foreach (var finding in findings)
            call.Screen.Mark($"{Mark(finding.State)} [bold]{Markup.Escape(finding.Area)}[/] {Markup.Escape(finding.Message)}{(finding.Cure is { } cure ? $" [grey]{Markup.Escape(cure)}[/]" : "")}");
        call.Screen.Say(problems.Length == 0 ? "Nothing keeps the hub from working." : $"{problems.Length:N0} problems.");
        return problems.Length == 0 ? ExitCode.Fine : problems.All(problem => problem.Unavailable) ? ExitCode.VendorUnavailable : ExitCode.Problems;
    }

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Fine => "[green]ok  [/]",
        CheckState.Warning => "[yellow]warn[/]",
        _ => "[red]BAD [/]",
    };
}
