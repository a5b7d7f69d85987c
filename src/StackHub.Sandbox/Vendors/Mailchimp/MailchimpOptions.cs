using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Mailchimp;

/// <summary>How the simulated Mailchimp account behaves.</summary>
public sealed record MailchimpOptions : VendorOptions
{
    public string ApiKey { get; init; } = "sandbox0000000000000000000000000-us21";

    public string ListId { get; init; } = "a1b2c3d4e5";

    public string WebhookSecret { get; init; } = "sandbox-mc-webhook-secret";

    /// <summary>Calls in any second; what is really limited is connections, ten of them.</summary>
    public int CallsPerSecond { get; init; } = 20;

    /// <summary>How long a permanent deletion takes to show.</summary>
    public TimeSpan DeletionTime { get; init; } = TimeSpan.FromMilliseconds(150);

    public int LargestBatch { get; init; } = 500;

    public int LongestText { get; init; } = 255;
}
