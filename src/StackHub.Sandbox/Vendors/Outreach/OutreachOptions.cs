using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Outreach;

/// <summary>How the simulated Outreach account behaves.</summary>
public sealed record OutreachOptions : VendorOptions
{
    public VendorCredentials Credentials { get; init; } = new("sandbox-or-client", "sandbox-or-secret", "sandbox-or-refresh");

    public string WebhookSecret { get; init; } = "sandbox-or-webhook-secret";

    public int CallsPerHour { get; init; } = 10_000;

    /// <summary>How long a compliance request is pending and running.</summary>
    public TimeSpan ComplianceTime { get; init; } = TimeSpan.FromMilliseconds(150);

    public int LongestText { get; init; } = 255;
}
