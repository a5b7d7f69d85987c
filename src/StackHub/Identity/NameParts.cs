using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>What two given names, or two family names, as folded words, say about being one person's.</summary>
internal static class NameParts
{
    private const double GivenTypo = 0.93; // Mario and Maria (0.92) are two people
    private const double FamilyTypo = 0.88; // Smith and Smyth (0.89) may be one
    private const int ShortestTypo = 4;

    internal static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(
        ["van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "des", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le",
         "los", "ter", "ten", "te", "bin", "ibn", "al", "el", "af", "av", "y", "e", "und"]);

    public static NameAgreement Given(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return NameAgreement.Unknown;
        }
        return string.Concat(left) == string.Concat(right) ? NameAgreement.Same
            : AreForms(left[0], right[0]) || left.Where(IsWord).Intersect(right).Any() || AreInitials(left, right) ? NameAgreement.Compatible
            : NameAgreement.Conflict;
    }

    private static bool IsWord(string name) => name.Length > 1;

    private static bool AreForms(string left, string right) =>
        left == right
        || (left[0] == right[0] && (left.Length == 1 || right.Length == 1))
        || Nicknames.Agree(left, right)
        || IsTypo(left, right, GivenTypo);

    // Dots join, so "J.R." is the word "jr": it stands for the initials of "John Robert".
    private static bool AreInitials(string[] left, string[] right) =>
        (left is [{ Length: 2 }] && right.Length == 2 && left[0] == Initials(right))
        || (right is [{ Length: 2 }] && left.Length == 2 && right[0] == Initials(left));

    private static string Initials(string[] names) => string.Concat(names.Select(name => name[0]));

    public static NameAgreement Family(string[] left, string[] right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return NameAgreement.Unknown;
        }
        var (one, other) = (string.Concat(left), string.Concat(right));
        return one == other ? NameAgreement.Same
            : SharesName(left, right) || IsInitial(one, other) || IsTypo(one, other, FamilyTypo) ? NameAgreement.Compatible
            : NameAgreement.Conflict;
    }

    /// <summary>"Smith-Jones" and "Smith", "van der Berg" and "Berg": a family name that both contain, particles aside.</summary>
    private static bool SharesName(string[] left, string[] right) =>
        left.Intersect(right).Any(name => IsWord(name) && !Particles.Contains(name));

    private static bool IsInitial(string left, string right) =>
        left[0] == right[0] && (left.Length == 1 || right.Length == 1);

    private static bool IsTypo(string left, string right, double threshold) =>
        WithoutUmlauts(left) == WithoutUmlauts(right)
        || (Math.Min(left.Length, right.Length) >= ShortestTypo
            && Math.Abs(left.Length - right.Length) <= 1
            && Spelling.Similarity(left, right) >= threshold);

    // "Müller" folds to "muller", but many systems hold it as "Mueller".
    private static string WithoutUmlauts(string name) =>
        name.Replace("ae", "a", StringComparison.Ordinal).Replace("oe", "o", StringComparison.Ordinal).Replace("ue", "u", StringComparison.Ordinal);
}
