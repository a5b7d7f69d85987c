using StackHub.Cli.CommandLine;
using StackHub.Cli.Demo;
using StackHub.Sandbox;

namespace StackHub.Cli.Tests;

public sealed class VendorAwayTests
{
    [Fact]
    public async Task A_vendor_that_is_away_is_exit_code_3_and_a_sentence()
    {
        using var folder = new TryFolder();
        var sandbox = await SandboxServer.StartAsync(new() { People = 5, SeedData = false }, CancellationToken.None);
        folder.Write("stackhub.yaml", DemoConfiguration.For(sandbox, new("http://127.0.0.1:9/")));
        await sandbox.DisposeAsync();

        var answer = await Cli.RunAsync("backfill", "--system", "intercom", "--config", folder["stackhub.yaml"], "--data", folder["data"]);
        var doctor = await Cli.RunAsync("doctor", "--config", folder["stackhub.yaml"], "--data", folder["data"]);

        Assert.Equal(ExitCode.VendorUnavailable, answer.ExitCode);
        Assert.Contains("intercom cannot be used now", answer.Error);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.Equal(ExitCode.VendorUnavailable, doctor.ExitCode);
    }
}
