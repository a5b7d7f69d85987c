using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>Makes connectors to Zendesk Support accounts.</summary>
public sealed class ZendeskFactory : IConnectorFactory
{
    public ConnectorInfo Info => ZendeskInfo.Default;

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => ZendeskOptions.Problems(settings);

    public IConnector Create(ConnectorContext context) => new ZendeskConnector(context, transport: null);
}
