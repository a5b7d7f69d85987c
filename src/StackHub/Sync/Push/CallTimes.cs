using StackHub.Configuration;
using StackHub.Connecting;

namespace StackHub.Sync.Push;

/// <summary>When a write happened, on the hub's clock: the span that the vendor's time of it lies in, and its place among the observations.</summary>
public readonly record struct CallTimes(DateTimeOffset Since, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>
    /// Of a write that was answered. A vendor that dates in coarse units gives many things the same time; then a write's place is that of its
    /// answer: what was asked for earlier may not show it yet, and what is asked for later does.
    /// </summary>
    /// <param name="storedAt">The vendor's own time of the write, where it answered one.</param>
    public static CallTimes Answered(SystemModel system, string objectType, ClockSkew skew, DateTimeOffset sentAt, DateTimeOffset answeredAt, DateTimeOffset? storedAt)
    {
        var precision = system.ObjectOf(objectType).TimePrecision;
        var (sent, answered) = (skew.ToVendor(system.Id, sentAt), skew.ToVendor(system.Id, answeredAt));
        if (storedAt is not { } stored)
            return Of(system, skew, precision, Floor(sent, precision), precision > ReadTime.Fine ? ReadTime.Refined(Floor(answered, precision), precision, answered) : sent, answered);
        // A vendor may date the field and its record by two looks at its clock, both within the call.
        var call = answeredAt - sentAt;
        return Of(system, skew, precision, Floor(stored - call, precision), ReadTime.Refined(stored, precision, answered), stored + call);
    }

    /// <summary>Of a write that was sent: should it have been stored, then after that.</summary>
    public static CallTimes Unanswered(SystemModel system, string objectType, ClockSkew skew, DateTimeOffset sentAt, DateTimeOffset until)
    {
        var precision = system.ObjectOf(objectType).TimePrecision;
        var sent = skew.ToVendor(system.Id, sentAt);
        var since = Floor(sent, precision);
        return Of(system, skew, precision, since, ReadTime.Refined(since, precision, sent), skew.ToVendor(system.Id, until));
    }

    private static CallTimes Of(SystemModel system, ClockSkew skew, TimeSpan precision, DateTimeOffset since, DateTimeOffset at, DateTimeOffset until)
    {
        // What is seen within the vendor's unit of time may be dated up to its end.
        var end = Floor(until, precision) + precision - ReadTime.Fine;
        return new(Hub(since), Hub(at), Hub(end < at ? at : end));

        DateTimeOffset Hub(DateTimeOffset time) => Merging.Truncated(skew.ToHub(system.Id, time));
    }

    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan precision) => new(time.Ticks - time.Ticks % precision.Ticks, time.Offset);
}
