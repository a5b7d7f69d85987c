using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>The probabilities of a Fellegi-Sunter model: replace a level or the prior to fit your own data.</summary>
public sealed record MatchWeights
{
    // m and u are estimates for B2B contact data, in the spirit of Fellegi and Sunter (1969) and Winkler's levels; u is taken among
    // candidates that met in a blocking key, so that chance agreement is likelier than in the whole population.
    // Within a comparison a closer agreement must weigh more, or better data could lower a probability.
    private static readonly AgreementLevel[] Defaults =
    [
        new(Comparisons.Name, Levels.Same, 0.80, 0.0005),
        new(Comparisons.Name, Levels.Compatible, 0.15, 0.004),
        new(Comparisons.Name, Levels.Conflict, 0.05, 0.99),

        new(Comparisons.Email, Levels.SameMailbox, 0.70, 0.000001),
        new(Comparisons.Email, Levels.SameWithoutTag, 0.05, 0.000002),
        new(Comparisons.Email, Levels.SameSharedMailbox, 0.60, 0.003), // info@ is read by the whole office
        new(Comparisons.Email, Levels.SameLocalPart, 0.08, 0.002), // bob.smith@acme.com and bob.smith@acme.de
        new(Comparisons.Email, Levels.Different, 0.25, 0.99), // people have several addresses
        new(Comparisons.Email, Levels.OtherMailboxAtCompany, 0.03, 0.15), // colleagues

        new(Comparisons.Phone, Levels.Same, 0.55, 0.00002),
        new(Comparisons.Phone, Levels.SameSwitchboard, 0.05, 0.002),
        new(Comparisons.Phone, Levels.Different, 0.40, 0.99),

        new(Comparisons.Company, Levels.SameDomain, 0.75, 0.01),
        new(Comparisons.Company, Levels.Same, 0.70, 0.01),
        new(Comparisons.Company, Levels.Similar, 0.10, 0.02),
        new(Comparisons.Company, Levels.Different, 0.15, 0.97), // people change employers

        new(Comparisons.Title, Levels.Same, 0.35, 0.03),
        new(Comparisons.Title, Levels.Similar, 0.20, 0.10),
        new(Comparisons.Title, Levels.Different, 0.45, 0.87),

        new(Comparisons.Place, Levels.SamePostalCode, 0.60, 0.01),
        new(Comparisons.Place, Levels.SameCity, 0.80, 0.06),
        new(Comparisons.Place, Levels.SameCountry, 0.90, 0.40),
        new(Comparisons.Place, Levels.Different, 0.20, 0.90),
    ];

    private static readonly FrozenDictionary<(string, string), AgreementLevel> DefaultTable =
        Defaults.ToFrozenDictionary(level => (level.Comparison, level.Level));

    private readonly FrozenDictionary<(string, string), AgreementLevel> overridden = FrozenDictionary<(string, string), AgreementLevel>.Empty;

    /// <summary>The built-in estimates.</summary>
    public static MatchWeights Default { get; } = new();

    /// <summary>The chance that two candidates are one person before anything is compared.</summary>
    public double Prior { get; init; } = 0.001;

    /// <summary>The share of people with a family name, by its <see cref="PersonName.FamilyKey"/>, or null when unknown: a common name is weaker evidence.</summary>
    public Func<string, double?>? SurnameFrequency { get; init; }

    /// <summary>Domains that write on behalf of many companies and identify none.</summary>
    public IReadOnlySet<string> Agencies { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Levels that replace the built-in ones of the same comparison and level.</summary>
    public IReadOnlyCollection<AgreementLevel> Overrides
    {
        get => overridden.Values;
        init => overridden = value.ToFrozenDictionary(level => (level.Comparison, level.Level));
    }

    /// <summary>Every built-in level, as a basis for overrides.</summary>
    public static IReadOnlyList<AgreementLevel> BuiltIn => Defaults;

    /// <summary>The probabilities in force for an outcome.</summary>
    public AgreementLevel this[string comparison, string level] =>
        overridden.TryGetValue((comparison, level), out var replaced) ? replaced : DefaultTable[(comparison, level)];

    /// <summary>What is wrong with these weights, a sentence each; empty when they can be used.</summary>
    public IEnumerable<string> Problems() =>
    [
        .. Overrides.Where(level => !DefaultTable.ContainsKey((level.Comparison, level.Level)))
            .Select(level => $"Match weights: there is no level '{level.Level}' of '{level.Comparison}'; take one of MatchWeights.BuiltIn."),
        .. Overrides.Where(level => !IsProbability(level.M) || !IsProbability(level.U))
            .Select(level => $"Match weights: m and u of '{level.Comparison}' '{level.Level}' must lie between 0 and 1, both excluded."),
        .. IsProbability(Prior) ? Enumerable.Empty<string>() : ["Match weights: the prior must lie between 0 and 1, both excluded."],
        .. Defaults.Zip(Defaults.Skip(1)).Where(pair => pair.First.Comparison == pair.Second.Comparison && IsOutOfOrder(pair.First, pair.Second))
            .Select(pair => $"Match weights: '{pair.First.Level}' of '{pair.First.Comparison}' must weigh at least as much as '{pair.Second.Level}'."),
    ];

    private bool IsOutOfOrder(AgreementLevel closer, AgreementLevel looser) =>
        this[closer.Comparison, closer.Level].Weight < this[looser.Comparison, looser.Level].Weight;

    private static bool IsProbability(double value) => value is > 0 and < 1;
}
