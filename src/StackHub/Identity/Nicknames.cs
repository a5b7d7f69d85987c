using System.Collections.Frozen;

namespace StackHub.Identity;

/// <summary>Which given names are forms of one another.</summary>
internal static class Nicknames
{
    private static readonly Lazy<FrozenDictionary<string, int[]>> Groups = new(Load);
    private static readonly Lazy<FrozenDictionary<string, string>> FormalNames = new(LoadFormal);

    /// <summary>True when one line of the table holds both names.</summary>
    public static bool Agree(string left, string right) =>
        Groups.Value.TryGetValue(left, out var lines) && Groups.Value.TryGetValue(right, out var others) && lines.Intersect(others).Any();

    /// <summary>One agreed form of a name, the same for Bob and Robert, or the name itself.</summary>
    public static string Formal(string name) => FormalNames.Value.GetValueOrDefault(name, name);

    private static FrozenDictionary<string, int[]> Load() =>
        EmbeddedList.Lines("nicknames.txt")
            .SelectMany((line, number) => line.Split(' ').Select(name => (name, number)))
            .GroupBy(entry => entry.name, entry => entry.number)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private static FrozenDictionary<string, string> LoadFormal() =>
        EmbeddedList.Lines("nicknames.txt")
            .Select(line => line.Split(' '))
            .SelectMany(names => names.Select(name => (Name: name, Formal: names[0])))
            .GroupBy(entry => entry.Name, entry => entry.Formal)
            .ToFrozenDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
