using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>Reads "text {{ name | filter }} text"; everything else between the braces is refused with its place.</summary>
internal static class TemplateParser
{
    private static readonly string[] Roots = ["setting", "record", "hub", "id", "email", "from", "until", "ticket", "fields", "records", "event"];

    public static Template Parse(string text, Place place, string path, ProblemList problems)
    {
        var parts = ImmutableArray.CreateBuilder<TemplatePart>();
        var rest = text;
        while (rest.IndexOf("{{", StringComparison.Ordinal) is var open && open >= 0)
        {
            if (open > 0)
                parts.Add(new TemplatePart.Literal(rest[..open]));
            var close = rest.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
            {
                problems.Add(place, path, "A template has {{ without }}.", "Close it: {{ record.email }}.");
                return new(text, parts.ToImmutable(), place);
            }
            parts.Add(NameOf(rest[(open + 2)..close], place, path, problems));
            rest = rest[(close + 2)..];
        }
        if (rest.Length > 0)
            parts.Add(new TemplatePart.Literal(rest));
        return new(text, parts.ToImmutable(), place);
    }

    private static TemplatePart.Name NameOf(string inside, Place place, string path, ProblemList problems)
    {
        var words = inside.Split('|', StringSplitOptions.TrimEntries);
        var name = new TemplatePart.Name(words[0], [.. words[1..].Where(Filters.All.ContainsKey)]);
        if (!Roots.Contains(name.Root) || name.Of.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or '-' or '[' or ']')))
            problems.Add(place, path, $"{Shown.Of(words[0])} is not a name that can be looked up.", $"Begin with one of {string.Join(", ", Roots)}; a template looks names up and computes nothing.");
        foreach (var filter in words[1..].Where(filter => !Filters.All.ContainsKey(filter)))
            problems.Add(place, path, $"There is no filter {Shown.Of(filter)}.", Suggestion.OneOf(filter, Filters.All.Keys));
        return name;
    }
}
