using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Web.Privacy.Console;

/// <summary>A row for each kind of record that holds people; first the systems that are connected, then tools that could be.</summary>
public sealed record CapabilitiesModel(IReadOnlyList<CapabilityRow> Connected, IReadOnlyList<CapabilityRow> Others)
{
    public static CapabilitiesModel Of(IEnumerable<ConnectorInfo> connectors, HubModel model)
    {
        CapabilityRow[] connected = [.. model.Order.SelectMany(system => Rows(model.Systems[system].Connector, system))];
        var used = model.Systems.Values.Select(system => system.Connector.Vendor).ToHashSet(StringComparer.Ordinal);
        return new(connected, [.. connectors.Where(info => !used.Contains(info.Vendor)).OrderBy(info => info.DisplayName, StringComparer.Ordinal).SelectMany(info => Rows(info, null))]);
    }

    private static IEnumerable<CapabilityRow> Rows(ConnectorInfo info, SystemId? system) =>
        info.Objects.Where(type => type.Kind == RecordKind.Person).Select(type => new CapabilityRow(system, info, type.ObjectType, type.Privacy, VendorErasure.Of(info)));

    public override string ToString() => $"{Connected.Count} capabilities";
}

/// <param name="System">Null for a tool that is not connected.</param>
/// <param name="Reckoned">What plans and due dates are reckoned with.</param>
public sealed record CapabilityRow(SystemId? System, ConnectorInfo Tool, string ObjectType, PrivacyAbility Ability, VendorErasure Reckoned)
{
    /// <summary>Unique on the page.</summary>
    public string Name => $"{System?.Name ?? Tool.DisplayName} {ObjectType}";
}
