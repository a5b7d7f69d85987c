using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>What is ahead of a new request in a system.</summary>
/// <param name="Waiting">Calls that what already waits will take.</param>
/// <param name="PerDay">Calls the vendor allows in a day, by the tightest of its limits; null when it names none.</param>
public sealed record SystemLoad(int Waiting, int? PerDay)
{
    /// <summary>Asking, asking after it, reading that the person is absent, and once more when the quiet window ends.</summary>
    private const int CallsAnErasure = 4;

    /// <param name="records">Records that wait to be written.</param>
    /// <param name="tasks">Privacy tasks that are open there.</param>
    public static SystemLoad Of(SystemModel system, int records, int tasks)
    {
        var batch = system.OfKind(RecordKind.Person).Select(type => type.WritesOneByOne ? 1 : type.WriteBatch).DefaultIfEmpty(1).Min();
        return new((records + batch - 1) / batch + tasks * CallsAnErasure, PerDayOf(system.Connector.Limits));
    }

    private static int? PerDayOf(IEnumerable<RateLimit> limits)
    {
        int[] days = [.. limits.Where(limit => limit.Scope == "*").Select(limit => (int)Math.Min(int.MaxValue, limit.Permits * (TimeSpan.FromDays(1) / limit.Window)))];
        return days.Length == 0 ? null : days.Min();
    }
}
