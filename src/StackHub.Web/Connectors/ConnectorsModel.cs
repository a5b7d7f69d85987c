using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Web.Connectors;

/// <summary>All connectors, and the systems that use each.</summary>
public sealed record ConnectorsModel(IReadOnlyList<ConnectorCard> Connectors)
{
    public static ConnectorsModel Of(IEnumerable<ConnectorInfo> connectors, HubModel model) => new(
    [
        .. connectors.OrderBy(info => info.Vendor, StringComparer.Ordinal)
            .Select(info => new ConnectorCard(info, [.. model.Order.Where(system => model.Systems[system].Connector.Vendor == info.Vendor)])),
    ]);
}

public sealed record ConnectorCard(ConnectorInfo Info, IReadOnlyList<SystemId> Systems);
