using System.Globalization;
using System.Text.RegularExpressions;

namespace StackHub.Privacy.Clocks;

public enum TermUnit
{
    Months,
    Days,
    BusinessDays,
}

/// <summary>How long a law gives, such as "1 month", "45 days" or "10 business days".</summary>
public readonly partial record struct Term(int Count, TermUnit Unit)
{
    public static Term Parse(string text) => Pattern().Match(text) is { Success: true } match
        ? new(int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture), Named(match.Groups["unit"].Value))
        : throw new FormatException($"Term '{text}': write months, days or business days, such as 1 month, 45 days or 10 business days.");

    public override string ToString() => (Count, Unit) switch
    {
        (1, TermUnit.Months) => "1 month",
        (_, TermUnit.Months) => $"{Count} months",
        (_, TermUnit.Days) => $"{Count} days",
        _ => $"{Count} business days",
    };

    private static TermUnit Named(string unit) => unit switch
    {
        "month" or "months" => TermUnit.Months,
        "day" or "days" => TermUnit.Days,
        _ => TermUnit.BusinessDays,
    };

    [GeneratedRegex(@"^(?<count>[1-9]\d{0,3}) (?<unit>months?|days?|business days?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
