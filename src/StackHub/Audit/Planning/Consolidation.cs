using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Planning;

/// <summary>What would happen if one tool were kept and another dropped.</summary>
public sealed record Consolidation(ToolId Keep, ToolId Drop)
{
    /// <summary>What the dropped tool costs a year; null when it is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What the seats cost that the kept tool would need besides; null when a price is not known.</summary>
    public decimal? MoreSeatsCost { get; init; }

    /// <summary>Null when either is not known, or the two are in different currencies.</summary>
    public decimal? Saving { get; init; }

    public string Currency { get; init; } = ToolCost.DefaultCurrency;

    /// <summary>Active people of the dropped tool who are not in the kept one.</summary>
    public int? PeopleToMove { get; init; }

    /// <summary>Seats the kept tool would need besides the free ones.</summary>
    public int? MoreSeats { get; init; }

    /// <summary>The dropped tool's own flows, and those of others that write only to it.</summary>
    public ImmutableArray<string> BreakingFlows { get; init; } = [];

    /// <summary>Flows of others that write to it beside others: they go on, with a reader less.</summary>
    public ImmutableArray<string> FlowsWithLess { get; init; } = [];

    /// <summary>Fields whose values come from the dropped tool alone.</summary>
    public ImmutableArray<string> FieldsWithoutSource { get; init; } = [];

    /// <summary>People the dropped tool has and the kept one has not; null when the hub does not see into both.</summary>
    public long? RecordsOnlyDropHas { get; init; }

    /// <summary>What is in use of the dropped tool that the kept one does not do.</summary>
    public ImmutableArray<string> CapabilitiesLost { get; init; } = [];

    public static Consolidation Of(AuditView view, Tool keep, Tool drop)
    {
        var toMove = PeopleToMoveOf(view, keep, drop);
        var more = toMove is { } people && view.Use(keep.Id).Seats is { } seats ? Math.Max(0, people - (seats - view.Use(keep.Id).Active)) : (int?)null;
        var moreCost = more == 0 ? 0 : keep.SeatPerYear * more;
        var flows = view.Stack.Assets.Where(asset => asset.Kind == AssetKind.Flow).ToArray();
        var fed = flows.Where(flow => flow.Tool != drop.Id && flow.Feeds.Any(drop.Systems.Contains)).ToLookup(flow => flow.Feeds.All(drop.Systems.Contains), flow => flow.Name);
        return new(keep.Id, drop.Id)
        {
            Cost = drop.YearlyCost,
            MoreSeatsCost = moreCost,
            Saving = keep.Currency == drop.Currency || moreCost == 0 ? drop.YearlyCost - moreCost : null,
            Currency = drop.Currency,
            PeopleToMove = toMove,
            MoreSeats = more,
            BreakingFlows = [.. flows.Where(flow => flow.Tool == drop.Id).Select(flow => flow.Name).Concat(fed[true]).Order(StringComparer.Ordinal)],
            FlowsWithLess = [.. fed[false].Order(StringComparer.Ordinal)],
            FieldsWithoutSource = [.. view.Stack.FieldsOf(drop.Id).Where(field => field is { Direction: FieldDirection.From, Values: > 0 } && view.Readers.WritersOf(field.Path).All(writer => writer == drop.Id)).Select(field => field.Path).Distinct().Order(StringComparer.Ordinal)],
            RecordsOnlyDropHas = view.Stack.Records.TryGetValue(keep.Id, out var kept) && view.Stack.Records.TryGetValue(drop.Id, out var dropped) ? dropped.Held.Count - dropped.Held.Shared(kept.Held) : null,
            CapabilitiesLost = [.. drop.Activated.Except(keep.Available).Except(keep.Activated)],
        };
    }

    private static int? PeopleToMoveOf(AuditView view, Tool keep, Tool drop)
    {
        if (!view.Stack.Usage.TellsLogins(drop.Id))
            return null;
        var since = view.Stack.Today.PlusDays(-view.Settings.UnusedDays);
        var there = view.Stack.Usage.ActiveUsers(keep.Id, since).ToHashSet();
        return view.Stack.Usage.ActiveUsers(drop.Id, since).Count(user => !there.Contains(user) && !view.Stack.HasLeft(view.Stack.Usage.User(user)));
    }
}
