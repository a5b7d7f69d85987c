using StackHub.Audit.Inventory;

namespace StackHub.Audit.Pairs;

/// <summary>
/// Which of two tools to keep: 30 for use, 25 for how many flows would break without it, 15 for writes that succeed, 15 for privacy and
/// security, 15 for what a person who uses it costs. What is not known of both counts half for each.
/// </summary>
public static class KeepScore
{
    private const double Clear = 5;

    /// <summary>Null when neither is clearly better.</summary>
    public static ToolId? Better(Tool one, Tool other, AuditView view)
    {
        var lead = Of(one, other, view) - Of(other, one, view);
        return Math.Abs(lead) < Clear ? null : lead > 0 ? one.Id : other.Id;
    }

    /// <summary>0 to 100, against the other.</summary>
    public static double Of(Tool tool, Tool against, AuditView view) =>
        (30 * Ratio(view.Use(tool.Id).Utilisation, view.Use(against.Id).Utilisation))
        + (25 * Ratio(FlowsOf(tool, view), FlowsOf(against, view)))
        + (15 * Ratio(1 - tool.Integration?.ErrorRate, 1 - against.Integration?.ErrorRate))
        + (15 * Ratio(Safety(tool, view), Safety(against, view)))
        + (15 * Ratio(CostOf(against, view), CostOf(tool, view)));

    private static double? FlowsOf(Tool tool, AuditView view) => view.Stack.AssetsOf(tool.Id).Count(asset => asset.Kind == AssetKind.Flow);

    private static double? Safety(Tool tool, AuditView view) =>
        view.Health(tool.Id).Parts.Where(part => part.Name is "privacy" or "security" && part.Known > 0).Select(part => part.Share).Average();

    private static double? CostOf(Tool tool, AuditView view) => view.Use(tool.Id).Active > 0 ? (double?)tool.YearlyCost / view.Use(tool.Id).Active : null;

    private static double Ratio(double? own, double? other) => own is { } one && other is { } two && one + two > 0 ? one / (one + two) : 0.5;
}
