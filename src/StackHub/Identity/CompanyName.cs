using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>A company's name reduced to what is compared: folded words without legal form, article and parentheses.</summary>
public sealed record CompanyName
{
    private const string Joining = "'’‘`´";

    private static readonly Lazy<FrozenSet<string>> LegalForms = new(() => EmbeddedList.Set("legal_forms.txt"));
    private static readonly Lazy<FrozenSet<string>> GenericWords = new(() => EmbeddedList.Set("generic_company_words.txt"));
    private static readonly FrozenSet<string> Conjunctions = FrozenSet.ToFrozenSet(["and", "und", "et", "y", "og", "och"]);

    private CompanyName(string[] words, string legalForm) => (Words, LegalForm) = (words, legalForm);

    /// <summary>The words that carry identity, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The legal form that was taken off, folded; empty when there was none.</summary>
    public string LegalForm { get; }

    /// <summary>The normal form: the words with single blanks; empty when no name is known.</summary>
    public string Text => string.Join(' ', Words);

    /// <summary>True when nothing is left to compare.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>True when at least one word is not common to thousands of companies.</summary>
    public bool IsDistinctive => Words.Any(word => !IsGeneric(word));

    /// <summary>The comparable form of a name; a placeholder such as "Unknown" is an empty one.</summary>
    public static CompanyName From(string? name)
    {
        if (Placeholder.Is(name))
        {
            return new([], "");
        }
        var words = Read(WithoutParentheses(name!));
        return FromWords(words.Length > 0 ? words : Read(name!));
    }

    /// <summary>The normal form of a name: what two spellings of one company share.</summary>
    public static string Normal(string? name) => From(name).Text;

    public bool Equals(CompanyName? other) => other is not null && Text == other.Text && LegalForm == other.LegalForm;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "[company]";

    internal static bool IsGeneric(string word) => GenericWords.Value.Contains(word);

    private static string[] Read(string name)
    {
        var spelledOut = name.Replace("&", " and ", StringComparison.Ordinal).Replace("+", " and ", StringComparison.Ordinal);
        return [.. Merged(Spelling.Words(spelledOut, Joining)).Select(word => Conjunctions.Contains(word) ? "and" : word)];
    }

    /// <summary>Joins single letters ("S.p.A." is spa, "I.B.M." is ibm), which dots or blanks had parted.</summary>
    private static IEnumerable<string> Merged(string[] words)
    {
        for (var start = 0; start < words.Length;)
        {
            var end = start;
            while (end < words.Length && words[end].Length == 1 && char.IsLetter(words[end][0]))
            {
                end++;
            }
            end = Math.Max(end, start + 1);
            yield return string.Concat(words[start..end]);
            start = end;
        }
    }

    private static string WithoutParentheses(string name)
    {
        while (name.IndexOf('(') is >= 0 and var open && name.IndexOf(')', open) is > 0 and var close)
        {
            name = $"{name[..open]} {name[(close + 1)..]}";
        }
        return name;
    }

    private static CompanyName FromWords(string[] words)
    {
        var end = words.Length;
        while (end > 1 && IsDroppable(words[end - 1]))
        {
            end--;
        }
        var start = StartOf(words, end);
        var core = words[start..end];
        var legal = words[end..].Concat(words[..start]).Where(LegalForms.Value.Contains);
        return Placeholder.Is(string.Join(' ', core)) ? new([], "") : new(core, string.Concat(legal));
    }

    private static bool IsDroppable(string word) => LegalForms.Value.Contains(word) || word == "and";

    /// <summary>"The Acme", "OOO Acme", "PT Acme", but "AB" alone stays.</summary>
    private static int StartOf(string[] words, int end)
    {
        var start = 0;
        while (start < end - 1 && (words[start] == "the" || LegalForms.Value.Contains(words[start])))
        {
            start++;
        }
        return start;
    }
}
