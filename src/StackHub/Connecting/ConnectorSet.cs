using System.Collections.Frozen;
using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>The connectors of all configured systems.</summary>
public sealed class ConnectorSet(IEnumerable<IConnector> connectors)
{
    private volatile FrozenDictionary<SystemId, IConnector> bySystem = connectors.ToFrozenDictionary(connector => connector.System);

    public IConnector this[SystemId system] => bySystem[system];

    public IConnector? Find(SystemId system) => bySystem.GetValueOrDefault(system);

    public IReadOnlyCollection<IConnector> All => bySystem.Values;

    /// <summary>From the next call on; calls under way end with the connector they began with.</summary>
    public void Replace(IConnector connector) =>
        bySystem = bySystem.Values.Where(known => known.System != connector.System).Append(connector).ToFrozenDictionary(known => known.System);
}
