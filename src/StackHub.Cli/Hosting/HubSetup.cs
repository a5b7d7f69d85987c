using Microsoft.Extensions.DependencyInjection;
using StackHub.Cloud;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Sqlite;

namespace StackHub.Cli.Hosting;

/// <summary>Where a hub's configuration and data are.</summary>
/// <param name="ConfigText">The configuration itself, for hubs without a file (the demo).</param>
public sealed record HubLocation(string ConfigPath, string DataFolder, string? ConfigText = null);

/// <summary>Everything that is needed to make a hub's services, checked.</summary>
public sealed record HubSetup(HubModel Model, IReadOnlyList<ResolvedSettings> Settings, SecretResolver Resolver, HubKeys Keys, string DataFolder)
{
    /// <summary>Throws <see cref="HubStartException"/> with every problem at once.</summary>
    public static async Task<HubSetup> LoadAsync(HubLocation location, CancellationToken cancellationToken)
    {
        if (location.ConfigText is null && !File.Exists(location.ConfigPath))
            throw new HubStartException($"There is no configuration file '{location.ConfigPath}'. Begin one with 'stackhub config sample > {location.ConfigPath}', name another with --config, or try 'stackhub demo', which needs none.");
        var result = location.ConfigText is { } text
            ? HubConfiguration.Parse(text, Connectors.Connectors.All, location.ConfigPath)
            : HubConfiguration.Load(location.ConfigPath, Connectors.Connectors.All);
        if (result is ConfigurationResult.Invalid invalid)
            throw new HubStartException(string.Join(Environment.NewLine, invalid.Problems));
        var model = ((ConfigurationResult.Valid)result).Model;
        var resolver = Secrets();
        var settings = await ResolveAsync(model, resolver, cancellationToken);
        Directory.CreateDirectory(location.DataFolder);
        return new(model, settings, resolver, HubKeyFile.Load(location.DataFolder), location.DataFolder);
    }

    /// <summary>Adds the hub on the embedded store.</summary>
    public void AddTo(IServiceCollection services, HubRunOptions run, SqliteOptions? store = null)
    {
        services.AddSqliteStore(DataFolder, store).AddSingleton(Model).AddSingleton(Keys).AddSingleton(Resolver);
        Connectors.Connectors.AddConnectors(services);
        foreach (var system in Settings)
            services.AddSingleton(system);
        services.AddStackHub(run);
    }

    private static SecretResolver Secrets()
    {
        try
        {
            return SecretSources.Resolver(Environment.GetEnvironmentVariable, TimeProvider.System);
        }
        catch (SecretUnavailableException e)
        {
            throw new HubStartException(e.Message);
        }
    }

    private static async Task<IReadOnlyList<ResolvedSettings>> ResolveAsync(HubModel model, SecretResolver resolver, CancellationToken cancellationToken)
    {
        var settings = new List<ResolvedSettings>();
        var problems = new List<string>();
        foreach (var system in model.Order.Select(id => model.Systems[id]))
        {
            switch (await resolver.ResolveAsync(system.Settings, cancellationToken))
            {
                case SecretResolution.Unresolved unresolved:
                    problems.AddRange(unresolved.Problems.Select(problem => $"{system.Id}: {problem}"));
                    break;
                case SecretResolution.Resolved resolved:
                    var factory = Connectors.Connectors.All.First(factory => factory.Info.Vendor == system.Connector.Vendor);
                    problems.AddRange(factory.Problems(resolved.Settings).Select(problem => $"{system.Id}: {problem}"));
                    settings.Add(new(system.Id, system.Connector.Vendor, resolved.Settings) { PublicBase = model.PublicBase });
                    break;
            }
        }
        return problems.Count == 0 ? settings : throw new HubStartException(string.Join(Environment.NewLine, problems));
    }
}
