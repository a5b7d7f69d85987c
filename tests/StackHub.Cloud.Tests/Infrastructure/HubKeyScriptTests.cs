using System.Diagnostics;

namespace StackHub.Cloud.Tests.Infrastructure;

/// <summary>The script that makes the hub's key must never replace one: run with an 'az' of our own.</summary>
public sealed class HubKeyScriptTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stackhub-az");

    [Fact]
    public async Task A_missing_key_is_made_and_the_app_told()
    {
        var (code, calls) = await RunAsync("echo 'ERROR: (SecretNotFound) not here' >&2; exit 1");

        Assert.Equal(0, code);
        Assert.Contains("keyvault secret set", calls, StringComparison.Ordinal);
        Assert.Contains("configreferences/appsettings/refresh", calls, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo https://kv.example/secrets/stackhub-key/1", 0)]
    [InlineData("echo 'ERROR: no network' >&2; exit 1", 1)]
    [InlineData("echo 'ERROR: please run az login' >&2; exit 1", 1)]
    public async Task A_key_that_is_or_may_be_there_is_left_alone(string answer, int expected)
    {
        var (code, calls) = await RunAsync(answer);

        Assert.Equal(expected, code);
        Assert.DoesNotContain("keyvault secret set", calls, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<(int Code, string Calls)> RunAsync(string show)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script is for a POSIX shell.");
        var (az, log) = (Path.Combine(folder.FullName, "az"), Path.Combine(folder.FullName, "calls"));
        await File.WriteAllTextAsync(az, $"#!/bin/sh\necho \"$*\" >> '{log}'\ncase \"$*\" in *'secret show'*) {show} ;; *'functionapp show'*) echo /subscriptions/1/app ;; esac\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(az, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("sh", [Repository.At("infra", "scripts", "hub-key.sh")]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";
        foreach (var name in new[] { "STACKHUB_VAULT_NAME", "STACKHUB_APP", "AZURE_RESOURCE_GROUP" })
            start.Environment[name] = "x";
        using var script = Process.Start(start)!;
        await Task.WhenAll(script.StandardOutput.ReadToEndAsync(), script.StandardError.ReadToEndAsync(), script.WaitForExitAsync());
        return (script.ExitCode, await File.ReadAllTextAsync(log));
    }
}
