using System.Collections.Immutable;
using StackHub.Audit.Inventory;

namespace StackHub.Audit;

/// <summary>
/// How healthy a tool is, 0 to 100. What is not known counts neither for nor against: the score is of what is known, and
/// <paramref name="Confidence"/> (0 to 1) says how much of the whole that is.
/// </summary>
/// <param name="Score">Null when nothing is known.</param>
public sealed record ToolHealth(ToolId Tool, double? Score, double Confidence, ImmutableArray<HealthPart> Parts)
{
    public HealthPart Part(string name) => Parts.First(part => part.Name == name);
}

/// <summary>One part: how many of its points are known, how many of those were earned, and why.</summary>
/// <param name="Name">"utilisation", "ownership", "integration", "privacy" or "security".</param>
public sealed record HealthPart(string Name, int Weight, double Known, double Earned, ImmutableArray<string> Reasons)
{
    /// <summary>0 to 1 of what is known; null when nothing is.</summary>
    public double? Share => Known > 0 ? Earned / Known : null;
}
