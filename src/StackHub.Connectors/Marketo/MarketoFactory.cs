using StackHub.Connecting;

namespace StackHub.Connectors.Marketo;

/// <summary>Makes connectors to Marketo instances.</summary>
internal sealed class MarketoFactory : IConnectorFactory
{
    /// <summary>What sends in the end; tests put a fake here.</summary>
    public HttpMessageHandler? Transport { get; init; }

    public ConnectorInfo Info => MarketoInfo.Default;

    public IEnumerable<string> Problems(IReadOnlyDictionary<string, string> settings) => MarketoOptions.Problems(settings);

    public IConnector Create(ConnectorContext context) => new MarketoConnector(context, Transport);
}
