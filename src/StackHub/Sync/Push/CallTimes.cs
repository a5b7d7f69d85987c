using StackHub.Configuration;
using StackHub.Connecting;

namespace StackHub.Sync.Push;

/// <summary>The span, on the hub's clock, that a vendor's time of a write lies in.</summary>
public readonly record struct CallTimes(DateTimeOffset From, DateTimeOffset Until)
{
    /// <param name="storedAt">The vendor's own time of the write, where it answered one.</param>
    public static CallTimes Of(SystemModel system, string objectType, ClockSkew skew, DateTimeOffset sentAt, DateTimeOffset answeredAt, DateTimeOffset? storedAt)
    {
        var precision = system.ObjectOf(objectType).TimePrecision;
        var from = storedAt ?? Floor(skew.ToVendor(system.Id, sentAt), precision);
        // What is seen within the vendor's unit of time may be dated up to its end.
        var until = Floor(skew.ToVendor(system.Id, answeredAt), precision) + precision - TimeSpan.FromMilliseconds(1);
        return new(Merging.Truncated(skew.ToHub(system.Id, from)), Merging.Truncated(skew.ToHub(system.Id, until < from ? from : until)));
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan precision) => new(time.Ticks - time.Ticks % precision.Ticks, time.Offset);
}
