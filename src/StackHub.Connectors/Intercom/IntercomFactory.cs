using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>Makes connectors to Intercom workspaces.</summary>
public sealed class IntercomFactory : IConnectorFactory
{
    public ConnectorInfo Info => IntercomInfo.Default;

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => IntercomOptions.Problems(settings);

    public IConnector Create(ConnectorContext context) => new IntercomConnector(context);
}
