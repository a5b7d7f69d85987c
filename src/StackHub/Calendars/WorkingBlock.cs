using NodaTime;
using NodaTime.TimeZones;

namespace StackHub.Calendars;

/// <summary>A stretch of work within one day; midnight as its end is the end of the day.</summary>
public readonly record struct WorkingBlock(LocalTime From, LocalTime Until)
{
    // A block that starts or ends in the hour a clock skips does so at the skip; an hour that comes twice is worked twice.
    private static readonly ZoneLocalMappingResolver Opening = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver Closing = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    public bool IsForward => Until == LocalTime.Midnight || From < Until;

    internal bool Overlaps(WorkingBlock next) => Until == LocalTime.Midnight || next.From < Until;

    internal (Instant Open, Instant Close) On(LocalDate date, DateTimeZone zone) => (
        date.At(From).InZone(zone, Opening).ToInstant(),
        (Until == LocalTime.Midnight ? date.PlusDays(1).AtMidnight() : date.At(Until)).InZone(zone, Closing).ToInstant());
}
