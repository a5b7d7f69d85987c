using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Planning;

/// <summary>What a tool that somebody wants would duplicate.</summary>
/// <param name="Covered">How much of what it is wanted for the stack does already, by rarity, 0 to 1.</param>
public sealed record Selection(Tool Candidate, double Covered)
{
    /// <summary>The tools of the stack that do some of it, those that do most first.</summary>
    public ImmutableArray<Rival> Rivals { get; init; } = [];

    /// <summary>What no tool of the stack does.</summary>
    public ImmutableArray<string> OnlyHere { get; init; } = [];

    /// <summary>The tool is in the stack already.</summary>
    public bool IsKnown { get; init; }

    public static Selection Of(AuditView view, Tool candidate)
    {
        var weight = view.Stack.Rarity.Weight;
        var rivals = view.Stack.Tools.Where(tool => tool.Id != candidate.Id && tool.Activated.Overlaps(candidate.Activated))
            .Select(tool => Rival.Of(tool, candidate, view))
            .OrderByDescending(rival => rival.Overlap.Containment).ThenByDescending(rival => rival.Shared.Length).ThenBy(rival => rival.Tool)
            .ToImmutableArray();
        var covered = rivals.SelectMany(rival => rival.Shared).ToHashSet(StringComparer.Ordinal);
        var whole = candidate.Activated.Sum(weight);
        return new(candidate, whole > 0 ? candidate.Activated.Where(covered.Contains).Sum(weight) / whole : 0)
        {
            Rivals = rivals,
            OnlyHere = [.. candidate.Activated.Except(covered)],
            IsKnown = view.Stack.Find(candidate.Id) is not null,
        };
    }
}

/// <summary>A tool of the stack beside the candidate.</summary>
/// <param name="FreeSeats">Seats of it that nobody uses; null when that is not known.</param>
public sealed record Rival(ToolId Tool, Overlap Overlap, ImmutableArray<string> Shared, int? FreeSeats)
{
    internal static Rival Of(Tool tool, Tool candidate, AuditView view) => new(
        tool.Id,
        Pairs.Sets.Overlap(candidate.Activated, tool.Activated, view.Stack.Rarity.Weight),
        [.. candidate.Activated.Intersect(tool.Activated)],
        view.Use(tool.Id) is { IsKnown: true } use ? use.Unused : null);
}
