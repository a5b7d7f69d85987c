using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>One text, of a form if it has one. Its messages never quote the value, since settings are texts.</summary>
internal sealed class TextValue(string expects, Regex? form = null) : Shape<string>
{
    public TextValue()
        : this("A text")
    {
    }

    public override string Expects => expects;

    public override string? Read(Node node, string path, ProblemList problems)
    {
        if (node is ScalarNode { IsNull: false } scalar && scalar.Text.Length > 0 && (form is null || form.Match(scalar.Text).Length == scalar.Text.Length))
            return scalar.Text;
        var found = node is ScalarNode { IsNull: false, Text.Length: > 0 } ? "something else" : node is ScalarNode ? "nothing" : node.Description;
        problems.Add(node.Place, path, $"{Expects} is expected, but {found} is here.", "Write it so, or leave the key out.");
        return null;
    }

    /// <summary>YAML reads 66.0 and true as a number and a flag; the reader takes them as they are written, so the schema must allow them.</summary>
    public override JsonObject Schema() => form is null
        ? new() { ["type"] = new JsonArray("string", "number", "boolean") }
        : new() { ["type"] = "string", ["pattern"] = form.ToString() };
}
