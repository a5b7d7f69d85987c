using StackHub.Audit.Catalogue;
using StackHub.Web.Shell;

namespace StackHub.Web.Audit;

/// <summary>What capabilities and categories are called.</summary>
public static class CapabilityWords
{
    /// <summary>The catalogue's words; a capability only the inventory has goes by its own name.</summary>
    public static string Of(string capability) => ToolCatalogue.Shipped.Capabilities.TryGetValue(capability, out var words) ? words : Names.Of(capability);

    public static string OfCategory(string category) => ToolCatalogue.Shipped.Categories.TryGetValue(category, out var words) ? words : Names.Of(category);
}
