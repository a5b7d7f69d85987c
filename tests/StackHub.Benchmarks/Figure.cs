namespace StackHub.Benchmarks;

/// <summary>One row of the table: what was measured beside its goal; <paramref name="Met"/> is null where there is no goal.</summary>
internal sealed record Figure(string Name, string Value, string Goal, bool? Met)
{
    public static Figure AtLeast(string name, double value, double goal, string unit) => new(name, $"{Text(value)} {unit}", $">= {Text(goal)}", value >= goal);

    public static Figure AtMost(string name, double value, double goal, string unit) => new(name, $"{Text(value)} {unit}", $"<= {Text(goal)}", value <= goal);

    public static Figure Only(string name, string value) => new(name, value, "", null);

    public static string Table(IReadOnlyList<Figure> figures)
    {
        var name = figures.Max(figure => figure.Name.Length);
        var value = figures.Max(figure => figure.Value.Length);
        var goal = Math.Max(4, figures.Max(figure => figure.Goal.Length));
        string Row(string first, string second, string third, string fourth) => $"| {first.PadRight(name)} | {second.PadLeft(value)} | {third.PadLeft(goal)} | {fourth,-4} |";
        return string.Join(Environment.NewLine,
        [
            Row("figure", "measured", "goal", "met"),
            $"|{new string('-', name + 2)}|{new string('-', value + 2)}|{new string('-', goal + 2)}|------|",
            .. figures.Select(figure => Row(figure.Name, figure.Value, figure.Goal, figure.Met switch { true => "yes", false => "NO", null => "" })),
        ]);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static string Text(double value) => value >= 100 ? value.ToString("N0") : value >= 10 ? value.ToString("0.0") : value.ToString("0.00");
}
