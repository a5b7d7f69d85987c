using System.Text;
using F23.StringSimilarity;

namespace StackHub.Identity;

/// <summary>How alike two normalised words are written, and how text becomes such words.</summary>
internal static class Spelling
{
    private static readonly JaroWinkler JaroWinkler = new();

    /// <summary>Jaro-Winkler similarity, 0 to 1; made symmetric by a fixed order of its arguments.</summary>
    public static double Similarity(string left, string right) =>
        string.CompareOrdinal(left, right) <= 0 ? JaroWinkler.Similarity(left, right) : JaroWinkler.Similarity(right, left);

    /// <summary>The folded words of a text; <paramref name="joining"/> are dropped without a gap, any other punctuation parts words.</summary>
    public static string[] Words(string? text, string joining)
    {
        var result = new StringBuilder();
        foreach (var letter in TextFold.Plain(text ?? ""))
        {
            if (!joining.Contains(letter))
            {
                result.Append(char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? letter : ' ');
            }
        }
        return result.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
