using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>Whether a person could be erased from a tool.</summary>
public sealed record ErasureReadiness(ToolId Tool, ErasureLevel Level, ErasureDrill? Drill)
{
    /// <summary>What its connector says it can do.</summary>
    public ErasureClaim? Claim { get; init; }

    /// <summary>The last trial took longer than the vendor says it takes; a day is nothing that a trial could tell from at once.</summary>
    public bool IsSlow => Drill is { Passed: true, DaysToGone: { } days } && Claim?.GoneWithin is { } promised && days > Math.Max(1, Math.Ceiling(promised.TotalDays));

    /// <summary>Personal values it holds, by the hub's count; null when the hub does not see into it.</summary>
    public long? PersonalValues { get; init; }
}

public enum ErasureLevel
{
    /// <summary>Nothing says that it can.</summary>
    Unknown,

    /// <summary>A person must do it by hand.</summary>
    ByHand,

    /// <summary>The last trial failed.</summary>
    Failing,

    /// <summary>The vendor has a way, which was not tried.</summary>
    Claimed,

    /// <summary>A trial showed that it works.</summary>
    Proven,
}
