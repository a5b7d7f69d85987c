namespace StackHub.Identity;

/// <summary>From which probability on a pair is merged, and from which a person should look at it.</summary>
public sealed record MatchThresholds(double Merge = 0.99, double Review = 0.50)
{
    /// <summary>The built-in thresholds.</summary>
    public static MatchThresholds Default { get; } = new();

    /// <summary>What is wrong with these thresholds, a sentence each; empty when they can be used.</summary>
    public IEnumerable<string> Problems() => Review > 0 && Review <= Merge && Merge <= 1
        ? []
        : ["Match thresholds: take 0 < review <= merge <= 1."];
}
