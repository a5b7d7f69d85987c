using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>Keys from the top of the file, joined by dots.</summary>
internal static class Paths
{
    public static string Of(string parent, string name) => parent.Length == 0 ? Shown.Bare(name) : $"{parent}.{Shown.Bare(name)}";

    /// <summary>The entries of a block without repeated names, which are reported; the first one counts.</summary>
    public static IEnumerable<MapEntry> Distinct(this MapNode map, string path, ProblemList problems)
    {
        var seen = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (seen.TryAdd(entry.Name, entry))
                yield return entry;
            else
                problems.Add(entry.Place, Of(path, entry.Name), $"{Shown.Of(entry.Name)} is already there on line {seen[entry.Name].Place.Line}.", "Keep one of the two.");
        }
    }
}
