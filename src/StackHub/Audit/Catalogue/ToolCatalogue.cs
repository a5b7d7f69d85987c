using System.Collections.Frozen;
using System.Collections.Immutable;
using StackHub.Audit.Inventory;
using StackHub.Identity;

namespace StackHub.Audit.Catalogue;

/// <summary>The known tools, found by what invoices, sign-on systems and traffic call them.</summary>
public sealed class ToolCatalogue : IToolCatalogue
{
    private static readonly Lazy<ToolCatalogue> Embedded = new(CatalogueFile.ReadShipped);
    private readonly FrozenDictionary<string, CatalogueProduct> byId;
    private readonly FrozenDictionary<string, CatalogueProduct> byName;
    private readonly FrozenDictionary<string, CatalogueProduct> byDomain;
    private readonly FrozenSet<string> editions;

    /// <summary>Of content that <see cref="CatalogueChecks"/> found nothing wrong with.</summary>
    internal ToolCatalogue(CatalogueContent content)
    {
        Tools = content.Tools;
        Capabilities = content.Capabilities.ToFrozenDictionary(StringComparer.Ordinal);
        Categories = content.Categories.ToFrozenDictionary(StringComparer.Ordinal);
        editions = content.Editions.ToFrozenSet(StringComparer.Ordinal);
        byId = Tools.ToFrozenDictionary(tool => tool.Id, StringComparer.Ordinal);
        byName = Index(Tools, tool => [tool.Id, tool.Name, .. tool.Aliases], ToolName.Key);
        byDomain = Index(Tools, tool => tool.Domains, domain => domain);
        Rarity = CapabilityRarity.Of(Tools.Select(tool => tool.Tool.Capabilities));
    }

    /// <summary>The catalogue that comes with the hub.</summary>
    public static ToolCatalogue Shipped => Embedded.Value;

    public ImmutableArray<CatalogueProduct> Tools { get; }

    /// <summary>The closed vocabulary of what tools do: id to words.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; }

    public IReadOnlyDictionary<string, string> Categories { get; }

    /// <summary>How rare each capability is: what half the market has says little when two tools share it.</summary>
    public CapabilityRarity Rarity { get; }

    public CatalogueProduct? ById(string id) => byId.GetValueOrDefault(id);

    /// <summary>The product of a host name, URL or mail address: the host itself, or the nearest domain above it that is known.</summary>
    public CatalogueProduct? ByDomain(string? hostOrUrl)
    {
        for (var host = RegistrableDomain.HostOf(hostOrUrl); host is not null; host = host.IndexOf('.') is > 0 and var dot ? host[(dot + 1)..] : null)
            if (byDomain.TryGetValue(host, out var tool))
                return tool;
        return null;
    }

    /// <summary>The product of a name: an id, a name, an alias, each with editions or legal forms behind it, or a domain.</summary>
    public CatalogueProduct? Find(string? name) => string.IsNullOrWhiteSpace(name) ? null : ByName(name) ?? (name.Contains(' ') ? null : ByDomain(name));

    CatalogueTool? IToolCatalogue.ByName(string name) => Find(name)?.Tool;

    CatalogueTool? IToolCatalogue.ByDomain(string host) => ByDomain(host)?.Tool;

    private CatalogueProduct? ByName(string name)
    {
        var words = ToolName.Words(name);
        for (var length = words.Length; length > 0; length--)
        {
            if (byName.TryGetValue(string.Concat(words.AsSpan(0, length)), out var tool))
                return tool;
            if (!editions.Contains(words[length - 1]))
                return null;
        }
        return null;
    }

    /// <summary>An id often repeats its tool's name; the checks refuse a name that two tools have.</summary>
    private static FrozenDictionary<string, CatalogueProduct> Index(IEnumerable<CatalogueProduct> tools, Func<CatalogueProduct, ImmutableArray<string>> names, Func<string, string> key) =>
        tools.SelectMany(tool => names(tool).Select(key).Distinct(StringComparer.Ordinal).Select(name => (name, tool))).ToFrozenDictionary(entry => entry.name, entry => entry.tool, StringComparer.Ordinal);
}
