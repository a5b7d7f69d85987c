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

    public override string? Read(Node node, string path, ProblemList problems) =>
        node is ScalarNode { IsNull: false, Text.Length: > 0 } scalar && (form is null || form.Match(scalar.Text).Length == scalar.Text.Length)
            ? scalar.Text
            : WrongUnquoted(node, path, problems);

    /// <summary>YAML reads 66.0 and true as a number and a flag; the reader takes them as they are written, so the schema must allow them.</summary>
    public override JsonObject Schema() => form is null
        ? new() { ["type"] = new JsonArray("string", "number", "boolean") }
        : new() { ["type"] = "string", ["pattern"] = form.ToString() };
}
