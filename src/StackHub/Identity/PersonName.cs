using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>A person's name reduced to what is compared: folded words without titles, and the generation apart.</summary>
public sealed record PersonName
{
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

    private PersonName(string[] given, string[] family, string? generation) => (Given, Family, Generation) = (given, family, generation);

    internal string[] Given { get; }

    internal string[] Family { get; }

    internal string? Generation { get; }

    /// <summary>True when no name is known.</summary>
    public bool IsEmpty => Given.Length == 0 && Family.Length == 0;

    /// <summary>True when given and family name are known.</summary>
    public bool IsFull => Given.Length > 0 && Family.Length > 0;

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
        var straight = Combine(NameParts.Given(Given, other.Given), NameParts.Family(Family, other.Family));
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
        return parts >= 2 && !NameParts.Particles.Contains(words[0]) ? SplitWords(words)
            : isFamily ? Create([], words) : Create(words, []);
    }

    private static PersonName SplitWords(string[] words)
    {
        var last = Array.FindLastIndex(words, word => !IsSuffix(word));
        var particle = Array.FindIndex(words, 1, NameParts.Particles.Contains);
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
}
