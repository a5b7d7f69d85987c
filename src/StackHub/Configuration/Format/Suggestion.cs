using F23.StringSimilarity;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>"Did you mean ...": the nearest of the names that exist.</summary>
internal static class Suggestion
{
    private const int LongestName = 60;
    private static readonly Damerau Distance = new();

    /// <param name="otherwise">The cure when no name is near.</param>
    public static string For(string written, IEnumerable<string> names, string otherwise) =>
        Nearest(written, names) is { } name ? $"Did you mean {Shown.Of(name)}?" : otherwise;

    /// <summary>The cure that lists the names when none is near.</summary>
    public static string OneOf(string written, IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToArray();
        return For(written, all, all.Length == 0 ? "Take it out." : $"Known here: {string.Join(", ", all)}.");
    }

    public static string? Nearest(string written, IEnumerable<string> names)
    {
        if (written.Length > LongestName)
            return null;
        var allowed = written.Length < 4 ? 1 : Math.Max(2, written.Length / 3);
        return names
            .Select(name => (Name: name, Distance: Distance.Distance(written.ToLowerInvariant(), name.ToLowerInvariant())))
            .Where(candidate => candidate.Distance <= allowed)
            .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name).FirstOrDefault();
    }
}
