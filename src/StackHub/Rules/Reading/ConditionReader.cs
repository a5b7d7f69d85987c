using System.Collections.Immutable;
using System.Globalization;
using StackHub.Configuration;
using StackHub.Configuration.Format;
using StackHub.Configuration.Yaml;

namespace StackHub.Rules.Reading;

/// <summary>Reads conditions: <c>{ field: country, is: US }</c>, and all, any and none with lists of them; a list alone means all of it.</summary>
internal sealed class ConditionReader(RuleFields fields, ProblemList problems)
{
    private const int Deepest = 8;
    private static readonly string[] Groups = ["all", "any", "none"];
    private static readonly ImmutableDictionary<string, RuleOperator> Names = Enum.GetValues<RuleOperator>().ToImmutableDictionary(Operators.NameOf, operation => operation, StringComparer.Ordinal);

    public static readonly UnreadShape Shape = new("Conditions", new()
    {
        ["type"] = new System.Text.Json.Nodes.JsonArray("object", "array"),
        ["description"] = $"field and one of {string.Join(", ", Names.Keys.Order(StringComparer.Ordinal))}; or all, any or none with a list of conditions.",
    });

    /// <summary>Null when something in it is wrong, which is reported.</summary>
    public Condition? Read(Unread written) => Read(written.Node, written.Path, 1);

    private Condition? Read(Node node, string path, int depth)
    {
        if (depth > Deepest)
            return Wrong(node.Place, path, $"Conditions are nested more than {Deepest} deep.", "Split the rule.");
        return node switch
        {
            ListNode list => Group("all", list, path, depth),
            MapNode map => Block(map, path, depth),
            _ => Wrong(node.Place, path, "Conditions are expected here.", "Write { field: country, is: US }, or all: with a list."),
        };
    }

    private Condition? Block(MapNode map, string path, int depth)
    {
        var entries = map.Distinct(path, problems).ToArray();
        if (entries is [var only] && Groups.Contains(only.Name))
            return only.Value is ListNode list ? Group(only.Name, list, Paths.Of(path, only.Name), depth) : Wrong(only.Value.Place, path, $"{only.Name} needs a list of conditions.", "Write each on a line of its own behind a hyphen.");
        if (entries.FirstOrDefault(entry => entry.Name == "field") is not { Value: ScalarNode { IsNull: false } name })
            return Wrong(map.Place, path, "A condition names no field.", "Write { field: country, is: US }, or all, any or none with a list.");
        return fields.Find(name.Text) is { } field
            ? Test(field, entries.Where(entry => entry.Name != "field").ToArray(), map.Place, path)
            : Wrong(name.Place, path, $"There is no field {Shown.Of(name.Text)} to ask about.", Suggestion.OneOf(name.Text, fields.All.Select(known => known.Name)));
    }

    private Condition? Group(string kind, ListNode list, string path, int depth)
    {
        var parts = list.Items.Select((item, index) => Read(item, $"{path}[{index}]", depth + 1)).ToArray();
        if (parts.Length == 0)
            return Wrong(list.Place, path, $"{kind} holds no condition.", "Add one, or leave it out.");
        if (parts.Contains(null))
            return null;
        ImmutableArray<Condition> known = [.. parts.OfType<Condition>()];
        return kind switch { "all" => new Condition.All(known), "any" => new Condition.Any(known), _ => new Condition.None(known) };
    }

    private Condition? Test(RuleField field, MapEntry[] entries, Place place, string path)
    {
        if (entries is not [var entry])
            return Wrong(place, path, $"A condition needs one comparison, and {entries.Length} are here.", "Write one of them a condition, and all: around several.");
        var allowed = Operators.Of(field.Type).ToArray();
        if (!Names.TryGetValue(entry.Name, out var operation) || !allowed.Contains(operation))
            return Wrong(entry.Place, path, $"{Shown.Of(entry.Name)} is no comparison of {Shown.Of(field.Name)}, which is a {field.Type.ToString().ToLowerInvariant()}.", Suggestion.OneOf(entry.Name, allowed.Select(Operators.NameOf)));
        return Values(field, operation, entry, path) is { } values ? new Condition.Test(field.Name, operation, values) : null;
    }

    private ImmutableArray<string>? Values(RuleField field, RuleOperator operation, MapEntry entry, string path)
    {
        if (Operators.TakesNoValue(operation))
        {
            if (entry.Value is ScalarNode { Text: "true" } || entry.Value.IsNull)
                return [];
            Wrong(entry.Value.Place, path, $"{entry.Name} takes no value.", $"Write {entry.Name}: true.");
            return null;
        }

        var items = entry.Value is ListNode list && Operators.TakesSeveral(operation) ? list.Items : [entry.Value];
        var values = items.Select(item => Value(field, item)).ToArray();
        if (values.Length > 0 && !values.Contains(null))
            return [.. values.OfType<string>()];
        Wrong(entry.Value.Place, path, $"{Expected(field.Type)} is expected here.", "Write it so.");
        return null;
    }

    private static string? Value(RuleField field, Node node) => node is not ScalarNode { IsNull: false, Text.Length: > 0 } scalar ? null : field.Type switch
    {
        RuleType.Number => decimal.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        RuleType.Flag => scalar.Text is "true" or "false" ? scalar.Text : null,
        _ => scalar.Text,
    };

    private static string Expected(RuleType type) => type switch { RuleType.Number => "A number", RuleType.Flag => "true or false", _ => "A text" };

    private Condition? Wrong(Place place, string path, string message, string cure)
    {
        problems.Add(place, path, message, cure);
        return null;
    }
}
