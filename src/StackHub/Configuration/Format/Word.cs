using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>One of an enum's names, as they are written in the file.</summary>
internal sealed class Word<T>(Func<T, string> nameOf) : Shape<T?> where T : struct, Enum
{
    private readonly (string Name, T Value)[] words = [.. Enum.GetValues<T>().Select(value => (nameOf(value), value))];

    public Word()
        : this(value => value.ToString().ToLowerInvariant())
    {
    }

    public override string Expects => $"One of {string.Join(", ", Names)}";

    private IEnumerable<string> Names => words.Select(word => word.Name);

    public override T? Read(Node node, string path, ProblemList problems)
    {
        foreach (var (name, value) in words)
            if (node is ScalarNode scalar && scalar.Text == name)
                return value;
        if (node is ScalarNode { IsNull: false } other)
            problems.Add(node.Place, path, $"{Expects} is expected, but {other.Description} is here.", Suggestion.For(other.Text, Names, "Write one of them."));
        else
            Wrong(node, path, problems);
        return null;
    }

    public override JsonObject Schema() => new() { ["enum"] = new JsonArray([.. Names.Select(name => (JsonNode)name)]) };
}
