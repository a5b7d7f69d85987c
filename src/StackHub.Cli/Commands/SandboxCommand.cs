using System.CommandLine;
using System.Text.RegularExpressions;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Sandbox;

namespace StackHub.Cli.Commands;

/// <summary>What a client of the sandbox needs, for scripts.</summary>
public sealed record SandboxSummary(string Configuration, IReadOnlyDictionary<string, string> Variables, IReadOnlyDictionary<string, Uri> Vendors, Uri Control);

/// <summary>Only the simulated vendors, with a configuration that fits them.</summary>
internal static partial class SandboxCommand
{
    private static readonly string[] Ports = [.. DemoVendors.All.Select(vendor => vendor.Name), "control"];

    public static Command Make(CommandRunner runner)
    {
        var people = new Option<int>("--people") { Description = "How many people there are.", HelpName = "COUNT", DefaultValueFactory = _ => 5_000, Validators = { Shared.AtLeast(0, 200_000) } };
        var seed = new Option<int>("--seed") { Description = "The same seed makes the same people.", HelpName = "NUMBER", DefaultValueFactory = _ => 42 };
        var portBase = new Option<int?>("--port-base") { Description = "Salesforce listens here, the others on the ports after it; free ports unless it is given.", HelpName = "PORT", Validators = { Shared.AtLeast(1, 65_532) } };
        var hub = new Option<string>("--hub") { Description = "Where the hub will serve: webhooks go there.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:8080", Validators = { Shared.Address } };
        var write = new Option<string?>("--write") { Description = "Write stackhub.yaml and sandbox.env into this folder instead of printing them.", HelpName = "FOLDER" };
        return new HubCommand("sandbox", "Run only the simulated vendors and print the configuration for them.",
            "stackhub sandbox --people 500", "stackhub sandbox --port-base 9100 --write ./try", "set -a; . ./try/sandbox.env; stackhub serve --config ./try/stackhub.yaml")
            .With(people, seed, portBase, hub, write)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, new() { People = call.Value(people), Seed = call.Value(seed), Ports = PortsFrom(call.Value(portBase)) }, new(call.Value(hub)), call.Value(write), cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, SandboxOptions options, Uri hub, string? folder, CancellationToken cancellationToken)
    {
        await using var sandbox = await SandboxServer.StartAsync(options.Grant(), cancellationToken);
        var yaml = DemoConfiguration.For(sandbox, hub);
        DemoConfiguration.SendWebhooks(sandbox, hub);
        var variables = References().Matches(yaml).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToDictionary(name => name, name => Environment.GetEnvironmentVariable(name)!);
        if (folder is not null)
            await WriteAsync(folder, yaml, variables, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(new SandboxSummary(yaml, variables, sandbox.Vendors.ToDictionary(vendor => vendor.Name, vendor => vendor.BaseUrl), sandbox.ControlUrl));
        else
            Show(call, sandbox, yaml, variables, folder);
        await Forever.UntilAsync(cancellationToken);
        return ExitCode.Fine;
    }

    private static void Show(Invocation call, SandboxServer sandbox, string yaml, Dictionary<string, string> variables, string? folder)
    {
        foreach (var vendor in sandbox.Vendors)
            call.Screen.Raw($"# {vendor.Name} at {vendor.BaseUrl}: {string.Join(", ", vendor.Counts.Select(count => $"{count.Value:N0} {count.Key}"))}");
        call.Screen.Raw($"# control (faults, edits, statistics) at {sandbox.ControlUrl}");
        if (folder is not null)
        {
            call.Screen.Raw($"# wrote {Path.Combine(folder, "stackhub.yaml")} and {Path.Combine(folder, "sandbox.env")}");
        }
        else
        {
            call.Screen.Raw("# ---- variables to export");
            call.Screen.Raw(string.Join(Environment.NewLine, variables.Select(variable => $"export {variable.Key}='{variable.Value}'")));
            call.Screen.Raw("# ---- stackhub.yaml");
            call.Screen.Raw(yaml);
            call.Screen.Raw("# ----");
        }
        call.Screen.Raw("sandbox ready; Ctrl-C ends it");
    }

    private static async Task WriteAsync(string folder, string yaml, Dictionary<string, string> variables, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "stackhub.yaml"), yaml + "\n", cancellationToken);
        await File.WriteAllLinesAsync(Path.Combine(folder, "sandbox.env"), variables.Select(variable => $"{variable.Key}='{variable.Value}'"), cancellationToken);
    }

    private static Dictionary<string, int> PortsFrom(int? first) => first is { } port ? Ports.Select((name, index) => (name, index)).ToDictionary(entry => entry.name, entry => port + entry.index) : [];

    [GeneratedRegex("env:([A-Z0-9_]+)")]
    private static partial Regex References();
}
