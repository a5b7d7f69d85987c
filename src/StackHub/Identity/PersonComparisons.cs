namespace StackHub.Identity;

/// <summary>Every comparison that counts; weights add up only for independent evidence, so city and postal code are levels of one.</summary>
internal static class PersonComparisons
{
    private const double SimilarCompany = 0.85;
    private const double SimilarTitle = 0.85;

    // Among people with one family name about one in a hundred also shares a given name (Maria, Michael).
    private const double SameGivenName = 0.01;

    public static IReadOnlyList<PersonComparison> All { get; } =
    [
        new(Comparisons.Name, NameLevel) { Weight = NameWeight },
        new(Comparisons.Email, EmailLevel),
        new(Comparisons.Phone, PhoneLevel),
        new(Comparisons.Company, CompanyLevel),
        new(Comparisons.Title, TitleLevel),
        new(Comparisons.Place, PlaceLevel),
    ];

    private static string? NameLevel(MatchPair pair) => pair.Names switch
    {
        NameAgreement.Same => Levels.Same,
        NameAgreement.Compatible => Levels.Compatible,
        NameAgreement.Conflict => Levels.Conflict,
        _ => null,
    };

    /// <summary>A rare family name proves more than the table says, a common one less; never so little that agreement counts against.</summary>
    private static double NameWeight(MatchPair pair, AgreementLevel level, MatchWeights weights)
    {
        if (level.Level != Levels.Same || weights.SurnameFrequency?.Invoke(pair.LeftName.FamilyKey) is not { } frequency)
        {
            return level.Weight;
        }
        var compatible = weights[Comparisons.Name, Levels.Compatible].Weight;
        var adjusted = level with { U = Math.Clamp(frequency * SameGivenName, 1e-7, level.M) };
        return Math.Max(adjusted.Weight, Math.Min(compatible, level.Weight));
    }

    private static string? EmailLevel(MatchPair pair)
    {
        var (left, right) = (pair.Left.Emails, pair.Right.Emails);
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }
        return pair.Share(EmailKind.Business) || pair.Share(EmailKind.FreeMail) ? Levels.SameMailbox
            : Any(left, right, (one, other) => IsPersonal(one) && one.WithoutTag == other.WithoutTag) ? Levels.SameWithoutTag
            : pair.Share(EmailKind.Shared) || pair.Share(EmailKind.Disposable) ? Levels.SameSharedMailbox
            : Any(left, right, (one, other) => IsPersonal(one) && IsPersonal(other) && one.LocalPart == other.LocalPart) ? Levels.SameLocalPart
            : pair.AreColleagues ? Levels.OtherMailboxAtCompany
            : Levels.Different;
    }

    private static bool IsPersonal(EmailKey email) => email.Kind is EmailKind.Business or EmailKind.FreeMail;

    private static string? PhoneLevel(MatchPair pair)
    {
        var (left, right) = (pair.Left.Phones, pair.Right.Phones);
        if (left.Count == 0 || right.Count == 0)
        {
            return null;
        }
        return pair.SharePhone ? Levels.Same
            : Any(left, right, (one, other) => one.E164 == other.E164) ? Levels.SameSwitchboard
            : Levels.Different;
    }

    private static string? CompanyLevel(MatchPair pair)
    {
        if (pair.ShareDomain)
        {
            return Levels.SameDomain;
        }
        var names = CompanySimilarity.Of(pair.Left.Company, pair.Right.Company);
        return names.Evidence == CompanyEvidence.NothingToCompare ? (pair.DomainsDiffer ? Levels.Different : null)
            : names.Evidence is CompanyEvidence.SameName or CompanyEvidence.SameLetters ? Levels.Same
            : names.Score >= SimilarCompany ? Levels.Similar
            : Levels.Different;
    }

    private static string? TitleLevel(MatchPair pair)
    {
        var (left, right) = (Plain(pair.Left.Title), Plain(pair.Right.Title));
        return left is null || right is null ? null
            : left == right ? Levels.Same
            : Spelling.Similarity(left, right) >= SimilarTitle ? Levels.Similar
            : Levels.Different;
    }

    private static string? PlaceLevel(MatchPair pair)
    {
        var country = Agree(pair.Left.Country, pair.Right.Country);
        var city = Agree(pair.Left.City, pair.Right.City);
        var postal = Agree(pair.Left.PostalCode, pair.Right.PostalCode);
        return (postal, city, country) switch
        {
            (_, _, false) => Levels.Different,
            (true, _, _) => Levels.SamePostalCode,
            (_, true, _) => Levels.SameCity,
            (false, _, _) or (_, false, _) => Levels.Different,
            (_, _, true) => Levels.SameCountry,
            _ => null,
        };
    }

    private static bool? Agree(string? left, string? right) =>
        Plain(left) is { } one && Plain(right) is { } other ? one == other : null;

    private static string? Plain(string? text) =>
        !Placeholder.Is(text) && string.Concat(Spelling.Words(text, "")) is { Length: > 0 } plain ? plain : null;

    private static bool Any<T>(IReadOnlyList<T> left, IReadOnlyList<T> right, Func<T, T, bool> agrees) =>
        left.Any(one => right.Any(other => agrees(one, other)));
}
