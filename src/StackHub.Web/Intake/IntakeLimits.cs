using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using StackHub.Web.Security;

namespace StackHub.Web.Intake;

/// <summary>How many forms strangers may send: by network, and all together, in each process.</summary>
internal sealed class IntakeLimits(IOptions<WebOptions> options, TimeProvider time)
{
    /// <summary>Networks remembered; a flood of new ones forgets the oldest windows first, and meets the limit of all.</summary>
    private const int Capacity = 10_000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IPAddress, Window> windows = new();
    private readonly Lock gate = new();
    private Window all;

    /// <summary>Counts one; how long to wait instead when there were too many.</summary>
    public TimeSpan? Take(IPAddress address)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            all = all.Next(now, Minute);
            var own = windows.GetValueOrDefault(CallerAddress.NetworkOf(address)).Next(now, options.Value.IntakeWindow);
            windows[CallerAddress.NetworkOf(address)] = own;
            if (windows.Count > Capacity)
                Forget(now);
            return own.Count > options.Value.IntakePerAddress ? own.End - now : all.Count > options.Value.IntakePerMinute ? all.End - now : null;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (network, window) in windows.OrderBy(entry => entry.Value.End))
            if (window.End <= now || windows.Count > Capacity * 9 / 10)
                windows.TryRemove(network, out _);
    }

    private readonly record struct Window(int Count, DateTimeOffset End)
    {
        public Window Next(DateTimeOffset now, TimeSpan length) => End <= now ? new(1, now + length) : this with { Count = Count + 1 };
    }
}
