using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Connecting.Checks;
using StackHub.Connectors.Declarative;
using StackHub.Records;

namespace StackHub.Cli.Commands;

/// <summary>What a test of a vendor's file found, for scripts.</summary>
public sealed record ConnectorTestReport(bool Passed, IReadOnlyList<ConfigurationProblem> Problems, IReadOnlyList<CheckResult> Checks);

/// <summary>Tries a vendor's file: is it well formed, and does it keep the promises of a connector.</summary>
internal static class ConnectorTest
{
    private const string BaseSetting = "baseUrl";

    public static async Task<int> RunAsync(Invocation call, string file, string? sandbox, string? answers, string[] settings, CancellationToken cancellationToken)
    {
        var read = VendorFile.Load(file);
        if (read.Factory is not { } factory)
            return Show(call.Screen, file, new(false, read.Problems, []));
        if (sandbox is null && answers is null)
            return Show(call.Screen, file, new(true, [], []));
        var given = Settings(factory.Info, settings, sandbox);
        if (factory.Problems(given).ToArray() is { Length: > 0 } wrong)
            return call.Screen.Fail(string.Join(Environment.NewLine, wrong) + " Give it with --setting NAME=VALUE.", ExitCode.BadUsage);
        using var recorded = answers is null ? null : RecordedAnswers.Load(answers);
        var checks = await CheckAsync(call, factory, given, recorded, cancellationToken);
        foreach (var missing in recorded?.Missing ?? [])
            call.Screen.Warn($"{answers} has no answer to {missing}");
        return Show(call.Screen, file, new(checks.All(check => check.Passed), [], checks));
    }

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(Invocation call, IConnectorFactory factory, Dictionary<string, string> settings, RecordedAnswers? recorded, CancellationToken cancellationToken)
    {
        var sent = 0L;
        var context = new ConnectorContext(new SystemId(factory.Info.Vendor), settings, new PacedBudget(factory.Info.Limits, TimeProvider.System), new PassingTokens(), TimeProvider.System) { Called = (_, _) => Interlocked.Increment(ref sent) };
        var connector = recorded is null ? factory.Create(context) : recorded.Connect(factory, context);
        using var owned = connector as IDisposable;
        if (CheckSubject.Of(connector, () => Interlocked.Read(ref sent)) is not { } subject)
            return [new("a type of people", false, "The file has no person that can be created, with an address and a text.")];
        subject = subject with { Run = recorded is null ? RecordId.New(TimeProvider.System.GetUtcNow()).ToString() : "recorded" };
        var results = new List<CheckResult>();
        foreach (var check in ConnectorChecks.All.Where(check => check.AppliesTo(subject)))
        {
            results.Add(await CheckResult.OfAsync(check, subject, cancellationToken));
            if (!call.Screen.Json)
                call.Screen.Say(results[^1].Passed ? $"ok      {check.Name}" : $"FAILED  {check.Name}: {results[^1].Reason}");
        }
        return results;
    }

    private static Dictionary<string, string> Settings(ConnectorInfo info, string[] given, string? sandbox)
    {
        var settings = new Dictionary<string, string>();
        foreach (var pair in given)
            settings[pair.Split('=', 2)[0]] = pair.Split('=', 2)[1];
        foreach (var unknown in settings.Keys.Where(name => info.Settings.All(setting => setting.Name != name)))
            throw new NotFoundException($"{info.DisplayName} has no setting '{unknown}'. It has {string.Join(", ", info.Settings.Select(setting => setting.Name))}.");
        if (sandbox is not null)
            settings[BaseSetting] = sandbox;
        return settings;
    }

    private static int Show(Screen screen, string file, ConnectorTestReport report)
    {
        if (screen.Json)
            screen.Result(report);
        else if (report.Problems.Count > 0)
            foreach (var problem in report.Problems)
                screen.Warn(problem.ToString());
        else if (report.Checks.Count == 0)
            screen.Say($"{file} is well formed. Name a --sandbox or --answers to try what it says.");
        else
            screen.Say($"{file}: {report.Checks.Count(check => check.Passed):N0} of {report.Checks.Count:N0} checks passed.");
        return report.Passed ? ExitCode.Fine : report.Problems.Count > 0 ? ExitCode.BadUsage : ExitCode.Problems;
    }
}
