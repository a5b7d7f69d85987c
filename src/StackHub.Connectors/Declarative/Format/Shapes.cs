using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative.Format;

/// <summary>A text with {{ names }}.</summary>
internal sealed class TemplateText : Shape<Template>
{
    public override string Expects => "A text, with names such as {{ record.email }} in it,";

    public override Template? Read(Node node, string path, ProblemList problems) =>
        node is ScalarNode { IsNull: false } scalar ? TemplateParser.Parse(scalar.Text, scalar.Place, path, problems) : WrongUnquoted(node, path, problems);

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}

/// <summary>A body: blocks, lists and texts as they go on the wire; unquoted numbers, true, false and null keep their JSON type.</summary>
internal sealed class BodyShape : Shape<Body>
{
    public override string Expects => "A body";

    public override Body Read(Node node, string path, ProblemList problems) => node switch
    {
        MapNode map => new Body.Block([.. map.Distinct(path, problems).Select(entry => KeyValuePair.Create(entry.Name, Read(entry.Value, Paths.Of(path, entry.Name), problems)))]),
        ListNode list => new Body.Items([.. list.Items.Select((item, index) => Read(item, $"{path}[{index}]", problems))]),
        ScalarNode { IsQuoted: false } plain when Typed(plain.Text) is { } value => new Body.Fixed(value),
        ScalarNode text => new Body.Text(TemplateParser.Parse(text.Text, text.Place, path, problems)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public override JsonObject Schema() => [];

    private static JsonValue? Typed(string text) => text switch
    {
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : null,
    };
}

/// <summary>"POST /path/with/{{ names }}".</summary>
internal sealed class CallShape : Shape<(HttpMethod Method, Template Path)?>
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public override string Expects => "A method and a path, such as GET /contacts/{{ id }},";

    public override (HttpMethod Method, Template Path)? Read(Node node, string path, ProblemList problems)
    {
        if (node is not ScalarNode scalar || scalar.Text.Split(' ', 2, StringSplitOptions.TrimEntries) is not [var method, ['/', ..] address] || !Methods.Contains(method))
            return Wrong(node, path, problems);
        if (address.StartsWith("//", StringComparison.Ordinal) || address.AsSpan().IndexOfAny("?#\\") >= 0 || address.Split('/').Any(segment => segment is "." or ".."))
        {
            problems.Add(node.Place, path, "The path holds more than a path.", "Put what follows the ? under query:, one name a line, and the host under base:.");
            return null;
        }
        return (new(method), TemplateParser.Parse(address, node.Place, path, problems));
    }

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^(GET|POST|PUT|PATCH|DELETE) +/" };
}

/// <summary>A section read on into what it means; null when it could not be.</summary>
internal sealed class Meaning<T>(SectionOf section, Func<Section, T> read) : Shape<T>
    where T : class
{
    public override string Expects => section.Expects;

    public override T? Read(Node node, string path, ProblemList problems) => section.Read(node, path, problems) is { } found ? read(found) : null;

    public override JsonObject Schema() => section.Schema();
}
