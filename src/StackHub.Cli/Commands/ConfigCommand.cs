using System.CommandLine;
using StackHub.Cli.CommandLine;
using StackHub.Configuration;

namespace StackHub.Cli.Commands;

/// <summary>What is wrong with a configuration file, for scripts.</summary>
public sealed record ConfigReport(bool Valid, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<ConfigurationProblem> Warnings);

/// <summary>The configuration file: checked, described, begun.</summary>
internal static class ConfigCommand
{
    public static Command Make(CommandRunner runner) => new HubCommand("config", "Check the configuration, or begin one.").With(
        new HubCommand("check", "Say everything that is wrong with the configuration file, with line and cure; calls nobody. Exit code 1 when something is.", "stackhub config check", "stackhub config check --config prod.yaml --json").Runs(runner, CheckAsync),
        new HubCommand("schema", "Print the JSON Schema of the file, for editors.", "stackhub config schema > stackhub.schema.json").Runs(runner, SchemaAsync),
        new HubCommand("sample", "Print a commented file to start from.", "stackhub config sample > stackhub.yaml").Runs(runner, SampleAsync));

    private static Task<int> CheckAsync(Invocation call, CancellationToken cancellationToken)
    {
        var report = Connectors.Declarative.ConnectorFolder.Beside(call.ConfigFile).Load(call.ConfigFile) switch
        {
            ConfigurationResult.Invalid invalid => new ConfigReport(false, invalid.Problems, []),
            ConfigurationResult.Valid valid => new(true, [], valid.Warnings),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (call.Screen.Json)
        {
            call.Screen.Result(report);
            return Task.FromResult(report.Valid ? ExitCode.Fine : ExitCode.Problems);
        }
        foreach (var problem in report.Problems)
            call.Screen.Warn(problem.ToString());
        foreach (var warning in report.Warnings)
            call.Screen.Warn($"warning: {warning}");
        if (report.Valid)
            call.Screen.Say($"{call.ConfigFile} is fine{(report.Warnings.Count > 0 ? $", with {report.Warnings.Count:N0} warnings" : "")}. 'stackhub doctor' checks the secrets and the vendors too.");
        return Task.FromResult(report.Valid ? ExitCode.Fine : ExitCode.Problems);
    }

    private static Task<int> SchemaAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Screen.Raw(ConfigurationSchema.Json(Connectors.Declarative.ConnectorFolder.Beside(call.ConfigFile).Factories).TrimEnd());
        return Task.FromResult(ExitCode.Fine);
    }

    private static Task<int> SampleAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.Screen.Raw(ConfigurationWriter.Sample().TrimEnd());
        return Task.FromResult(ExitCode.Fine);
    }
}
