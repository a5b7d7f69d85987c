using System.Text.Json;
using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

/// <summary>What a run of the command line answered.</summary>
public sealed record CliAnswer(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Out).RootElement;
}

/// <summary>The command line in process, its output caught.</summary>
public static class Cli
{
    public static Task<CliAnswer> RunAsync(params string[] args) => RunAsync(null, args);

    public static async Task<CliAnswer> RunAsync(int? width, string[] args, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandRunner.RunAsync(args, new(TextWriter.Synchronized(output), TextWriter.Synchronized(error), Terminal: false) { Width = width }, cancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
