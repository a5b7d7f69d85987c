using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Hosting;
using StackHub.Security;
using StackHub.Sqlite;

namespace StackHub.Cli.Commands;

/// <summary>The hub as a process: web, pump and schedules, until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string PowerLoss = "power-loss";
    private const string ProcessCrash = "process-crash";
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    public static Command Make(CommandRunner runner)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen; several with ';' between them.", HelpName = "URLS", DefaultValueFactory = _ => "http://127.0.0.1:8080", Validators = { Shared.Address } };
        var durability = new Option<string>("--durability") { Description = "What a write that was acknowledged survives.", DefaultValueFactory = _ => PowerLoss };
        durability.AcceptOnlyFromAmong(PowerLoss, ProcessCrash);
        var verbose = new Option<bool>("--verbose") { Description = "Log normal operation too." };
        return new HubCommand("serve", "Run the hub: webhooks and API, queue pump, schedules.",
            "stackhub serve", "stackhub serve --urls http://0.0.0.0:8080 --data /var/lib/stackhub")
            .With(urls, durability, verbose)
            .Runs(runner, (call, cancellationToken) => RunAsync(call, call.Value(urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
                new SqliteOptions { Durability = call.Value(durability) == PowerLoss ? Durability.PowerLoss : Durability.ProcessCrash }, call.Value(verbose) ? LogLevel.Information : LogLevel.Warning, cancellationToken));
    }

    private static async Task<int> RunAsync(Invocation call, string[] urls, SqliteOptions store, LogLevel logLevel, CancellationToken cancellationToken)
    {
        var setup = await HubSetup.LoadAsync(call.Location, cancellationToken);
        using var held = DataFolderLock.TryTake(setup.DataFolder)
            ?? throw new HubStartException($"Another process already serves the data folder '{setup.DataFolder}'. Stop it first, or give this one a folder of its own with --data.");
        await using var app = HubWeb.Build(setup, urls, new(SingleProcess: true), logLevel, store);
        await StartAsync(app, urls, cancellationToken);
        await FirstKeyAsync(call, app.Services.GetRequiredService<ApiKeyStore>(), cancellationToken);
        call.Screen.Raw($"listening on {string.Join(' ', app.Urls)}");
        await Forever.UntilAsync(cancellationToken);
        call.Screen.Raw("stopping");
        using var patience = new CancellationTokenSource(StopWithin);
        await app.StopAsync(patience.Token);
        return ExitCode.Fine;
    }

    private static async Task StartAsync(WebApplication app, string[] urls, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e) when (e is not SqliteFailedException)
        {
            throw new HubStartException($"Cannot listen on {string.Join(' ', urls)}: {e.Message} Give another address with --urls.");
        }
    }

    /// <summary>A hub without keys would answer nobody.</summary>
    private static async Task FirstKeyAsync(Invocation call, ApiKeyStore keys, CancellationToken cancellationToken)
    {
        if ((await keys.ListAsync(cancellationToken)).Count > 0)
            return;
        var made = await keys.CreateAsync("first start", [Role.Operator, Role.Approver], cancellationToken);
        call.Screen.Raw($"API key, shown this once (operator, approver): {made.Secret}");
    }
}
