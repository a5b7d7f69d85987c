using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace StackHub.Tests.Configuration;

/// <summary>As much of JSON Schema 2020-12 as the configuration's schema uses; an unknown keyword is a failure.</summary>
internal static class SchemaCheck
{
    public static List<string> Errors(JsonElement schema, YamlNode node, string path = "$") =>
        [.. schema.EnumerateObject().SelectMany(keyword => Errors(schema, keyword, node, path))];

    private static IEnumerable<string> Errors(JsonElement schema, JsonProperty keyword, YamlNode node, string path) => keyword.Name switch
    {
        "$schema" or "title" or "description" or "format" => [],
        "type" => Types(keyword.Value).Any(type => Is(node, type)) ? [] : [$"{path}: not {keyword.Value}"],
        "enum" => keyword.Value.EnumerateArray().Any(value => value.GetString() == Text(node)) ? [] : [$"{path}: not in the enum"],
        "const" => keyword.Value.GetString() == Text(node) ? [] : [$"{path}: not the constant"],
        "pattern" => Text(node) is not { } text || Regex.IsMatch(text, keyword.Value.GetString()!) ? [] : [$"{path}: not of the pattern"],
        "minimum" => Number(node) is { } number && number < keyword.Value.GetInt32() ? [$"{path}: too small"] : [],
        "maximum" => Number(node) is { } number && number > keyword.Value.GetInt32() ? [$"{path}: too great"] : [],
        "anyOf" => keyword.Value.EnumerateArray().Any(branch => Errors(branch, node, path).Count == 0) ? [] : [$"{path}: none of the choices"],
        "allOf" => keyword.Value.EnumerateArray().SelectMany(branch => Errors(branch, node, path)),
        "if" => Errors(keyword.Value, node, path).Count == 0 ? Errors(schema.GetProperty("then"), node, path) : [],
        "then" => [],
        "required" => keyword.Value.EnumerateArray().Where(name => Child(node, name.GetString()!) is null).Select(name => $"{path}: no {name}"),
        "properties" => keyword.Value.EnumerateObject().SelectMany(property => Child(node, property.Name) is { } child ? Errors(property.Value, child, $"{path}.{property.Name}") : []),
        "patternProperties" => keyword.Value.EnumerateObject().SelectMany(pattern => Children(node).Where(child => Regex.IsMatch(child.Key, pattern.Name)).SelectMany(child => Errors(pattern.Value, child.Value, $"{path}.{child.Key}"))),
        "additionalProperties" => Others(schema, node).SelectMany(child => keyword.Value.ValueKind == JsonValueKind.False ? [$"{path}: no key {child.Key}"] : Errors(keyword.Value, child.Value, $"{path}.{child.Key}")),
        "propertyNames" => Children(node).SelectMany(child => Errors(keyword.Value, new YamlScalarNode(child.Key), $"{path}.{child.Key}")),
        "items" => node is YamlSequenceNode list ? list.SelectMany(item => Errors(keyword.Value, item, $"{path}[]")) : [],
        _ => [$"{path}: keyword {keyword.Name}?"],
    };

    private static IEnumerable<KeyValuePair<string, YamlNode>> Others(JsonElement schema, YamlNode node) => Children(node).Where(child =>
        !(schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(child.Key, out _))
        && !(schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(pattern => Regex.IsMatch(child.Key, pattern.Name))));

    private static IEnumerable<KeyValuePair<string, YamlNode>> Children(YamlNode node) =>
        node is YamlMappingNode map ? map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, entry.Value)) : [];

    private static YamlNode? Child(YamlNode node, string name) => Children(node).FirstOrDefault(child => child.Key == name).Value;

    private static string? Text(YamlNode node) => (node as YamlScalarNode)?.Value;

    private static int? Number(YamlNode node) => int.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    /// <summary>As YAML 1.2's core schema types plain scalars.</summary>
    private static bool Is(YamlNode node, string type) => node switch
    {
        YamlMappingNode => type == "object",
        YamlSequenceNode => type == "array",
        YamlScalarNode { Style: not ScalarStyle.Plain } => type == "string",
        YamlScalarNode { Value: "" or "~" or "null" } => type == "null",
        YamlScalarNode { Value: "true" or "false" } => type == "boolean",
        YamlScalarNode scalar when Number(scalar) is not null => type is "integer" or "number",
        YamlScalarNode scalar when double.TryParse(scalar.Value, CultureInfo.InvariantCulture, out _) => type == "number",
        _ => type == "string",
    };
}
