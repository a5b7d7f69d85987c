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

    /// <summary>
    /// Carry runs out in the process that was asked for them. False where a host may end an idle process at any time: there the queue's
    /// message does it.
    /// </summary>
    public bool RunsInBackground { get; set; } = true;

    /// <summary>Forms an address may send to the public intake within <see cref="IntakeWindow"/>.</summary>
    public int IntakePerAddress { get; set; } = 20;

    /// <summary>Forms all addresses together may send to the public intake within a minute.</summary>
    public int IntakePerMinute { get; set; } = 300;

    public TimeSpan IntakeWindow { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a sign-in to the console lasts.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(10);
}
