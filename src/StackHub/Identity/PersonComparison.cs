namespace StackHub.Identity;

/// <summary>One comparison of two people: its name and which level they reach; null means a side is blank.</summary>
internal sealed record PersonComparison(string Name, Func<MatchPair, string?> Level)
{
    /// <summary>Adjusts the probability of chance agreement to the value compared; the table's own by default.</summary>
    public Func<MatchPair, AgreementLevel, MatchWeights, double> Weight { get; init; } = static (_, level, _) => level.Weight;
}
