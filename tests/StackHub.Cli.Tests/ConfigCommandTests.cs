using System.Text.Json;
using StackHub.Cli.CommandLine;

namespace StackHub.Cli.Tests;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly TryFolder folder = new();

    private const string Broken = """
        systems:
          crm:
            connector: salesforze
            poll: soon
        """;

    [Fact]
    public async Task A_broken_file_is_told_problem_by_problem_with_its_line()
    {
        var file = folder.Write("stackhub.yaml", Broken);

        var answer = await Cli.RunAsync("config", "check", "--config", file);

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("stackhub.yaml(3,", answer.Error);
        Assert.Contains("stackhub.yaml(4,", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
    }

    [Fact]
    public async Task A_broken_file_is_json_for_scripts()
    {
        var file = folder.Write("stackhub.yaml", Broken);

        var answer = await Cli.RunAsync("config", "check", "--config", file, "--json");

        Assert.False(answer.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(3, answer.Json.GetProperty("problems")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task The_sample_is_a_file_that_is_fine()
    {
        var sample = await Cli.RunAsync("config", "sample");

        var answer = await Cli.RunAsync("config", "check", "--config", folder.Write("stackhub.yaml", sample.Out));

        Assert.Equal(ExitCode.Fine, answer.ExitCode);
        Assert.Contains("is fine", answer.Out);
    }

    [Fact]
    public async Task The_schema_is_json()
    {
        var answer = await Cli.RunAsync("config", "schema");

        Assert.Equal(JsonValueKind.Object, answer.Json.GetProperty("properties").ValueKind);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("serve")]
    [InlineData("status")]
    [InlineData("sync")]
    public async Task A_command_without_a_configuration_says_how_to_get_one(string command)
    {
        var answer = await Cli.RunAsync(command, "--config", folder["none.yaml"], "--data", folder["data"]);

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains("stackhub config sample", answer.Error);
        Assert.Empty(answer.Out);
    }

    [Fact]
    public async Task A_secret_that_is_missing_is_named_and_is_a_finding_of_the_doctor()
    {
        var file = folder.Write("stackhub.yaml", (await Cli.RunAsync("config", "sample")).Out);

        var status = await Cli.RunAsync("status", "--config", file, "--data", folder["data"]);
        var doctor = await Cli.RunAsync("doctor", "--config", file, "--data", folder["data"], "--json");

        Assert.Equal(ExitCode.BadUsage, status.ExitCode);
        Assert.Contains("SF_CLIENT_ID", status.Error);
        Assert.Equal(ExitCode.Problems, doctor.ExitCode);
        Assert.False(doctor.Json.GetProperty("healthy").GetBoolean());
    }

    [Fact]
    public async Task Connectors_describe_themselves()
    {
        var words = await Cli.RunAsync("connectors", "list");
        var json = await Cli.RunAsync("connectors", "list", "--json");

        Assert.Contains("Webhooks:", words.Out);
        Assert.Equal(StackHub.Connectors.Connectors.All.Count, json.Json.GetProperty("items").GetArrayLength());
    }

    public void Dispose() => folder.Dispose();
}
