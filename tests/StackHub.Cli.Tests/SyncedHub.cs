using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Sandbox;

namespace StackHub.Cli.Tests;

/// <summary>Three simulated vendors with fifty people, and a data folder brought through backfill, plan and sync by commands.</summary>
public sealed class SyncedHub : IAsyncLifetime
{
    private readonly TryFolder folder = new();
    private SandboxServer? sandbox;

    public string Config => folder["stackhub.yaml"];

    public string Data => folder["data"];

    /// <summary>A folder nothing was ever written to.</summary>
    public string Fresh => folder["fresh"];

    public string[] Where => ["--config", Config, "--data", Data];

    public CliAnswer Backfilled { get; private set; } = null!;

    public CliAnswer Planned { get; private set; } = null!;

    public CliAnswer Unapproved { get; private set; } = null!;

    public CliAnswer Approved { get; private set; } = null!;

    public Task<CliAnswer> RunAsync(params string[] args) => Cli.RunAsync([.. args, .. Where]);

    public async Task<string> AnyAddressAsync() =>
        (await RunAsync("records", "search", "@", "--kind", "person", "--take", "1", "--json")).Json.GetProperty("items")[0].GetProperty("values").GetProperty("email").GetString()!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxServer.StartAsync(new SandboxOptions { People = 50 }.Grant(), CancellationToken.None);
        folder.Write("stackhub.yaml", DemoConfiguration.For(sandbox, new("http://127.0.0.1:9/")));
        await RunAsync("doctor", "--fix");
        Backfilled = await RunAsync("backfill");
        Planned = await RunAsync("plan", "--take", "5");
        Unapproved = await RunAsync("sync");
        Approved = await RunAsync("sync", "--approve", "--json");
    }

    public async ValueTask DisposeAsync()
    {
        await sandbox!.DisposeAsync();
        folder.Dispose();
    }
}
