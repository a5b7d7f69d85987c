using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

internal sealed class Flag : Shape<bool?>
{
    public override string Expects => "true or false";

    public override bool? Read(Node node, string path, ProblemList problems) => node switch
    {
        ScalarNode { Text: "true" } => true,
        ScalarNode { Text: "false" } => false,
        _ => Wrong(node, path, problems),
    };

    public override JsonObject Schema() => new() { ["type"] = "boolean" };
}
