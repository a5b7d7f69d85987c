namespace StackHub.Identity;

/// <summary>Decides whether two accounts are one: by the registrable domain, then by name.</summary>
public static class AccountMatch
{
    private const double CloseName = 0.88;
    private const double UnlikeName = 0.30;

    /// <summary>What to do about a pair; symmetric.</summary>
    public static AccountDecision Decide(AccountFeatures left, AccountFeatures right, IReadOnlySet<string>? agencies = null)
    {
        var evidence = Compare(left, right, agencies);
        return evidence.SameDomain switch
        {
            true => WithOneDomain(evidence),
            false => WithTwoDomains(evidence),
            null => ByName(evidence, CompanyName.From(left.Name).IsDistinctive && CompanyName.From(right.Name).IsDistinctive),
        };
    }

    /// <summary>The candidates that may be the account, best first: Same before Review, then domain, name, place; distinct ones are left out.</summary>
    public static IReadOnlyList<RankedAccount<TId>> Rank<TId>(
        AccountFeatures account, IEnumerable<(TId Id, AccountFeatures Features)> candidates, IReadOnlySet<string>? agencies = null)
    {
        var decided = candidates
            .Select(candidate => (candidate.Id, Decision: Decide(account, candidate.Features, agencies)))
            .Where(candidate => candidate.Decision is not AccountDecision.Distinct)
            .OrderByDescending(candidate => Standing(candidate.Decision))
            .ToList();
        var standings = decided.CountBy(candidate => Standing(candidate.Decision)).ToDictionary();
        return [.. decided.Select(candidate => new RankedAccount<TId>(candidate.Id, candidate.Decision, standings[Standing(candidate.Decision)] > 1))];
    }

    private static (bool Same, bool Domain, CompanySimilarity Names, bool Placed) Standing(AccountDecision decision) =>
        (decision is AccountDecision.Same, decision.Evidence.SameDomain == true, decision.Evidence.Names, decision.Evidence.IsCorroborated);

    private static AccountEvidence Compare(AccountFeatures left, AccountFeatures right, IReadOnlySet<string>? agencies) => new(
        Agree(CompanyDomain.Of(left.Domain, agencies), CompanyDomain.Of(right.Domain, agencies)),
        CompanySimilarity.Of(left.Name, right.Name),
        Agree(left.Phone?.E164, right.Phone?.E164),
        Agree(Plain(left.PostalCode), Plain(right.PostalCode)),
        Agree(Plain(left.City), Plain(right.City)),
        Agree(Plain(left.Country), Plain(right.Country)));

    private static AccountDecision WithOneDomain(AccountEvidence evidence) =>
        evidence.Names.Evidence != CompanyEvidence.NothingToCompare && evidence.Names.Score < UnlikeName
            ? new AccountDecision.Review("One domain, but the names have nothing in common.", evidence)
            : new AccountDecision.Same("They have the same registrable domain.", evidence);

    private static AccountDecision WithTwoDomains(AccountEvidence evidence) => evidence.Names.Score >= CloseName
        ? new AccountDecision.Review("The names are alike, but each has a domain of its own.", evidence)
        : new AccountDecision.Distinct("Each has a domain of its own.", evidence);

    private static AccountDecision ByName(AccountEvidence evidence, bool isDistinctive)
    {
        var isExact = evidence.Names.Evidence is CompanyEvidence.SameName or CompanyEvidence.SameLetters;
        var isClose = evidence.Names.Score >= CloseName || evidence.Names.Evidence == CompanyEvidence.Acronym;
        return (isExact, isClose) switch
        {
            (_, true) when evidence.IsCorroborated => new AccountDecision.Same("The names are alike, at one place.", evidence),
            (true, _) when isDistinctive && evidence.SameCountry != false => new AccountDecision.Same("They have the same name, and no domain says otherwise.", evidence),
            (_, true) => new AccountDecision.Review("The names are alike, but nothing else supports them.", evidence),
            _ => new AccountDecision.Distinct("No domain in common, and the names are not alike.", evidence),
        };
    }

    private static bool? Agree(string? left, string? right) => left is null || right is null ? null : left == right;

    private static string? Plain(string? text) =>
        !Placeholder.Is(text) && string.Concat(Spelling.Words(text, "")) is { Length: > 0 } plain ? plain : null;
}
