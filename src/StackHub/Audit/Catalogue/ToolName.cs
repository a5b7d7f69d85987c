using StackHub.Identity;

namespace StackHub.Audit.Catalogue;

/// <summary>A tool's name reduced to what its spellings have in common.</summary>
internal static class ToolName
{
    /// <summary>Lower-case words of letters and digits: "Customer.io" is "customer", "io".</summary>
    public static string[] Words(string name)
    {
        var plain = TextFold.Plain(name);
        var letters = string.Create(plain.Length, plain, static (span, text) =>
        {
            for (var index = 0; index < span.Length; index++)
                span[index] = char.IsLetterOrDigit(text[index]) ? text[index] : ' ';
        });
        return letters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The words without the spaces, since "Chili Piper" and "ChiliPiper" are one.</summary>
    public static string Key(string name) => string.Concat(Words(name));
}
