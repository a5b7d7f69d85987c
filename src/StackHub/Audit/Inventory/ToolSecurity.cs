namespace StackHub.Audit.Inventory;

/// <summary>How people and programs get into a tool.</summary>
/// <param name="LeastScope">The hub's credential has no more rights than its connector needs.</param>
public sealed record ToolSecurity(bool? SingleSignOn, bool? MultiFactor, bool? LeastScope)
{
    public static readonly ToolSecurity Unknown = new(null, null, null);
}
