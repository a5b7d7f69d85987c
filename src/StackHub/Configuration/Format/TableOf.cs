using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>An entry whose name the user chose; <paramref name="Value"/> is null when it could not be read.</summary>
internal sealed record Named<T>(string Name, Place NamePlace, Place ValuePlace, string Path, T? Value);

/// <summary>Names the user chooses, each with a value of one shape.</summary>
/// <param name="nameForm">The form of a name, and how it is described.</param>
internal sealed class TableOf<T>(string expects, Shape<T> value, (Regex Form, string Expects)? nameForm = null) : Shape<ImmutableArray<Named<T>>?>
{
    public override string Expects => expects;

    public override ImmutableArray<Named<T>>? Read(Node node, string path, ProblemList problems)
    {
        if (node.IsNull)
            return [];
        if (node is not MapNode map)
            return WrongBlock(node, path, problems);
        var entries = ImmutableArray.CreateBuilder<Named<T>>();
        foreach (var entry in map.Distinct(path, problems))
        {
            CheckName(entry, path, problems);
            entries.Add(new(entry.Name, entry.Place, entry.Value.Place, Paths.Of(path, entry.Name), value.Read(entry.Value, Paths.Of(path, entry.Name), problems)));
        }
        return entries.ToImmutable();
    }

    public override JsonObject Schema() => nameForm is { } rule
        ? new() { ["type"] = new JsonArray("object", "null"), ["patternProperties"] = new JsonObject { [rule.Form.ToString()] = value.Schema() }, ["additionalProperties"] = false }
        : new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = value.Schema() };

    /// <summary>What stands under a bad name is read all the same, for its own problems.</summary>
    private void CheckName(MapEntry entry, string path, ProblemList problems)
    {
        if (nameForm is { } rule && rule.Form.Match(entry.Name).Length != entry.Name.Length || entry.Name.Length == 0)
            problems.Add(entry.Place, Paths.Of(path, entry.Name), $"{Shown.Of(entry.Name)} cannot be a name here.", $"Use {nameForm?.Expects ?? "a name"}.");
    }
}
