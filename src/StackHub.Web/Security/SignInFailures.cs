using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace StackHub.Web.Security;

/// <summary>Counts wrong keys by address, and shuts an address out for the rest of its window. An IPv6 caller is its /64.</summary>
internal sealed class SignInFailures(IOptions<WebOptions> options, TimeProvider time, ILogger<SignInFailures> logger)
{
    /// <summary>Addresses remembered; a flood of new ones forgets the oldest windows first.</summary>
    private const int Capacity = 10_000;
    private readonly ConcurrentDictionary<IPAddress, Window> windows = new();

    /// <summary>How long the address stays shut out; null when it is not.</summary>
    public TimeSpan? Wait(IPAddress address) =>
        windows.TryGetValue(CallerAddress.NetworkOf(address), out var window) && window.Count >= options.Value.MaxFailures && window.End - time.GetUtcNow() is { Ticks: > 0 } left ? left : null;

    public void Add(IPAddress address)
    {
        var now = time.GetUtcNow();
        var window = windows.AddOrUpdate(CallerAddress.NetworkOf(address),
            _ => new(1, now + options.Value.FailureWindow),
            (_, old) => old.End <= now ? new(1, now + options.Value.FailureWindow) : old with { Count = old.Count + 1 });
        if (window.Count == options.Value.MaxFailures)
            logger.SignInsShutOut(window.End);
        if (windows.Count > Capacity)
            Forget(now);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, window) in windows.OrderBy(entry => entry.Value.End))
            if (window.End <= now || windows.Count > Capacity * 9 / 10)
                windows.TryRemove(address, out _);
    }

    private sealed record Window(int Count, DateTimeOffset End);
}
