namespace StackHub.Identity;

/// <summary>What to do about a pair of people, with the reason in words and the evidence; free of personal data.</summary>
public abstract record MatchDecision
{
    private MatchDecision(double probability, string reason, IReadOnlyList<MatchStep> explanation) =>
        (Probability, Reason, Explanation) = (probability, reason, explanation);

    /// <summary>The probability that the two are one person.</summary>
    public double Probability { get; }

    /// <summary>Why this and no other decision.</summary>
    public string Reason { get; }

    /// <summary>The evidence, a step a comparison.</summary>
    public IReadOnlyList<MatchStep> Explanation { get; }

    /// <summary>They are one person.</summary>
    public sealed record Merge(double Probability, string Reason, IReadOnlyList<MatchStep> Explanation) : MatchDecision(Probability, Reason, Explanation);

    /// <summary>They may be one person: somebody should look.</summary>
    public sealed record Review(double Probability, string Reason, IReadOnlyList<MatchStep> Explanation) : MatchDecision(Probability, Reason, Explanation);

    /// <summary>They are two people.</summary>
    public sealed record Distinct(double Probability, string Reason, IReadOnlyList<MatchStep> Explanation) : MatchDecision(Probability, Reason, Explanation);

    /// <summary>There is too little to compare.</summary>
    public sealed record NoOpinion(double Probability, string Reason, IReadOnlyList<MatchStep> Explanation) : MatchDecision(Probability, Reason, Explanation);
}
