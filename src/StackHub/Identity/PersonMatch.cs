namespace StackHub.Identity;

/// <summary>Decides whether two people are one: Fellegi-Sunter for how likely it is, strong keys for what may be done about it.</summary>
public static class PersonMatch
{
    private const double Certain = 100; // bits; finite, so that an explanation can be written as JSON

    /// <summary>The evidence about a pair; symmetric, and a comparison with a blank side counts for nothing.</summary>
    public static MatchScore Score(MatchFeatures left, MatchFeatures right, MatchWeights? weights = null)
    {
        var used = weights ?? MatchWeights.Default;
        return Score(new MatchPair(left, right, used), used);
    }

    /// <summary>What to do about a pair; symmetric.</summary>
    public static MatchDecision Decide(MatchFeatures left, MatchFeatures right, MatchThresholds? thresholds = null, MatchWeights? weights = null)
    {
        var used = weights ?? MatchWeights.Default;
        var pair = new MatchPair(left, right, used);
        return left.ExternalIds.Intersect(right.ExternalIds).Any()
            ? new MatchDecision.Merge(1, "They are one record in another system.", [new(Comparisons.ExternalId, Levels.Same, Certain)])
            : Judge(pair, Score(pair, used), thresholds ?? MatchThresholds.Default);
    }

    private static MatchScore Score(MatchPair pair, MatchWeights weights) =>
        new(weights.Prior, [.. PersonComparisons.All.Select(comparison => Step(comparison, pair, weights)).OfType<MatchStep>()]);

    private static MatchStep? Step(PersonComparison comparison, MatchPair pair, MatchWeights weights) =>
        comparison.Level(pair) is { } level ? new(comparison.Name, level, comparison.Weight(pair, weights[comparison.Name, level], weights)) : null;

    private static MatchDecision Judge(MatchPair pair, MatchScore score, MatchThresholds thresholds)
    {
        var probability = score.Probability;
        if (!score.Steps.Any(step => step.Comparison is Comparisons.Name or Comparisons.Email or Comparisons.Phone))
        {
            return new MatchDecision.NoOpinion(probability, "They have no name, e-mail address or phone number to compare.", score.Steps);
        }
        if (probability < thresholds.Review)
        {
            return Unlikely(pair, score);
        }
        return probability < thresholds.Merge ? new MatchDecision.Review(probability, "Likely, but not certain enough.", score.Steps)
            : MergeBarriers.First(pair) is { } barrier ? new MatchDecision.Review(probability, barrier, score.Steps)
            : new MatchDecision.Merge(probability, "A strong key and the rest agree.", score.Steps);
    }

    // A key that two records fight over must reach a person, however unlikely the rest makes the pair.
    private static MatchDecision Unlikely(MatchPair pair, MatchScore score) => pair.Share(EmailKind.Business)
        ? new MatchDecision.Review(score.Probability, "They share a business mailbox although the rest speaks against it.", score.Steps)
        : new MatchDecision.Distinct(score.Probability, "Too little agrees.", score.Steps);
}
