using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Catalogue;

/// <summary>A product as the market knows it; its editions, modes and former names are aliases, not products of their own.</summary>
/// <param name="Id">Stable: findings and inventories refer to it.</param>
/// <param name="Domains">Hosts that belong to it and to no other product of the catalogue.</param>
/// <param name="Capabilities">What it can do, in the catalogue's closed vocabulary; what a company uses of that is the inventory's matter.</param>
public sealed record CatalogueProduct(
    string Id,
    string Name,
    ImmutableArray<string> Aliases,
    ImmutableArray<string> Domains,
    ImmutableArray<string> Categories,
    ImmutableArray<string> Capabilities)
{
    /// <summary>What an inventory takes over of it.</summary>
    internal CatalogueTool Tool { get; } = new(new(Id), Name) { Domains = [.. Domains], Categories = [.. Categories], Capabilities = [.. Capabilities] };

    public override string ToString() => Id;
}
