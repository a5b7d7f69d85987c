using System.Collections.Immutable;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>A list of values of one shape; one alone may stand without the list.</summary>
internal sealed class ListOf<T>(string expects, Shape<T> item) : Shape<ImmutableArray<T>?>
{
    public override string Expects => expects;

    public override ImmutableArray<T>? Read(Node node, string path, ProblemList problems)
    {
        var items = node is ListNode list ? list.Items : node.IsNull ? [] : [node];
        return [.. items.Select((one, index) => item.Read(one, $"{path}[{index}]", problems)).Where(value => value is not null).Select(value => value!)];
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(item.Schema(), new JsonObject { ["type"] = "array", ["items"] = item.Schema() }) };
}
