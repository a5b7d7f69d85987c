using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>Makes Salesforce connectors.</summary>
public sealed class SalesforceConnectorFactory : IConnectorFactory
{
    public ConnectorInfo Info => SalesforceInfo.Default;

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => SalesforceSettings.Problems(settings);

    public IConnector Create(ConnectorContext context) => new SalesforceConnector(context);
}
