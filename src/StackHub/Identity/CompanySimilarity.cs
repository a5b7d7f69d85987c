namespace StackHub.Identity;

/// <summary>How alike two company names are, from 0 to 1, and why; the parts break ties between candidates in the order they are listed.</summary>
public sealed record CompanySimilarity(double Score, CompanyEvidence Evidence, bool SameLegalForm, double SharedWords, double Spelling)
    : IComparable<CompanySimilarity>
{
    private const double SameLettersScore = 0.97;
    private const double AcronymScore = 0.80;
    private const double OtherNumberScore = 0.50;
    private const double GenericWeight = 0.25;
    private const double SameWord = 0.90;
    private const int ShortestAcronym = 3;

    /// <summary>Compares two names as they are written; symmetric.</summary>
    public static CompanySimilarity Of(string? left, string? right) => Of(CompanyName.From(left), CompanyName.From(right));

    /// <summary>Compares two names; symmetric.</summary>
    public static CompanySimilarity Of(CompanyName left, CompanyName right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return new(0, CompanyEvidence.NothingToCompare, SameLegalForm: false, 0, 0);
        }
        var (one, other) = (string.Concat(left.Words), string.Concat(right.Words));
        var words = (Overlap(left.Words, right.Words) + Overlap(right.Words, left.Words)) / 2;
        var spelling = Identity.Spelling.Similarity(one, other);
        var (score, evidence) = Judge(left, right, one == other, (words + spelling) / 2);
        return new(score, evidence, left.LegalForm == right.LegalForm, words, spelling);
    }

    /// <summary>Orders candidates: by score, then legal form, shared words and spelling.</summary>
    public int CompareTo(CompanySimilarity? other) => other is null ? 1
        : (Score, SameLegalForm, SharedWords, Spelling).CompareTo((other.Score, other.SameLegalForm, other.SharedWords, other.Spelling));

    public static bool operator <(CompanySimilarity left, CompanySimilarity right) => left.CompareTo(right) < 0;

    public static bool operator >(CompanySimilarity left, CompanySimilarity right) => left.CompareTo(right) > 0;

    public static bool operator <=(CompanySimilarity left, CompanySimilarity right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CompanySimilarity left, CompanySimilarity right) => left.CompareTo(right) >= 0;

    private static (double Score, CompanyEvidence Evidence) Judge(CompanyName left, CompanyName right, bool sameLetters, double mean) =>
        left.Text == right.Text ? (1, CompanyEvidence.SameName)
        : sameLetters ? (SameLettersScore, CompanyEvidence.SameLetters)
        : IsAcronym(left.Words, right.Words) || IsAcronym(right.Words, left.Words) ? (AcronymScore, CompanyEvidence.Acronym)
        : !Numbers(left).SetEquals(Numbers(right)) ? (Math.Min(mean, OtherNumberScore), CompanyEvidence.OtherNumber)
        : (Math.Min(mean, SameLettersScore), CompanyEvidence.WordsAndSpelling);

    private static HashSet<string> Numbers(CompanyName name) => [.. name.Words.Where(word => char.IsAsciiDigit(word[0]))];

    private static bool IsAcronym(IReadOnlyList<string> letters, IReadOnlyList<string> words) =>
        letters is [{ Length: >= ShortestAcronym } acronym] && words.Count == acronym.Length
        && acronym == string.Concat(words.Select(word => word[0]));

    /// <summary>The share of the words of one name that the other has too; common words count for little.</summary>
    private static double Overlap(IReadOnlyList<string> words, IReadOnlyList<string> others) =>
        words.Where(word => others.Any(candidate => Identity.Spelling.Similarity(word, candidate) >= SameWord)).Sum(Weight) / words.Sum(Weight);

    private static double Weight(string word) => CompanyName.IsGeneric(word) ? GenericWeight : 1;
}
