using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Measuring;

/// <summary>Money for nothing: the whole cost of a tool nobody comes to, and of others the seats nobody uses.</summary>
public static class Wastes
{
    public static ImmutableArray<Waste> Of(AuditView view) =>
    [
        .. view.Stack.Tools.GroupBy(tool => tool.Currency, StringComparer.Ordinal)
            .Select(group => new Waste(group.Key, group.Sum(tool => Seats(view, tool)), group.Sum(tool => Whole(view, tool))))
            .Where(waste => waste.Total > 0)
            .OrderBy(waste => waste.Currency, StringComparer.Ordinal),
    ];

    private static decimal Whole(AuditView view, Tool tool) => IsIdle(view, tool) ? tool.YearlyCost ?? 0 : 0;

    private static decimal Seats(AuditView view, Tool tool) => IsIdle(view, tool) ? 0 : tool.SeatPerYear * view.Use(tool.Id).Unused ?? 0;

    private static bool IsIdle(AuditView view, Tool tool) => view.Use(tool.Id) is { IsKnown: true, Active: 0 };
}
