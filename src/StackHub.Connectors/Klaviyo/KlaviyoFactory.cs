using StackHub.Connecting;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Makes connectors to Klaviyo accounts.</summary>
public sealed class KlaviyoFactory : IConnectorFactory
{
    public ConnectorInfo Info { get; } = KlaviyoInfo.Of(new KlaviyoOptions(new Dictionary<string, string>()));

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => KlaviyoOptions.Problems(settings);

    public IConnector Create(ConnectorContext context) => new KlaviyoConnector(context);
}
