using System.Collections.Immutable;

namespace StackHub.Audit.Inventory;

/// <summary>Knows products by the many names they go by.</summary>
public interface IToolCatalogue
{
    /// <summary>By canonical name, alias, edition ("HubSpot Enterprise") or mode ("HubSpot (Actions)"); null for a product it does not know.</summary>
    CatalogueTool? ByName(string name);

    /// <summary>By a host name of the product, such as "hooks.hubspot.com".</summary>
    CatalogueTool? ByDomain(string host);

    /// <summary>How rare capabilities are among all its products.</summary>
    CapabilityRarity Rarity { get; }
}

/// <summary>A product as the world knows it.</summary>
public sealed record CatalogueTool(ToolId Id, string Name)
{
    public ImmutableSortedSet<string> Domains { get; init; } = [];

    public ImmutableSortedSet<string> Categories { get; init; } = [];

    public ImmutableSortedSet<string> Capabilities { get; init; } = [];
}
