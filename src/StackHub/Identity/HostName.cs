using System.Buffers;
using System.Globalization;
using System.Text;

namespace StackHub.Identity;

/// <summary>A dotted host name in its normal form: lower case, IDN in ASCII, no trailing dot.</summary>
internal static class HostName
{
    private const int LongestName = 253;
    private const int LongestLabel = 63;
    private const char IdeographicDot = '\u3002';

    private static readonly SearchValues<char> LabelLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly IdnMapping Idn = new();

    /// <summary>The normal form, or null when it is no host name with at least two labels (an address literal is none).</summary>
    public static string? From(string host)
    {
        var mapped = Ascii.IsValid(host) ? host.ToLowerInvariant() : ToAscii(TextFold.Composed(host).Replace(IdeographicDot, '.'));
        var name = mapped?.EndsWith('.') == true ? mapped[..^1] : mapped;
        return name is not null && IsValid(name) ? name : null;
    }

    private static string? ToAscii(string name)
    {
        try
        {
            return TextFold.IsInternational(name, NameLetters) ? Idn.GetAscii(name) : null;
        }
        catch (ArgumentException) // the mapping has no Try method; an unmappable name is simply not a name
        {
            return null;
        }
    }

    /// <summary>True for a name in ASCII lower case with at least two labels of legal letters and length.</summary>
    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length > LongestName || !name.Contains('.'))
        {
            return false;
        }
        foreach (var label in name.Split('.'))
        {
            if (!IsLabel(name[label]))
            {
                return false;
            }
        }
        return !char.IsAsciiDigit(name[^1]); // no top-level domain ends in a digit: this is an IP address
    }

    private static bool IsLabel(ReadOnlySpan<char> label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[^1] != '-' && !label.ContainsAnyExcept(LabelLetters);
}
