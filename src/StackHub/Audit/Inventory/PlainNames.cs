namespace StackHub.Audit.Inventory;

/// <summary>
/// No catalogue: a product is known by its name without what only says how it is sold or connected ("HubSpot (Actions)", "Braze Web Mode",
/// "Slack Enterprise").
/// </summary>
public sealed class PlainNames : IToolCatalogue
{
    private static readonly string[] Tails =
        ["actions", "classic", "cloud mode", "device mode", "web mode", "mobile", "legacy", "beta", "enterprise", "professional", "starter", "business", "premium", "pro", "plus", "free", "inc", "inc.", "gmbh", "ltd", "llc"];

    public CapabilityRarity Rarity => CapabilityRarity.Even;

    public CatalogueTool? ByName(string name)
    {
        var plain = Strip(name);
        var id = ToolId.Of(plain);
        return id.Text.Length == 0 ? null : new(id, plain);
    }

    public CatalogueTool? ByDomain(string host) => null;

    /// <summary>The name without its last brackets and tails; never without its first word.</summary>
    public static string Strip(string name)
    {
        var plain = name.Trim();
        if (plain.EndsWith(')') && plain.LastIndexOf('(') is var open && open > 0)
            plain = plain[..open].TrimEnd();
        while (Tails.FirstOrDefault(tail => plain.Length > tail.Length + 1 && plain.EndsWith(tail, StringComparison.OrdinalIgnoreCase) && plain[^(tail.Length + 1)] is (' ' or ',')) is { } found)
            plain = plain[..^(found.Length + 1)].TrimEnd(' ', ',');
        return plain;
    }
}
