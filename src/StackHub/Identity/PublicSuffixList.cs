using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace StackHub.Identity;

/// <summary>The rules of publicsuffix.org, ICANN and private section alike.</summary>
internal static class PublicSuffixList
{
    private static readonly Lazy<FrozenDictionary<string, Rule>> Rules = new(Load);

    [Flags]
    private enum Rule
    {
        None = 0,
        Suffix = 1,
        ChildrenAreSuffixes = 2,
        NoSuffix = 4,
    }

    /// <summary>How many characters of the name belong to no public suffix (with their dot); 0 when all of it is one.</summary>
    public static int SuffixStart(ReadOnlySpan<char> name)
    {
        var rules = Rules.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = 0; ;)
        {
            var rule = rules.TryGetValue(name[start..], out var known) ? known : Rule.None;
            var dot = name[start..].IndexOf('.');
            var next = start + dot + 1;
            if (rule.HasFlag(Rule.NoSuffix))
            {
                return next; // an exception: the suffix is one label shorter than the rule
            }
            if (dot < 0 || rule.HasFlag(Rule.Suffix) || (rules.TryGetValue(name[next..], out var parent) && parent.HasFlag(Rule.ChildrenAreSuffixes)))
            {
                return start; // an unlisted top-level domain is a suffix too
            }
            start = next;
        }
    }

    private static FrozenDictionary<string, Rule> Load()
    {
        var rules = new Dictionary<string, Rule>(StringComparer.Ordinal);
        foreach (var line in EmbeddedList.Lines("public_suffix_list.dat"))
        {
            var (name, rule) = Parse(line);
            rules[name] = rules.GetValueOrDefault(name) | rule;
        }
        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static (string Name, Rule Rule) Parse(string line) => line switch
    {
        ['!', .. var name] => (ToAscii(name), Rule.NoSuffix),
        ['*', '.', .. var name] => (ToAscii(name), Rule.ChildrenAreSuffixes),
        _ => (ToAscii(line), Rule.Suffix),
    };

    private static string ToAscii(string name) => Ascii.IsValid(name) ? name : new IdnMapping().GetAscii(name);
}
