using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackHub.Connecting;

namespace StackHub.Configuration;

/// <summary>
/// Looks now and then, and when a vendor refused a credential, whether secrets were renewed; a system whose were gets a new connector.
/// What was refused meanwhile waits in the outbox. A secret that is gone or cannot be read changes nothing.
/// </summary>
public sealed class SecretRotation(
    HubModel model,
    SecretResolver resolver,
    IEnumerable<ResolvedSettings> settings,
    IEnumerable<IConnectorFactory> factories,
    ConnectorBuilder builder,
    ConnectorSet connectors,
    RefusedCredentials refused,
    TimeProvider time,
    ILogger<SecretRotation> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(5);

    /// <summary>A vendor that refuses every call must not make us ask the vault as often.</summary>
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(30);

    private readonly List<ResolvedSettings> current = [.. settings.Where(system => UsesSecrets(model, system))];

    /// <summary>Resolves every reference again, asking the places themselves when told so; the systems that were renewed.</summary>
    public async Task<int> RenewAsync(bool ask, CancellationToken cancellationToken)
    {
        if (ask)
            resolver.Expire();
        var renewed = 0;
        for (var index = 0; index < current.Count; index++)
            if (await RenewedAsync(current[index], cancellationToken) is { } changed)
            {
                connectors.Replace(builder.Build(changed));
                logger.SecretsRenewed(changed.System);
                current[index] = changed;
                renewed++;
            }
        return renewed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (current.Count > 0 && !stoppingToken.IsCancellationRequested)
        {
            var ask = await refused.WaitAsync(Every, time, stoppingToken);
            try
            {
                await RenewAsync(ask, stoppingToken);
                await Task.Delay(AtMostEvery, time, stoppingToken);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException)) // the next round tries again
            {
                logger.SecretsNotRead(e.GetType().Name);
            }
        }
    }

    /// <summary>Null when nothing changed, or nothing usable came.</summary>
    private async Task<ResolvedSettings?> RenewedAsync(ResolvedSettings system, CancellationToken cancellationToken)
    {
        var answer = await resolver.ResolveAsync(model.Systems[system.System].Settings, cancellationToken);
        if (answer is not SecretResolution.Resolved { Settings: var values })
        {
            logger.SecretsKept(system.System, ((SecretResolution.Unresolved)answer).Problems.Count);
            return null;
        }
        if (values.All(value => system.Values.GetValueOrDefault(value.Key) == value.Value))
            return null;
        var problems = factories.First(factory => factory.Info.Vendor == system.Vendor).Problems(values).Count();
        if (problems == 0)
            return system with { Values = values };
        logger.SecretsKept(system.System, problems);
        return null;
    }

    private static bool UsesSecrets(HubModel model, ResolvedSettings system) =>
        model.Systems.TryGetValue(system.System, out var known) && known.Settings.Values.Any(value => SecretReference.Parse(value) is { Scheme: SecretReference.KeyVault });
}
