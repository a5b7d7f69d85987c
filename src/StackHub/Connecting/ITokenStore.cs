using StackHub.Records;

namespace StackHub.Connecting;

/// <summary>
/// Access and refresh tokens, sealed at rest. <see cref="RefreshAsync"/> is single-flight across processes: whoever holds the lease
/// refreshes, the others get its result; a new grant is stored before the old one is forgotten.
/// </summary>
public interface ITokenStore
{
    ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken);

    /// <param name="rejected">The access token the vendor refused, or null; when the stored one is another, it is returned without a refresh.</param>
    /// <param name="refresh">Asks the vendor for a new token, given the stored one.</param>
    Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken);
}

/// <summary>A vendor's grant; it never prints its tokens.</summary>
public sealed record VendorToken(string AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt, string? InstanceUrl = null)
{
    public override string ToString() => "[token]";
}
