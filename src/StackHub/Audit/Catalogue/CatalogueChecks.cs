using System.Text.RegularExpressions;
using StackHub.Identity;

namespace StackHub.Audit.Catalogue;

/// <summary>What makes a catalogue one: each name and domain leads to one tool, and nothing is said outside the vocabulary.</summary>
internal static partial class CatalogueChecks
{
    /// <summary>All at once; each names the tool and the cure.</summary>
    public static IEnumerable<string> Problems(CatalogueContent content) =>
        content.Tools.SelectMany(tool => ToolProblems(tool, content))
            .Concat(Shared(content, "name", tool => new[] { tool.Id, tool.Name }.Concat(tool.Aliases).Select(ToolName.Key).Distinct(StringComparer.Ordinal)))
            .Concat(Shared(content, "domain", tool => tool.Domains))
            .Concat(Unused("capability", content.Capabilities.Keys, content.Tools.SelectMany(tool => tool.Capabilities)))
            .Concat(Unused("category", content.Categories.Keys, content.Tools.SelectMany(tool => tool.Categories)));

    private static IEnumerable<string> ToolProblems(CatalogueProduct tool, CatalogueContent content)
    {
        if (!Id().IsMatch(tool.Id))
            yield return $"Tool '{tool.Id}': an id is of lower-case letters, digits and single dashes.";
        if (ToolName.Key(tool.Name).Length == 0)
            yield return $"Tool '{tool.Id}' has no name.";
        foreach (var twice in new[] { tool.Name }.Concat(tool.Aliases).GroupBy(ToolName.Key).Where(names => names.Count() > 1))
            yield return $"Tool '{tool.Id}': '{twice.Last()}' is written twice; remove one.";
        foreach (var domain in tool.Domains.Where(domain => RegistrableDomain.HostOf(domain) != domain || RegistrableDomain.Of(domain) is null))
            yield return $"Tool '{tool.Id}': '{domain}' is no host name that somebody registered.";
        foreach (var problem in Words(tool, "capability", tool.Capabilities, content.Capabilities).Concat(Words(tool, "category", tool.Categories, content.Categories)))
            yield return problem;
    }

    private static IEnumerable<string> Words(CatalogueProduct tool, string what, IReadOnlyCollection<string> words, IReadOnlyDictionary<string, string> known)
    {
        if (words.Count == 0)
            yield return $"Tool '{tool.Id}' has no {what}.";
        foreach (var word in words.Where(word => !known.ContainsKey(word)))
            yield return $"Tool '{tool.Id}': there is no {what} '{word}'; add it to the list at the top, or use one of those.";
        if (words.Distinct(StringComparer.Ordinal).Count() < words.Count)
            yield return $"Tool '{tool.Id}' has a {what} twice.";
    }

    private static IEnumerable<string> Shared(CatalogueContent content, string what, Func<CatalogueProduct, IEnumerable<string>> of) =>
        from claim in content.Tools.SelectMany(tool => of(tool).Select(name => (name, tool.Id)))
        group claim.Id by claim.name into claims
        where claims.Count() > 1
        select $"The {what} '{claims.Key}' is claimed by {string.Join(" and ", claims)}; it can belong to one.";

    private static IEnumerable<string> Unused(string what, IEnumerable<string> known, IEnumerable<string> used) =>
        known.Except(used, StringComparer.Ordinal).Select(word => $"The {what} '{word}' is used by no tool; remove it.");

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Id();
}
