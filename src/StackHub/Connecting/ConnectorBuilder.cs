using StackHub.Records;
using StackHub.Telemetry;

namespace StackHub.Connecting;

/// <summary>One system's connector key and settings, secrets resolved; it never prints them.</summary>
public sealed record ResolvedSettings(SystemId System, string Vendor, IReadOnlyDictionary<string, string> Values)
{
    public Uri? PublicBase { get; init; }

    public override string ToString() => $"settings of {System}";
}

/// <summary>Makes the connectors of the configured systems and declares their limits to the budget.</summary>
public sealed class ConnectorBuilder(
    IEnumerable<ResolvedSettings> settings,
    IEnumerable<IConnectorFactory> factories,
    VendorBudget budget,
    ITokenStore tokens,
    ClockSkew skew,
    SystemCounters counters,
    RefusedCredentials refused,
    TimeProvider time)
{
    public ConnectorSet Build() => new(settings.Select(Build).ToArray());

    public IConnector Build(ResolvedSettings system)
    {
        var factory = factories.First(factory => factory.Info.Vendor == system.Vendor);
        var connector = factory.Create(new(system.System, system.Values, budget, tokens, time)
        {
            PublicBase = system.PublicBase,
            ClockReading = (vendor, sent, answered) => skew.Read(system.System, vendor, sent, answered),
            Called = (operation, _) =>
            {
                counters.Called(system.System, operation);
                HubMetrics.VendorCall(system.System.Name, operation);
            },
            CredentialRefused = refused.Tell,
        });
        budget.Limit(system.System, connector.Info.Limits);
        return connector;
    }
}
