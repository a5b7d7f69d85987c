using System.Text.Json;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot.Search;

/// <summary>One condition of a search as it was sent.</summary>
internal sealed record SearchFilter(string Property, string Operator, string? Value, string? HighValue, IReadOnlyList<string> Values)
{
    private static readonly string[] Operators =
        ["EQ", "NEQ", "LT", "LTE", "GT", "GTE", "BETWEEN", "IN", "NOT_IN", "HAS_PROPERTY", "NOT_HAS_PROPERTY", "CONTAINS_TOKEN", "NOT_CONTAINS_TOKEN"];

    public static SearchFilter Read(JsonElement json, HubSpotErrors errors)
    {
        var property = json.Text("propertyName") ?? throw errors.Missing("propertyName");
        var name = json.Text("operator") ?? throw errors.Missing("operator");
        if (!Operators.Contains(name))
            throw errors.Invalid($"Invalid input JSON on line 1, column 1: Cannot deserialize value of type `Operator` from String \"{name}\": not one of the values accepted for Enum class: [{string.Join(", ", Operators)}]");
        var filter = new SearchFilter(property, name, json.Member("value")?.AsText(), json.Member("highValue")?.AsText(), [.. json.Texts("values")]);
        var isWhole = name switch
        {
            "HAS_PROPERTY" or "NOT_HAS_PROPERTY" => true,
            "IN" or "NOT_IN" => filter.Values.Count > 0,
            "BETWEEN" => filter is { Value: not null, HighValue: not null },
            _ => filter.Value is not null,
        };
        return isWhole ? filter : throw errors.Invalid($"operator {name} requires {(name is "IN" or "NOT_IN" ? "values" : "a value")} for property {property}");
    }
}
