using Microsoft.Extensions.DependencyInjection;
using StackHub.Security;
using StackHub.Sqlite;

namespace StackHub.Cli.Hosting;

/// <summary>Where a hub's configuration and data are.</summary>
/// <param name="ConfigText">The configuration itself, for hubs without a file (the demo).</param>
public sealed record HubLocation(string ConfigPath, string DataFolder, string? ConfigText = null);

/// <summary>Everything that is needed to make a hub's services on the embedded store, checked.</summary>
public sealed record HubSetup(HubComposition Composition, HubKeys Keys, string DataFolder)
{
    /// <summary>Throws <see cref="HubStartException"/> with every problem at once.</summary>
    public static async Task<HubSetup> LoadAsync(HubLocation location, CancellationToken cancellationToken)
    {
        if (location.ConfigText is null && !File.Exists(location.ConfigPath))
            throw new HubStartException($"There is no configuration file '{location.ConfigPath}'. Begin one with 'stackhub config sample > {location.ConfigPath}', name another with --config, or try 'stackhub demo', which needs none.");
        var composition = await HubComposition.LoadAsync(location.ConfigPath, location.ConfigText, cancellationToken);
        Directory.CreateDirectory(location.DataFolder);
        return new(composition, HubKeyFile.Load(location.DataFolder), location.DataFolder);
    }

    /// <summary>Adds the hub on the embedded store.</summary>
    public void AddTo(IServiceCollection services, HubRunOptions run, SqliteOptions? store = null) =>
        Composition.AddTo(services.AddSqliteStore(DataFolder, store), Keys, run);
}
