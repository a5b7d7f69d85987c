using System.Text;

namespace StackHub.Privacy.Packages;

/// <summary>Names inside an archive that are safe on every system: whatever a vendor or stranger called a thing.</summary>
internal static class SafeName
{
    private const int Longest = 80;

    /// <summary>ASCII letters, digits, hyphens and single dots; no path, no leading or trailing dot, never empty.</summary>
    public static string Of(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var character in name.AsSpan()[(name.LastIndexOfAny(['/', '\\']) + 1)..])
            if (char.IsAsciiLetterOrDigit(character) || (character == '.' && safe.Length > 0 && safe[^1] != '.'))
                safe.Append(character);
            else if (safe.Length > 0 && safe[^1] is not ('-' or '.'))
                safe.Append('-');
        var text = safe.ToString().Trim('-', '.');
        if (text.Length > Longest)
            text = text[..(Longest - 10)].TrimEnd('.', '-') + (Path.GetExtension(text) is { Length: > 1 and < 10 } extension ? extension : "");
        return text.Length == 0 ? "file" : text;
    }
}
