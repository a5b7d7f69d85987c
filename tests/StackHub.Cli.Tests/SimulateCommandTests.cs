using System.Text.RegularExpressions;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Cli.Output;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Rules;
using StackHub.Testing.Snapshots;

namespace StackHub.Cli.Tests;

/// <summary>Rules tried on leads that came, from the command line.</summary>
public sealed partial class SimulateCommandTests : IDisposable
{
    private const string Systems = "systems:\n  hubspot:\n    connector: hubspot\n    settings: { accessToken: env:SIMULATED_TOKEN }\n";
    private const string InForce = """
        routing:
          owners: { ann: {}, bob: {}, cyd: {} }
          pools: { sales: { members: { ann: 1, bob: 1 } } }
          rules:
            - { name: swiss, when: { field: country, is: CH }, to: owner bob }
          fallback: pool sales
        """;

    private const string Candidate = """
        routing:
          owners: { ann: {}, bob: {}, cyd: {} }
          pools: { sales: { members: { ann: 1, bob: 1 } } }
          rules:
            - { name: germans, when: { field: country, is: DE }, to: owner cyd }
          fallback: pool sales
        """;

    private readonly TryFolder folder = new();

    /// <summary>A hub opens only with its secrets; nobody is called.</summary>
    public SimulateCommandTests() => Environment.SetEnvironmentVariable("SIMULATED_TOKEN", "pat-none");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_would_change_is_told()
    {
        await LivedAsync();

        var answer = await RunAsync(folder.Write("new.yaml", Candidate), "--within", "4h");

        Assert.Equal((ExitCode.Fine, ""), (answer.ExitCode, answer.Error));
        Snapshot.Match(Steady(answer.Out));
    }

    [Fact]
    public async Task For_a_script_it_is_one_document()
    {
        await LivedAsync();

        var json = (await RunAsync(folder.Write("new.yaml", Candidate), "--json")).Json;

        Assert.Equal((4, 4, 3), (json.GetProperty("routings").GetInt32(), json.GetProperty("reproduced").GetInt32(), json.GetProperty("moved").GetInt32()));
        Assert.Equal([("ann", "cyd", "germans"), ("bob", "ann", "fallback"), ("ann", "cyd", "germans")], json.GetProperty("moves").EnumerateArray().Select(move => (move.GetProperty("from").GetString()!, move.GetProperty("to").GetString()!, move.GetProperty("toStep").GetString()!)));
        Assert.Equal(0, json.GetProperty("assumed").GetArrayLength()); // the rules in force asked about the country, too
    }

    [Fact]
    public async Task The_rules_in_force_move_nobody()
    {
        await LivedAsync();

        var answer = await RunAsync(folder["stackhub.yaml"]);

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("Nobody would move.", answer.Out);
        Assert.Contains("The rules in force decide 4 of 4 as it really was.", answer.Out);
    }

    [Fact]
    public async Task Rules_with_findings_are_simulated_and_said_to_be_undeployable()
    {
        await LivedAsync();
        var file = folder.Write("new.yaml", Candidate.Replace("  fallback: pool sales", "", StringComparison.Ordinal));

        var answer = await RunAsync(file);

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("new.yaml(2,3): routing.fallback: Nothing decides for those whom no rule fits.", answer.Error);
        Assert.Contains("would not be deployed", answer.Out);
        Assert.Contains("that wait at the end", answer.Out);
    }

    [Theory]
    [InlineData("routing:\n  owners: { ann: {} }\n  fallback: pool sales\n", "new.yaml(3,13): routing.fallback: There is no pool 'sales'.")]
    [InlineData("routing:\n  owners: { ann: {} }\n  fallback: owner bob\n", "new.yaml(3,13): routing.fallback: There is no owner 'bob'.")]
    [InlineData("rules: [\n", "This is not YAML the hub can read")]
    [InlineData("hub: {}\n", "new.yaml(1,1): There is no routing: in it.")]
    [InlineData("routing: x\n", "new.yaml(1,10): routing: A block of owners, pools and rules is expected")]
    [InlineData("- a\n", "A file with routing: is expected, but a list is here.")]
    [InlineData("routing:\n  owners: { ann: {} }\n  rules: [{ name: x, when: { field: contry, is: DE }, to: owner ann }]\n", "'contry'")]
    public async Task What_cannot_be_read_is_told_by_its_place(string text, string expected)
    {
        await LivedAsync();

        var answer = await RunAsync(folder.Write("new.yaml", text));

        Assert.Equal((ExitCode.BadUsage, ""), (answer.ExitCode, answer.Out));
        Assert.Contains(expected, answer.Error);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_hub_without_routing_are_told()
    {
        await LivedAsync();
        Assert.Contains("cannot be read", (await RunAsync(folder["nothing.yaml"])).Error);

        folder.Write("stackhub.yaml", Systems);
        var answer = await RunAsync(folder.Write("new.yaml", Candidate));

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains("routes no leads", answer.Error);
    }

    /// <summary>Wide enough to break no line.</summary>
    private Task<CliAnswer> RunAsync(string file, params string[] more) => Cli.RunAsync(200, ["simulate", "--rules", file, "--config", folder["stackhub.yaml"], "--data", folder["data"], .. more]);

    /// <summary>Four leads, two of them German.</summary>
    private async Task LivedAsync()
    {
        folder.Write("stackhub.yaml", Systems + InForce);
        await Cli.RunAsync("doctor", "--fix", "--config", folder["stackhub.yaml"], "--data", folder["data"]);
        await using var session = await HubSession.OpenAsync(new(folder["stackhub.yaml"], folder["data"]), work: false, Screen.For(new(TextWriter.Null, TextWriter.Null, Terminal: false), json: false, noColor: true), CancellationToken.None);
        var plan = session.Model.Routing!;
        for (var number = 0; number < 4; number++)
        {
            var country = number % 2 == 0 ? "DE" : "US";
            await session.Get<LeadRouter>().RouteAsync(new(new RecordId(new Guid(number, 7, 0, new byte[8])), Facts.Read(plan.Fields, field => field switch { "country" => country, "lifecycleStage" => "mql", _ => null })) { Company = $"company-{number}" }, plan, CancellationToken.None);
        }
    }

    /// <summary>Times are the run's own.</summary>
    private static string Steady(string text) => Time().Replace(text, "2026-01-01 00:00:00Z");

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}Z")]
    private static partial Regex Time();
}
