using StackHub.Audit.Inventory;
using StackHub.Audit.Measuring;

namespace StackHub.Audit.Checks;

/// <summary>Seats that are paid for and not used, of a tool that is.</summary>
public sealed class UnusedSeats : IAuditCheck
{
    public string Name => "unused-seats";

    public string Question => "Which seats are paid for and not used?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        let use = view.Use(tool.Id)
        where use.Active > 0 && use.Seats > 0 && use.Unused > view.Settings.SpareSeats * use.Seats
        select Finding(view, tool, use);

    private Finding Finding(AuditView view, Tool tool, ToolUse use)
    {
        var saving = tool.SeatPerYear * use.Unused;
        return this.Of(tool, tool.IsPaid ? view.Settings.BySaving(saving) : Severity.Info, $"{use.Unused} of {use.Seats} seats of {tool.Name} were not used for {view.Settings.UnusedDays} days.",
            Proof.Count("seats", use.Seats!.Value), Proof.Count("active", use.Active), Proof.Count("unused", use.Unused), Proof.Share("utilisation", use.Utilisation!.Value)).Saving(saving, tool.Currency);
    }
}
