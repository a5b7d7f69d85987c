using System.Text.Json.Nodes;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>Fills templates from names, and remembers the names that had no value or one that must not be sent.</summary>
internal sealed class Rendering(Names names)
{
    private readonly List<string> faults = [];

    public Names Names => names;

    /// <summary>Sentences that name the names, never their values; with any, the call is not sent.</summary>
    public IReadOnlyList<string> Faults => faults;

    public string? Text(TemplatePart.Name name)
    {
        if (JsonPath.Text(names.Find(name.Of)) is not { } text)
            return Missing(name);
        return name.Filters.Aggregate(text, (value, filter) => Filters.All[filter](value));
    }

    public JsonNode? Node(TemplatePart.Name name)
    {
        if (names.Find(name.Of) is { } node)
            return node;
        Missing(name);
        return null;
    }

    public void Unfit(Template template, string reason) => faults.Add($"'{template.Source}' {reason}");

    private string? Missing(TemplatePart.Name name)
    {
        faults.Add($"'{name.Of}' has no value");
        return null;
    }
}
