using StackHub.Connecting;

namespace StackHub.Web.Tests.Hosting;

/// <summary>Makes the fake connectors; they stay within reach of the test.</summary>
public sealed class FakeFactory : IConnectorFactory
{
    public Dictionary<string, FakeConnector> Made { get; } = [];

    public ConnectorInfo Info => FakeConnector.Description;

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => [];

    public IConnector Create(ConnectorContext context) =>
        Made[context.System.Name] = new(context.System) { Silent = context.Settings.ContainsKey("silent") };
}
