using System.Collections.Frozen;
using System.Text;

namespace StackHub.Identity;

/// <summary>The curated lists of <c>Identity/Data</c>: one entry a line, <c>#</c> and <c>//</c> start a comment.</summary>
internal static class EmbeddedList
{
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(EmbeddedList).Assembly.GetManifestResourceStream($"Identity/{file}")
            ?? throw new InvalidOperationException($"The list {file} is not embedded in StackHub.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#' && !line.StartsWith("//", StringComparison.Ordinal))
            {
                yield return line;
            }
        }
    }

    public static FrozenSet<string> Set(string file) => Lines(file).ToFrozenSet(StringComparer.Ordinal);
}
