using System.Globalization;
using System.Text;

namespace StackHub.Records;

/// <summary>
/// What a system may make of a value it is given. A value seen right after a write that cannot be the system's form of it was
/// authored there by somebody else: a vendor that dates changes by the second gives both the same time.
/// </summary>
public enum OwnForm
{
    /// <summary>The same value in other clothes: case, punctuation, white space, cut off, rounded.</summary>
    Alike,

    /// <summary>Anything: references and sets, of which a system keeps those it knows.</summary>
    Any,

    /// <summary>Nothing else: the vendor's answer told what it stored.</summary>
    Exact,
}

/// <summary>Whether a value may be a system's own form of another.</summary>
public static class OwnForms
{
    /// <summary>Vendors cut text at 20 characters or more; a shorter beginning of a value is another value.</summary>
    private const int ShortestCut = 20;

    /// <summary>A number without its country code has at least so many digits.</summary>
    private const int ShortestPhone = 7;

    private const decimal Rounding = 0.5m;

    public static bool MayBe(this OwnForm form, FieldValue written, FieldValue seen) => form switch
    {
        OwnForm.Any => true,
        OwnForm.Exact => false,
        _ => Alike(written.Text, seen.Text),
    };

    private static bool Alike(string? written, string? seen) => (written, seen) switch
    {
        (null, _) => seen is null or "false" or "0", // a cleared flag or number
        (_, null) => false,
        _ when Number(written) is { } meant && Number(seen) is { } stored => Math.Abs(meant - stored) <= Rounding,
        _ => AlikeText(Folded(written), Folded(seen)),
    };

    private static bool AlikeText(string written, string seen) =>
        seen == written
        || (seen.Length >= ShortestCut && written.StartsWith(seen, StringComparison.Ordinal))
        || (seen.Length >= ShortestPhone && seen.All(char.IsAsciiDigit) && written.EndsWith(seen, StringComparison.Ordinal));

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Letters and digits without case; a text of nothing else stays as it is.</summary>
    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune))
                folded.Append(Rune.ToUpperInvariant(rune));
        return folded.Length == 0 ? text : folded.ToString();
    }
}
