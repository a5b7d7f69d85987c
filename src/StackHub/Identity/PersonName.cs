using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>A person's name reduced to what is compared: folded words without titles, and the generation apart.</summary>
public sealed record PersonName
{
    private const double GivenTypo = 0.93; // Mario and Maria (0.92) are two people
    private const double FamilyTypo = 0.88; // Smith and Smyth (0.89) may be one
    private const int ShortestTypo = 4;
    private const string Joining = "'’‘`´.";

    private static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
        ["dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "herr", "frau", "hr", "fr", "ing", "dipl", "mag",
         "mme", "mlle", "monsieur", "madame", "sr", "sra", "srta", "dott", "dottssa", "dhr", "mevr", "drs", "rev", "hon", "capt", "col"]);

    private static readonly FrozenSet<string> Degrees = FrozenSet.ToFrozenSet(
        ["phd", "md", "mba", "msc", "bsc", "esq", "cpa", "cfa", "pmp", "dds", "jd", "llm", "rn", "pe", "cissp", "ret"]);

    private static readonly FrozenDictionary<string, string> Generations = new Dictionary<string, string>
    {
        ["jr"] = "2", ["junior"] = "2", ["jnr"] = "2", ["ii"] = "2", ["sr"] = "1", ["snr"] = "1", ["senior"] = "1", ["iii"] = "3", ["iv"] = "4",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Particles = FrozenSet.ToFrozenSet(
        ["van", "von", "vom", "zu", "zum", "zur", "de", "der", "den", "des", "del", "della", "di", "da", "do", "dos", "das", "du", "la", "le",
         "los", "ter", "ten", "te", "bin", "ibn", "al", "el", "af", "av", "y", "e", "und"]);

    private PersonName(string[] given, string[] family, string? generation) => (Given, Family, Generation) = (given, family, generation);

    internal string[] Given { get; }

    internal string[] Family { get; }

    internal string? Generation { get; }

    /// <summary>True when no name is known.</summary>
    public bool IsEmpty => Given.Length == 0 && Family.Length == 0;

    /// <summary>The family name as a key for frequency tables and look-ups: folded, without blanks; empty when unknown.</summary>
    public string FamilyKey => string.Concat(Family);

    /// <summary>The whole name in its normal form, given name first.</summary>
    public string Text => string.Join(' ', [.. Given, .. Family]);

    /// <summary>The comparable form of a name as two fields; a whole name in one field is taken apart.</summary>
    public static PersonName From(string? first, string? last)
    {
        var (given, family) = (Read(first), Read(last));
        return (given, family) switch
        {
            ({ Length: > 0 }, { Length: > 0 }) => Create(given, family),
            ({ Length: 0 }, _) => Split(family, last, isFamily: true),
            _ => Split(given, first, isFamily: false),
        };
    }

    /// <summary>What two names, each as two fields, say about being one person's; symmetric.</summary>
    public static NameAgreement Compatible(string? first1, string? last1, string? first2, string? last2) =>
        From(first1, last1).AgreesWith(From(first2, last2));

    /// <summary>What two names say about being one person's; symmetric.</summary>
    public NameAgreement AgreesWith(PersonName other)
    {
        if (IsEmpty || other.IsEmpty || IsLatin(Text) != IsLatin(other.Text))
        {
            return NameAgreement.Unknown;
        }
        if (Generation is not null && other.Generation is not null && Generation != other.Generation)
        {
            return NameAgreement.Conflict; // father and son
        }
        var straight = Combine(GivenAgreement(Given, other.Given), FamilyAgreement(Family, other.Family));
        return straight == NameAgreement.Conflict && IsSwapped(other) ? NameAgreement.Compatible : straight;
    }

    public bool Equals(PersonName? other) => other is not null && Text == other.Text && FamilyKey == other.FamilyKey && Generation == other.Generation;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "[name]";

    private static string[] Read(string? field) =>
        Placeholder.Is(field) ? [] : [.. Spelling.Words(field, Joining).SkipWhile(Titles.Contains)];

    private static PersonName Create(string[] given, string[] family) =>
        new(WithoutSuffixes(given), WithoutSuffixes(family), GenerationIn(family) ?? GenerationIn(given));

    private static string? GenerationIn(string[] words) =>
        words.All(IsSuffix) ? null : words.Where(Generations.ContainsKey).Select(word => Generations[word]).FirstOrDefault();

    // A field that holds nothing else is a name: "J.R." or the family Pe.
    private static string[] WithoutSuffixes(string[] words) =>
        words.All(IsSuffix) ? words : [.. words.Where(word => !IsSuffix(word))];

    /// <summary>"Bob Smith" and "Smith, Bob" in one field; a lone word stays what its field says it is.</summary>
    private static PersonName Split(string[] words, string? field, bool isFamily)
    {
        if (field?.IndexOf(',') is > 0 and var comma && Read(field[..comma]) is { Length: > 0 } family
            && Read(field[(comma + 1)..]) is { Length: > 0 } given && !given.All(IsSuffix))
        {
            return Create(given, family);
        }
        var parts = words.Count(word => !IsSuffix(word));
        return parts >= 2 && !Particles.Contains(words[0]) ? SplitWords(words)
            : isFamily ? Create([], words) : Create(words, []);
    }

    private static PersonName SplitWords(string[] words)
    {
        var last = Array.FindLastIndex(words, word => !IsSuffix(word));
        var particle = Array.FindIndex(words, 1, Particles.Contains);
        var family = particle > 0 && particle < last ? particle : last;
        return Create(words[..family], words[family..]);
    }

    private static bool IsSuffix(string word) => Generations.ContainsKey(word) || Degrees.Contains(word);

    private static bool IsLatin(string text) => text.Any(char.IsAsciiLetter);

    private static NameAgreement Combine(NameAgreement given, NameAgreement family) => (given, family) switch
    {
        (NameAgreement.Conflict, _) or (_, NameAgreement.Conflict) => NameAgreement.Conflict,
        (NameAgreement.Unknown, NameAgreement.Unknown) => NameAgreement.Unknown,
        (NameAgreement.Same, NameAgreement.Same) => NameAgreement.Same,
        _ => NameAgreement.Compatible,
    };

    private bool IsSwapped(PersonName other) =>
        Given.Length > 0 && Family.Length > 0
        && string.Concat(Given) == other.FamilyKey && FamilyKey == string.Concat(other.Given);

    private static NameAgreement GivenAgreement(string[] left, string[] right)
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

    private static NameAgreement FamilyAgreement(string[] left, string[] right)
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
