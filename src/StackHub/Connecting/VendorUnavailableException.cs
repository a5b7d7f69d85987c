using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>The vendor cannot be used now: down, throttling, refusing our credentials. Its message never holds personal data.</summary>
public sealed class VendorUnavailableException : Exception
{
    public VendorUnavailableException(SystemId system, string reason, TimeSpan? retryAfter = null, Exception? inner = null)
        : base($"{system}: {reason}", inner)
    {
        System = system;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    public SystemId System { get; }

    public string Reason { get; }

    /// <summary>How long the vendor asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>True when a request was sent and no answer came: it may have been carried out.</summary>
    public bool Uncertain { get; init; }

    /// <summary>True when only a person can mend it (revoked grant, disabled account).</summary>
    public bool NeedsPerson { get; init; }
}
