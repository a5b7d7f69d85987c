using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace StackHub.Identity;

/// <summary>Reduces text to what two spellings of one name have in common, from a table of our own:
/// under InvariantGlobalization <c>string.Normalize</c> leaves everything but ASCII as it is.</summary>
public static class TextFold
{
    private static readonly Lazy<Tables> Unicode = new(Tables.Load);

    /// <summary>Lower case without diacritics, ligatures and width variants: "Łódź" is "lodz"; idempotent.</summary>
    public static string Plain(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Decompose(text.ToLowerInvariant(), keepMarks: false, Unicode.Value.Plain).ToLowerInvariant();

    /// <summary>Lower case in composed form (NFKC), diacritics kept: what a mailbox or domain name is compared by.</summary>
    public static string Composed(string text) =>
        Ascii.IsValid(text) ? text.ToLowerInvariant() : Compose(Decompose(text.ToLowerInvariant(), keepMarks: true, Unicode.Value.Compatible).ToLowerInvariant());

    /// <summary>True when the text consists of the given ASCII characters and of letters, digits and marks of any script.</summary>
    internal static bool IsInternational(ReadOnlySpan<char> text, SearchValues<char> ascii)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!(rune.IsAscii ? ascii.Contains((char)rune.Value) : IsWordLetter(rune)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsWordLetter(Rune rune) =>
        Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Decompose(string text, bool keepMarks, FrozenDictionary<char, string> table)
    {
        var result = new StringBuilder(text.Length + 4);
        foreach (var letter in text)
        {
            if (table.TryGetValue(letter, out var parts))
            {
                result.Append(keepMarks ? parts : WithoutMarks(parts));
            }
            else if (keepMarks || !IsMark(letter))
            {
                result.Append(letter);
            }
        }
        return result.ToString();
    }

    private static string Compose(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (result.Length > 0 && Unicode.Value.Pairs.TryGetValue((result[^1], letter), out var whole))
            {
                result[^1] = whole;
            }
            else
            {
                result.Append(letter);
            }
        }
        return result.ToString();
    }

    private static string WithoutMarks(string text) => string.Concat(text.Where(letter => !IsMark(letter)));

    private static bool IsMark(char letter) =>
        letter >= '\u0300' && CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;

    private sealed record Tables(
        FrozenDictionary<char, string> Plain,
        FrozenDictionary<char, string> Compatible,
        FrozenDictionary<(char, char), char> Pairs)
    {
        public static Tables Load()
        {
            var rows = EmbeddedList.Lines("unicode_fold.txt").Select(Row).ToList();
            var compatible = rows.Where(row => row.Sign != '!').ToDictionary(row => row.Letter, row => row.Parts);
            return new(
                Expanded(rows.ToDictionary(row => row.Letter, row => row.Parts)),
                Expanded(compatible),
                rows.Where(row => row.Sign == '=').ToFrozenDictionary(row => (row.Parts[0], row.Parts[1]), row => row.Letter));
        }

        private static (char Letter, char Sign, string Parts) Row(string line) =>
            (Letter(line.AsSpan(0, 4)), line[5], string.Concat(line[7..].Split(' ').Select(code => Letter(code))));

        private static char Letter(ReadOnlySpan<char> code) => (char)int.Parse(code, NumberStyles.HexNumber);

        private static FrozenDictionary<char, string> Expanded(Dictionary<char, string> steps) =>
            steps.ToFrozenDictionary(step => step.Key, step => Expand(step.Value, steps));

        private static string Expand(string text, Dictionary<char, string> steps) =>
            string.Concat(text.Select(letter => steps.TryGetValue(letter, out var parts) ? Expand(parts, steps) : letter.ToString()));
    }
}
