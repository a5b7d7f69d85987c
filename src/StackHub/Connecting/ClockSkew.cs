using System.Collections.Concurrent;
using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// How far each vendor's clock is from ours, measured from the Date headers of its answers. Each answer bounds the difference from both
/// sides (the header is cut to whole seconds and was made between sending and answering), and the bounds of many answers together are
/// narrow. A difference below <see cref="Tolerance"/> counts as none, so that times do not wobble.
/// </summary>
public sealed class ClockSkew
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<SystemId, Bounds> bounds = new();

    /// <summary>Vendor's clock minus ours.</summary>
    public TimeSpan Of(SystemId system) => bounds.TryGetValue(system, out var known) ? known.Offset : TimeSpan.Zero;

    public DateTimeOffset ToHub(SystemId system, DateTimeOffset vendorTime) => vendorTime - Of(system);

    public DateTimeOffset ToVendor(SystemId system, DateTimeOffset hubTime) => hubTime + Of(system);

    public void Read(SystemId system, DateTimeOffset vendorTime, DateTimeOffset sent, DateTimeOffset answered)
    {
        var reading = new Bounds(vendorTime - answered, vendorTime.AddSeconds(1) - sent, TimeSpan.Zero).Estimated();
        bounds.AddOrUpdate(system, reading, (_, known) => known.Narrowed(reading));
    }

    private sealed record Bounds(TimeSpan Low, TimeSpan High, TimeSpan Offset)
    {
        public Bounds Narrowed(Bounds reading)
        {
            var (low, high) = (Low > reading.Low ? Low : reading.Low, High < reading.High ? High : reading.High);
            if (low > high)
                return reading; // the clock was set: start again
            return low == Low && high == High ? this : new Bounds(low, high, Offset).Estimated();
        }

        /// <summary>Keeps the estimate it has while that is still possible.</summary>
        public Bounds Estimated() => Offset >= Low - Tolerance && Offset <= High + Tolerance
            ? this
            : this with { Offset = TimeSpan.FromSeconds(Math.Round((Low + High).TotalSeconds / 2, 1)) };
    }
}
