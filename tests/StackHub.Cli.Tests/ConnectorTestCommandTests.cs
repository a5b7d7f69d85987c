using StackHub.Cli.CommandLine;
using StackHub.Connectors.Declarative;
using StackHub.Sandbox;

namespace StackHub.Cli.Tests;

/// <summary>'connectors test', and files beside the configuration.</summary>
public sealed class ConnectorTestCommandTests : IDisposable
{
    private readonly TryFolder folder = new();

    [Theory]
    [InlineData("mailchimp")]
    [InlineData("outreach")]
    public async Task A_good_file_passes_against_its_sandbox(string name)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false }, default);
        var settings = sandbox.Vendors.Single(vendor => vendor.Name == name).Configuration;
        string[] given = [.. settings.Where(setting => setting.Key != "baseUrl").SelectMany(setting => (string[])["--setting", $"{setting.Key}={setting.Value}"])];

        var answer = await Cli.RunAsync(["connectors", "test", Shipped(name), "--sandbox", settings["baseUrl"]!.ToString(), .. given]);

        Assert.True(answer.ExitCode == ExitCode.Fine, answer.Out + answer.Error);
        Assert.Contains("13 of 13 checks passed", answer.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_is_told_with_its_line_and_the_way_to_mend_it()
    {
        var file = folder.Write("acme.yaml", VendorFiles.Text("vendors/outreach.yaml").Replace("docs:", "dcos:", StringComparison.Ordinal));

        var answer = await Cli.RunAsync("connectors", "test", file);

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains($"{file}(4,1): dcos: There is no key 'dcos' here. Did you mean 'docs'?", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_that_are_missing_are_named_and_fail_their_checks()
    {
        folder.Write("001.json", """{"call": "POST /oauth/token", "body": {"access_token": "t", "expires_in": 7200}}""");
        folder.Write("002.json", """{"call": "GET /api/v2/prospects", "body": {"data": []}}""");
        string[] settings = ["--setting", "clientId=a", "--setting", "clientSecret=b", "--setting", "refreshToken=c", "--setting", "requester=privacy@example.com"];

        var answer = await Cli.RunAsync(["connectors", "test", Shipped("outreach"), "--answers", folder["."], .. settings]);

        Assert.Equal(ExitCode.Problems, answer.ExitCode);
        Assert.Contains("ok      the account is set up", answer.Out, StringComparison.Ordinal);
        Assert.Contains("has no answer to POST /api/v2/prospects", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_is_missing_is_named()
    {
        var answer = await Cli.RunAsync("connectors", "test", Shipped("mailchimp"), "--sandbox", "http://127.0.0.1:1");

        Assert.Equal(ExitCode.BadUsage, answer.ExitCode);
        Assert.Contains("'apiKey'", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_in_the_folder_connectors_is_a_connector_of_the_hub()
    {
        Directory.CreateDirectory(folder["connectors"]);
        folder.Write("connectors/acme.yaml", VendorFiles.Text("vendors/mailchimp.yaml").Replace("vendor: mailchimp", "vendor: acme", StringComparison.Ordinal));
        var config = folder.Write("stackhub.yaml", "systems:\n  news:\n    connector: acme\n    settings: { apiKey: env:ACME_KEY, dataCenter: us21, list: a1 }\n");

        var check = await Cli.RunAsync("config", "check", "--config", config);
        folder.Write("connectors/acme.yaml", "vendor: acme\nnmae: x\n");
        var broken = await Cli.RunAsync("config", "check", "--config", config);

        Assert.True(check.ExitCode == ExitCode.Fine, check.Out + check.Error);
        Assert.Equal(ExitCode.Problems, broken.ExitCode);
        Assert.Contains("acme.yaml(2,1)", broken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_is_json() =>
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (await Cli.RunAsync("connectors", "schema")).Json.GetProperty("$schema").GetString());

    public void Dispose() => folder.Dispose();

    private string Shipped(string name) => folder.Write($"{name}.yaml", VendorFiles.Text($"vendors/{name}.yaml"));
}
