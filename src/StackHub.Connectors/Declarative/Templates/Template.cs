using System.Collections.Immutable;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>A text with names in it: "/lists/{{ setting.list }}/members/{{ id }}". It looks up and encodes; it cannot compute.</summary>
internal sealed record Template(string Source, ImmutableArray<TemplatePart> Parts, Place Place)
{
    /// <summary>The only part, when the template is one name and nothing else: its value then keeps its JSON type.</summary>
    public TemplatePart.Name? Alone => Parts is [TemplatePart.Name { Filters.IsEmpty: true } name] ? name : null;

    public IEnumerable<TemplatePart.Name> UsedNames => Parts.OfType<TemplatePart.Name>();

    /// <summary>Null when a name has no value, which the rendering remembers.</summary>
    public string? Render(Rendering rendering, Func<string, string>? encode = null)
    {
        var texts = Parts.Select(part => part switch
        {
            TemplatePart.Literal literal => literal.Text,
            TemplatePart.Name name => rendering.Text(name) is { } value ? name.Encodes || encode is null ? value : encode(value) : null,
            _ => throw new System.Diagnostics.UnreachableException(),
        }).ToArray();
        return texts.Contains(null) ? null : string.Concat(texts);
    }

    /// <summary>As it goes into a JSON body.</summary>
    public JsonNode? RenderNode(Rendering rendering) =>
        Alone is { } name ? rendering.Node(name)?.DeepClone() : Render(rendering) is { } text ? JsonValue.Create(text) : null;

    public override string ToString() => Source;
}

/// <summary>A piece of a template.</summary>
internal abstract record TemplatePart
{
    private TemplatePart()
    {
    }

    public sealed record Literal(string Text) : TemplatePart;

    public sealed record Name(string Of, ImmutableArray<string> Filters) : TemplatePart
    {
        public bool Encodes => Filters is [.., Templates.Filters.Url];

        public string Root => Of.Split('.', 2)[0];
    }
}
