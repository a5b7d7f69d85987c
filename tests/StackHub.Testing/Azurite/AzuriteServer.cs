using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace StackHub.Testing.Azurite;

/// <summary>
/// Azure Storage's emulator on free ports, in memory: an assembly fixture, so one for all tests of a project. It ends with the test process,
/// also when that is killed. Without the npm package tests skip and say so, but not in CI.
/// </summary>
public sealed partial class AzuriteServer : IAsyncLifetime
{
    /// <summary>The emulator's account and key, which are the same everywhere and published.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <summary>Accounts beside the usual one, for tests whose tables and queues have names of their own.</summary>
    private const int Spares = 40;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private Process? process;
    private string? missing;
    private string connectionString = "";
    private Task reading = Task.CompletedTask;
    private int taken;

    /// <summary>Ends the test that asks for it when the emulator is not installed: skipped at home, failed in CI.</summary>
    public string ConnectionString
    {
        get
        {
            if (missing is not null && IsCi)
                Assert.Fail(missing);
            Assert.SkipWhen(missing is not null, missing ?? "");
            return connectionString;
        }
    }

    /// <summary>What the emulator itself was asked, by its own log.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>An account that nobody used yet.</summary>
    public string EmptyAccount() => ConnectionString.Replace(Account, Spare(Interlocked.Increment(ref taken) - 1), StringComparison.Ordinal);

    private static bool IsCi => Environment.GetEnvironmentVariable("STACKHUB_CI") == "1" || Environment.GetEnvironmentVariable("CI") is { Length: > 0 } and not "false";

    public async ValueTask InitializeAsync()
    {
        if (Folder() is not { } folder || !File.Exists(Path.Combine(folder, "node_modules", "azurite", "package.json")))
        {
            missing = "Azurite is not installed: run 'npm ci' in tests/azurite.";
            return;
        }
        process = Process.Start(new ProcessStartInfo(
            "node",
            [
                Path.Combine(folder, "start.js"), "--inMemoryPersistence", "--disableTelemetry", "--skipApiVersionCheck",
                "--blobHost", "127.0.0.1", "--queueHost", "127.0.0.1", "--tableHost", "127.0.0.1", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0",
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
            Environment = { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Spares).Select(Spare).Prepend(Account).Select(name => $"{name}:{Key}")) },
        })!;
        using var late = new CancellationTokenSource(Patience);
        connectionString = await ConnectAsync(process.StandardOutput, late.Token);
        reading = Task.Run(() => ReadAsync(process.StandardOutput), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await process.WaitForExitAsync(late.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
            process.Kill();
        await reading;
        process.Dispose();
    }

    private static string Spare(int number) => $"spare{number:D2}";

    /// <summary>The three services say their ports in any order.</summary>
    private static async Task<string> ConnectAsync(StreamReader output, CancellationToken cancellationToken)
    {
        var parts = new List<string> { "DefaultEndpointsProtocol=http", $"AccountName={Account}", $"AccountKey={Key}" };
        while (parts.Count < 6)
        {
            var line = await output.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("Azurite ended before it listened.");
            if (Listening().Match(line) is { Success: true } match)
                parts.Add($"{match.Groups[1].Value}Endpoint={match.Groups[2].Value}/{Account}");
        }
        return string.Join(';', parts);
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
            Requests.Add(line);
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "azurite") is var path && File.Exists(Path.Combine(path, "start.js")))
                return path;
        return null;
    }

    [GeneratedRegex(@"^Azurite (\w+) service is successfully listening at (http://\S+)$")]
    private static partial Regex Listening();
}
