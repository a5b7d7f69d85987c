using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>A request body with templates at its ends.</summary>
internal abstract record Body
{
    /// <summary>A key of this name takes the members of its value into the block around it.</summary>
    public const string Spread = "...";

    private Body()
    {
    }

    public abstract JsonNode? Render(Rendering rendering);

    public IEnumerable<Template> Templates => this switch
    {
        Text text => [text.Template],
        Items items => items.Of.SelectMany(item => item.Templates),
        Block block => block.Members.SelectMany(member => member.Value.Templates),
        _ => [],
    };

    public sealed record Fixed(JsonNode Value) : Body
    {
        public override JsonNode Render(Rendering rendering) => Value.DeepClone();
    }

    public sealed record Text(Template Template) : Body
    {
        public override JsonNode? Render(Rendering rendering) => Template.RenderNode(rendering);
    }

    public sealed record Items(ImmutableArray<Body> Of) : Body
    {
        public override JsonArray Render(Rendering rendering) => new([.. Of.Select(item => item.Render(rendering))]);
    }

    public sealed record Block(ImmutableArray<KeyValuePair<string, Body>> Members) : Body
    {
        public override JsonObject Render(Rendering rendering)
        {
            var json = new JsonObject();
            foreach (var (name, member) in Members)
            {
                var value = member.Render(rendering);
                if (name != Spread)
                    json[name] = value;
                else
                    Merge(json, value as JsonObject ?? []);
            }
            return json;
        }

        private static void Merge(JsonObject into, JsonObject from)
        {
            foreach (var (name, value) in from)
            {
                if (into[name] is JsonObject inner && value is JsonObject more)
                    Merge(inner, more);
                else
                    into[name] = value?.DeepClone();
            }
        }
    }
}
