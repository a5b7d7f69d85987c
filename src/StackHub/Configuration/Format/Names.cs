using System.Collections.Immutable;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>A name and where it stands.</summary>
internal sealed record Located(string Text, Place Place);

/// <summary>A list of names; one alone may stand without brackets.</summary>
internal sealed class Names(string expects, IReadOnlyCollection<string>? known = null) : Shape<ImmutableArray<Located>?>
{
    public override string Expects => expects;

    public override ImmutableArray<Located>? Read(Node node, string path, ProblemList problems)
    {
        var items = node is ListNode list ? list.Items : node.IsNull ? [] : [node];
        var names = ImmutableArray.CreateBuilder<Located>(items.Length);
        foreach (var item in items)
        {
            if (item is not ScalarNode { IsNull: false } scalar)
                Wrong(item, path, problems);
            else if (known?.Contains(scalar.Text) == false)
                problems.Add(item.Place, path, $"There is no {Shown.Of(scalar.Text)}. {Expects} is expected.", Suggestion.OneOf(scalar.Text, known));
            else
                names.Add(new(scalar.Text, item.Place));
        }
        return names.Count == items.Length ? names.ToImmutable() : null;
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(Item(), new JsonObject { ["type"] = "array", ["items"] = Item() }) };

    private JsonObject Item() => known is null ? new() { ["type"] = "string" } : new() { ["enum"] = new JsonArray([.. known.Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]) };
}
