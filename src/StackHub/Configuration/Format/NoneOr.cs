using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>Either "none" or a block; <paramref name="Section"/> is null for "none".</summary>
internal sealed record Choice(Section? Section);

/// <summary>The shape of an entry that can be switched off.</summary>
internal sealed class NoneOr(SectionOf section) : Shape<Choice>
{
    private const string None = "none";

    public override string Expects => $"{section.Expects}, or {None},";

    public override Choice? Read(Node node, string path, ProblemList problems) => node switch
    {
        ScalarNode { Text: None } => new(Section: null),
        ScalarNode { IsNull: false } => WrongBlock(node, path, problems),
        _ => section.Read(node, path, problems) is { } block ? new(block) : null,
    };

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["const"] = None }, section.Schema()) };
}
