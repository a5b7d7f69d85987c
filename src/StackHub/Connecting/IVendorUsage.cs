namespace StackHub.Connecting;

/// <summary>A connector that can tell who has an account in the tool, and how much of it is used.</summary>
public interface IVendorUsage
{
    /// <summary>Everybody with an account that is not disabled, page by page.</summary>
    IAsyncEnumerable<VendorUser> UsersAsync(CancellationToken cancellationToken);

    /// <summary>Seats and calls, where the vendor tells them.</summary>
    Task<VendorUsage> UsageAsync(CancellationToken cancellationToken);
}

/// <summary>An account. It never prints its address.</summary>
/// <param name="Address">The user's e-mail address, by which lists agree.</param>
/// <param name="LastLogin">Null for one who never came, and when the vendor does not say.</param>
public sealed record VendorUser(string Address, DateTimeOffset? LastLogin)
{
    public override string ToString() => "vendor user";
}

/// <summary>What the vendor says of its use; null where it does not.</summary>
/// <param name="TellsLogins">The vendor says when each user was last there: one without a time never was.</param>
public sealed record VendorUsage(int? Seats, long? CallsUsed, long? CallsAllowed, bool TellsLogins);
