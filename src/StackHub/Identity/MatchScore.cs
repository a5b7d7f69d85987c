namespace StackHub.Identity;

/// <summary>The evidence about a pair of people: its total in bits, with the prior, and every step that led there.</summary>
public sealed record MatchScore(double Prior, IReadOnlyList<MatchStep> Steps)
{
    /// <summary>The sum of the weights without the prior.</summary>
    public double Weight => Steps.Sum(step => step.Weight);

    /// <summary>The probability that the two are one person.</summary>
    public double Probability => 1 / (1 + Math.Pow(2, -(Weight + Math.Log2(Prior / (1 - Prior)))));
}
