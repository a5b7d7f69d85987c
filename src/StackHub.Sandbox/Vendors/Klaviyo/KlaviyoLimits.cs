using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>A burst and a steady limit for each endpoint, by its size.</summary>
internal sealed class KlaviyoLimits(KlaviyoOptions options)
{
    private readonly Dictionary<string, (RollingWindow Burst, RollingWindow Steady)> windows = [];

    /// <summary>How long until the call would be let in; null when it is.</summary>
    public TimeSpan? Enter(string operation, DateTimeOffset now)
    {
        var (burst, steady) = Of(operation);
        var wait = burst.UntilFree(now) > steady.UntilFree(now) ? burst.UntilFree(now) : steady.UntilFree(now);
        if (wait > TimeSpan.Zero)
            return wait;
        _ = burst.TryEnter(now) && steady.TryEnter(now);
        return null;
    }

    /// <summary>Headers tell of the steady window.</summary>
    public Answer Stamp(string operation, Answer answer, DateTimeOffset now)
    {
        var (_, steady) = Of(operation);
        return answer
            .With("RateLimit-Limit", $"{steady.Limit}")
            .With("RateLimit-Remaining", $"{steady.Remaining(now)}")
            .With("RateLimit-Reset", $"{Math.Ceiling(steady.UntilFree(now).TotalSeconds)}");
    }

    private (RollingWindow Burst, RollingWindow Steady) Of(string operation)
    {
        if (windows.TryGetValue(operation, out var known))
            return known;
        var (burst, steady) = SizeOf(operation);
        return windows[operation] = (new(burst, TimeSpan.FromSeconds(1)), new(steady, TimeSpan.FromMinutes(1)));
    }

    private (int Burst, int Steady) SizeOf(string operation) => operation switch
    {
        "deletions.create" => options.Small,
        "imports.create" or "imports.get" or "imports.errors" or "profiles.merge" => options.Medium,
        _ => options.Large,
    };
}
