using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Checks;

/// <summary>U1: nobody came for a third, two thirds or all of the window.</summary>
public sealed class NoLogin : IAuditCheck
{
    public string Name => "unused-no-login";

    public string Question => "Which tools does nobody sign in to any more?";

    public IEnumerable<Finding> Find(AuditView view) =>
        from tool in view.Stack.Tools
        let use = view.Use(tool.Id)
        where use.IsKnown && use.Accounts > 0
        let idle = use.LastLogin is { } last ? Period.DaysBetween(last, view.Stack.Today) : int.MaxValue
        let stage = 3 * (long)idle / view.Settings.UnusedDays
        where stage >= 1
        select Finding(view, tool, use.LastLogin, idle, stage);

    private Finding Finding(AuditView view, Tool tool, LocalDate? last, int idle, long stage)
    {
        var severity = !tool.IsPaid ? Severity.Low : stage >= 3 ? view.Settings.BySaving(tool.YearlyCost) : stage == 2 ? Severity.Medium : Severity.Low;
        var title = last is null ? $"Nobody has ever signed in to {tool.Name}." : $"Nobody has signed in to {tool.Name} for {idle} days.";
        return this.Of(tool, severity, title, Proof.Day("last login", last), Proof.Count("accounts", view.Use(tool.Id).Accounts))
            .Saving(stage >= 3 ? tool.YearlyCost : null, tool.Currency);
    }
}
