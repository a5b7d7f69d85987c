using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>
/// How much two tools do the same. Each number is containment, 0 to 1: the share of the smaller tool that the larger has too; null where
/// it could not be measured.
/// </summary>
/// <param name="Redundancy">The weighted mean of what was measured.</param>
/// <param name="Measured">How much of the whole weight was measured, 0 to 1.</param>
public sealed record PairOverlap(ToolId First, ToolId Second, double Redundancy, double Measured, PairVerdict Verdict)
{
    public Overlap? Capabilities { get; init; }

    public Overlap? Records { get; init; }

    /// <summary>Fields whose values come from both.</summary>
    public Overlap? Fields { get; init; }

    public Overlap? Users { get; init; }

    /// <summary>People both did something about in the last 30 days; shown, not weighed.</summary>
    public Overlap? Events { get; init; }

    /// <summary>The smaller tool when the larger can do all it does; null otherwise.</summary>
    public ToolId? Contained { get; init; }

    /// <summary>Which to keep, by use, integrations, quality, cost and safety; null when neither is better.</summary>
    public ToolId? Keep { get; init; }

    /// <summary>Why both are wanted, and until when, where somebody declared that.</summary>
    public IntentionalPair? Intended { get; init; }

    public ImmutableArray<string> SharedCapabilities { get; init; } = [];
}

/// <summary>Two sets: their sizes, what they share, and the two ways to say how much that is.</summary>
/// <param name="Containment">Of the smaller, weighted where members have weights.</param>
public sealed record Overlap(long First, long Second, long Shared, double Containment, double Jaccard);

public enum PairVerdict
{
    Distinct,

    /// <summary>A person should compare the two.</summary>
    Review,

    Duplicate,
}
