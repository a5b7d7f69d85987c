namespace StackHub.Lifecycle.Journeys;

/// <summary>What is being sold: the first product, another one to a customer, or the same again.</summary>
public readonly record struct Motion(string Kind, string? Product = null)
{
    public static readonly Motion New = new("new");
    public static readonly Motion Renewal = new("renewal");

    public static Motion Expansion(string product) => new("expansion", product);

    /// <summary>Interest in a product the person is no customer for yet is an expansion of those they are.</summary>
    public static Motion Of(string? product, IReadOnlyCollection<string> owned) =>
        owned.Count == 0 || product is null || owned.Contains(product) ? New : Expansion(product);

    public override string ToString() => Product is null ? Kind : $"{Kind}({Product})";
}
