using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Configuration.Yaml;

namespace StackHub.Configuration.Format;

/// <summary>A whole number and a unit: 30s, 10m, 1h, 7d.</summary>
internal sealed class Duration(TimeSpan least, TimeSpan most) : Shape<TimeSpan?>
{
    public override string Expects => $"A duration from {Text(least)} to {Text(most)}, such as 30s, 10m, 1h or 7d,";

    public override TimeSpan? Read(Node node, string path, ProblemList problems) =>
        node is ScalarNode scalar && Parse(scalar.Text) is { } duration && duration >= least && duration <= most ? duration : Wrong(node, path, problems);

    public override JsonObject Schema() => new() { ["type"] = "string", ["pattern"] = "^[0-9]{1,9}[smhd]$" };

    internal static TimeSpan? Parse(string text) =>
        text.Length is > 1 and <= 10 && Unit(text[^1]) is { } unit && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count * unit
            : null;

    private static TimeSpan? Unit(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };

    private static string Text(TimeSpan span) =>
        span.TotalDays >= 1 ? $"{span.TotalDays}d" : span.TotalHours >= 1 ? $"{span.TotalHours}h" : span.TotalMinutes >= 1 ? $"{span.TotalMinutes}m" : $"{span.TotalSeconds}s";
}
