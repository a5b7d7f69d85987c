using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>The connectors of all configured systems.</summary>
public sealed class ConnectorSet(IEnumerable<IConnector> connectors)
{
    private readonly Dictionary<SystemId, IConnector> bySystem = connectors.ToDictionary(connector => connector.System);

    public IConnector this[SystemId system] => bySystem[system];

    public IConnector? Find(SystemId system) => bySystem.GetValueOrDefault(system);

    public IReadOnlyCollection<IConnector> All => bySystem.Values;
}
