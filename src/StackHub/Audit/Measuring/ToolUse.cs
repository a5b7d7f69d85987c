using NodaTime;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

/// <summary>How a tool's seats are used.</summary>
/// <param name="Seats">Seats paid for; the accounts where no list says.</param>
/// <param name="Active">Accounts used within the window, of people who are still here.</param>
/// <param name="Leavers">Accounts of people who left.</param>
/// <param name="LastLogin">Null when nobody ever came.</param>
public sealed record ToolUse(int Accounts, int? Seats, int Active, int Leavers, LocalDate? LastLogin)
{
    /// <summary>Somebody told when accounts were used.</summary>
    public bool IsKnown { get; init; }

    /// <summary>0 to 1; null when seats or logins are not known.</summary>
    public double? Utilisation => IsKnown && Seats > 0 ? Math.Min(1, (double)Active / Seats.Value) : null;

    /// <summary>Seats nobody used.</summary>
    public int Unused => IsKnown && Seats is { } seats ? Math.Max(0, seats - Active) : 0;

    public static ToolUse Of(Tool tool, StackInventory stack, AuditSettings settings)
    {
        if (!stack.Usage.Knows(tool.Id))
            return new(0, tool.Seats, 0, 0, null);
        var since = stack.Today.PlusDays(-settings.UnusedDays);
        var (accounts, active, leavers, last) = (0, 0, 0, (LocalDate?)null);
        foreach (var account in stack.Usage.Of(tool.Id))
        {
            var left = stack.Leavers.Count > 0 && stack.HasLeft(stack.Usage.User(account.User));
            accounts++;
            leavers += left ? 1 : 0;
            active += !left && account.LastLogin >= since ? 1 : 0;
            last = last is null || account.LastLogin > last ? account.LastLogin ?? last : last;
        }

        return new(accounts, tool.Seats ?? accounts, active, leavers, last) { IsKnown = stack.Usage.TellsLogins(tool.Id) };
    }
}
