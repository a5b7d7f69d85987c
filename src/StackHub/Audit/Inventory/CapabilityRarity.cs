using System.Collections.Frozen;

namespace StackHub.Audit.Inventory;

/// <summary>
/// What a shared capability is worth as evidence: ln(N/df), where df of N products have it. "Analytics", which a third of all have, says less
/// than "Livechat".
/// </summary>
public sealed class CapabilityRarity
{
    /// <summary>Every capability counts one.</summary>
    public static readonly CapabilityRarity Even = new(0, FrozenDictionary<string, int>.Empty);

    /// <summary>Fewer products say nothing of what is rare.</summary>
    private const int LeastProducts = 20;

    private readonly int products;
    private readonly FrozenDictionary<string, int> holders;

    private CapabilityRarity(int products, FrozenDictionary<string, int> holders)
    {
        this.products = products;
        this.holders = holders;
    }

    internal int Products => products;

    internal IReadOnlyDictionary<string, int> Holders => holders;

    public static CapabilityRarity Of(IEnumerable<IReadOnlyCollection<string>> products)
    {
        var (count, holders) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var product in products.Where(product => product.Count > 0))
        {
            count++;
            foreach (var capability in product)
                holders[capability] = holders.GetValueOrDefault(capability) + 1;
        }

        return Of(count, holders);
    }

    /// <param name="holders">How many of the products have each capability.</param>
    public static CapabilityRarity Of(int products, IReadOnlyDictionary<string, int> holders) =>
        products < LeastProducts ? Even : new(products, holders.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>One that nobody is known to have is as rare as can be.</summary>
    public double Weight(string capability) => products == 0 ? 1 : Math.Log((double)products / Math.Max(1, holders.GetValueOrDefault(capability)));
}
