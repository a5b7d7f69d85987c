using StackHub.Calendars;
using StackHub.Lifecycle.Journeys;

namespace StackHub.Lifecycle.Reports;

/// <summary>How long cycles stay in a stage, and how often it is skipped.</summary>
/// <param name="Median">Of those that were really in it; null when none left it yet.</param>
/// <param name="SkipRate">The share of entries that were only inferred; null without entries.</param>
public sealed record Velocity(string Stage, int Entries, TimeSpan? Median, TimeSpan? Percentile90, double? SkipRate)
{
    /// <summary>The same in working time, which is what people were given.</summary>
    public TimeSpan? WorkingMedian { get; init; }

    public TimeSpan? WorkingPercentile90 { get; init; }

    public static Velocity Of(string stage, IEnumerable<Cycle> cycles, BusinessCalendar hours)
    {
        var entries = cycles.SelectMany(cycle => cycle.Entries).Where(entry => entry.Stage == stage).ToArray();
        var left = entries.Where(entry => entry is { Inferred: false, LeftAt: not null }).Select(entry => (entry.At, LeftAt: entry.LeftAt!.Value)).ToArray();
        var stays = left.Select(stay => stay.LeftAt - stay.At).Order().ToArray();
        var worked = ReferenceEquals(hours, BusinessCalendar.Always) ? stays : left.Select(stay => hours.Between(stay.At, stay.LeftAt)).Order().ToArray();
        return new(stage, entries.Length, At(stays, 0.5), At(stays, 0.9), entries.Length == 0 ? null : (double)entries.Count(entry => entry.Inferred) / entries.Length)
        {
            WorkingMedian = At(worked, 0.5),
            WorkingPercentile90 = At(worked, 0.9),
        };
    }

    /// <summary>By nearest rank.</summary>
    private static TimeSpan? At(TimeSpan[] sorted, double share) => sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
