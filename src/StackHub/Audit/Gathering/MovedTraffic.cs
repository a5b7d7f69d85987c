using System.Collections.Immutable;
using NodaTime;
using StackHub.Audit.Inventory;
using StackHub.Flows;

namespace StackHub.Audit.Gathering;

/// <summary>The counts of all processes together.</summary>
/// <param name="Since">The first day anything was counted; null when nothing was.</param>
/// <param name="ErrorRates">Refused writes of all writes, by system.</param>
internal sealed record MovedTraffic(LocalDate? Since, ImmutableArray<SystemDay> Days, ImmutableArray<UnknownOrigin> Origins, ImmutableDictionary<string, double> ErrorRates)
{
    public static MovedTraffic Of(IReadOnlyCollection<(DateOnly Day, TrafficCounts Counts)> counted)
    {
        var days = counted
            .SelectMany(one => one.Counts.Systems, (one, system) => (Day: LocalDate.FromDateOnly(one.Day), system))
            .GroupBy(one => (one.system.System, one.Day), one => one.system)
            .Select(group => new SystemDay(group.Key.System, group.Key.Day, group.Sum(one => one.Received), group.Sum(one => one.Written), group.Sum(one => one.Refused), group.Sum(one => one.Values)))
            .OrderBy(day => day.System, StringComparer.Ordinal).ThenBy(day => day.Day).ToImmutableArray();
        return new(
            counted.Count == 0 ? null : counted.Min(one => LocalDate.FromDateOnly(one.Day)),
            days,
            [.. counted.SelectMany(one => one.Counts.Origins, (one, origin) => (Day: LocalDate.FromDateOnly(one.Day), origin)).GroupBy(one => one.origin.Origin, StringComparer.Ordinal).Select(Origin)],
            days.GroupBy(day => day.System, StringComparer.Ordinal)
                .Where(group => group.Sum(day => day.Written + day.Refused) > 0)
                .ToImmutableDictionary(group => group.Key, group => (double)group.Sum(day => day.Refused) / group.Sum(day => day.Written + day.Refused)));
    }

    private static UnknownOrigin Origin(IGrouping<string, (LocalDate Day, OriginTraffic Traffic)> group) =>
        new(group.Key, group.Min(one => one.Day), group.Max(one => one.Day), group.Sum(one => one.Traffic.Calls)) { Fields = [.. group.SelectMany(one => one.Traffic.Fields)] };
}

internal sealed record SystemDay(string System, LocalDate Day, long Received, long Written, long Refused, long Values);
