using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>A value that only the rest of the file can tell how to read.</summary>
internal sealed record Unread(Node Node, string Path);

/// <summary>Keeps a value for later.</summary>
internal sealed class UnreadShape(string expects, JsonObject schema) : Shape<Unread>
{
    public override string Expects => expects;

    public override Unread? Read(Node node, string path, ProblemList problems) => new(node, path);

    public override JsonObject Schema() => (JsonObject)schema.DeepClone();
}
