namespace StackHub.Configuration.Yaml;

/// <summary>A file's own words as they may stand in a message: quoted, short, and without characters that would steer a terminal.</summary>
internal static class Shown
{
    private const int LongestName = 60;

    public static string Of(string text) => $"'{Bare(text)}'";

    public static string Bare(string text, int longest = LongestName)
    {
        var cut = text.Length > longest ? string.Concat(text.AsSpan(0, longest), "...") : text;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = char.IsControl(source[index]) || char.IsSurrogate(source[index]) ? '?' : source[index];
        });
    }
}
