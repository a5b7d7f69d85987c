using System.Collections.Immutable;

namespace StackHub.Audit.Catalogue;

/// <summary>What a catalogue file says, before anybody vouches for it.</summary>
/// <param name="Editions">Words behind a name that make it no other product.</param>
internal sealed record CatalogueContent(
    ImmutableArray<CatalogueProduct> Tools,
    IReadOnlyDictionary<string, string> Capabilities,
    IReadOnlyDictionary<string, string> Categories,
    ImmutableArray<string> Editions);
