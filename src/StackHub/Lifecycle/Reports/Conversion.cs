using System.Globalization;
using StackHub.Lifecycle.Journeys;

namespace StackHub.Lifecycle.Reports;

/// <summary>A share, with what it is a share of, so that nobody mistakes one kind for another.</summary>
/// <param name="Kind">"cohort" or "period".</param>
/// <param name="IsImmature">Some of those who entered still have time to convert.</param>
public sealed record Conversion(string Kind, int Entered, int Converted, bool IsImmature)
{
    public double? Percent => Entered == 0 || IsImmature ? null : 100.0 * Converted / Entered;

    public override string ToString() =>
        Entered == 0 ? "n/a" : IsImmature ? "immature" : string.Create(CultureInfo.InvariantCulture, $"{Percent:0.0} % ({Kind})");
}

/// <summary>Who enters a stage in a period, and how many of them come to another.</summary>
public static class Conversions
{
    /// <summary>Of the cycles that entered in the period, those that came farther within so many days.</summary>
    public static Conversion Cohort(IEnumerable<Cycle> cycles, string from, string to, DateTimeOffset start, DateTimeOffset end, TimeSpan within, DateTimeOffset now)
    {
        var entries = cycles.Select(cycle => (Entry: cycle.First(from), Reached: cycle.First(to))).Where(pair => pair.Entry is { } entry && entry.At >= start && entry.At < end).ToArray();
        return new("cohort", entries.Length,
            entries.Count(pair => pair.Reached is { } reached && reached.At - pair.Entry!.At <= within),
            entries.Any(pair => pair.Entry!.At + within > now));
    }

    /// <summary>Entries of both stages in the same period, of whichever cycles.</summary>
    public static Conversion Period(IEnumerable<Cycle> cycles, string from, string to, DateTimeOffset start, DateTimeOffset end)
    {
        int Count(string stage) => cycles.Count(cycle => cycle.First(stage) is { } entry && entry.At >= start && entry.At < end);
        return new("period", Count(from), Count(to), IsImmature: false);
    }
}
