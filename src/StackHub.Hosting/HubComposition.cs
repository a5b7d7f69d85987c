using Microsoft.Extensions.DependencyInjection;
using StackHub.Cloud;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Connectors.Declarative;
using StackHub.Security;

namespace StackHub.Hosting;

/// <summary>A hub's configuration, checked, with its secrets: what every host of a hub begins with. The store comes from the host.</summary>
public sealed record HubComposition(HubModel Model, IReadOnlyList<ResolvedSettings> Settings, SecretResolver Resolver)
{
    private IReadOnlyList<IConnectorFactory> Factories { get; init; } = Connectors.Connectors.All;

    /// <summary>Throws <see cref="HubStartException"/> with every problem at once.</summary>
    /// <param name="text">The configuration itself, for hubs without a file; the path is then only its name.</param>
    public static async Task<HubComposition> LoadAsync(string path, string? text, CancellationToken cancellationToken)
    {
        var connectors = text is null ? ConnectorFolder.Beside(path) : ConnectorFolder.None;
        var result = text is null ? connectors.Load(path) : HubConfiguration.Parse(text, connectors.Factories, path);
        if (result is ConfigurationResult.Invalid invalid)
            throw new HubStartException(string.Join(Environment.NewLine, invalid.Problems));
        var model = ((ConfigurationResult.Valid)result).Model;
        var resolver = Secrets();
        return new(model, await ResolveAsync(model, connectors.Factories, resolver, cancellationToken), resolver) { Factories = connectors.Factories };
    }

    /// <summary>Adds the hub and its connectors.</summary>
    public void AddTo(IServiceCollection services, HubKeys keys, HubRunOptions run)
    {
        services.AddSingleton(Model).AddSingleton(keys).AddSingleton(Resolver);
        foreach (var factory in Factories)
            services.AddSingleton(factory);
        foreach (var system in Settings)
            services.AddSingleton(system);
        services.AddHostedService<RemovedSystemsGuard>(); // before everything that works
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

    private static async Task<IReadOnlyList<ResolvedSettings>> ResolveAsync(HubModel model, IReadOnlyList<IConnectorFactory> factories, SecretResolver resolver, CancellationToken cancellationToken)
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
                    var factory = factories.First(factory => factory.Info.Vendor == system.Connector.Vendor);
                    problems.AddRange(factory.Problems(resolved.Settings).Select(problem => $"{system.Id}: {problem}"));
                    settings.Add(new(system.Id, system.Connector.Vendor, resolved.Settings) { PublicBase = model.PublicBase });
                    break;
            }
        }
        return problems.Count == 0 ? settings : throw new HubStartException(string.Join(Environment.NewLine, problems));
    }
}
