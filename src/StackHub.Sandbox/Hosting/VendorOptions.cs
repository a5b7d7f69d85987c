namespace StackHub.Sandbox.Hosting;

/// <summary>What every simulated vendor can be told at the start.</summary>
public abstract record VendorOptions
{
    public TimeSpan ClockSkew { get; init; }

    /// <summary>How long a write stays invisible to searches and feeds; a read by id sees it at once.</summary>
    public TimeSpan SearchLag { get; init; }

    /// <summary>Calls that were already on their way when a Retry-After was issued are forgiven for this long.</summary>
    public TimeSpan RetryAfterGrace { get; init; } = TimeSpan.FromMilliseconds(250);

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Off: nothing is counted against a limit.</summary>
    public bool EnforceLimits { get; init; } = true;
}
