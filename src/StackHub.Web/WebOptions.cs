namespace StackHub.Web;

/// <summary>How the web part meets the world.</summary>
public sealed class WebOptions
{
    /// <summary>
    /// Believe X-MS-CLIENT-PRINCIPAL. Only where App Service authentication sets it and strips what callers send; anywhere else everyone
    /// could be anyone.
    /// </summary>
    public bool PlatformAuthentication { get; set; }

    /// <summary>Take the caller's address from the last X-Forwarded-For entry: the one the nearest proxy wrote.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>Wrong keys an address may present within <see cref="FailureWindow"/>.</summary>
    public int MaxFailures { get; set; } = 20;

    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(5);
}
