using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.HubSpot;

/// <summary>The portal's users, whom HubSpot calls owners; it tells neither their logins nor the seats paid for.</summary>
internal sealed class HubSpotUsage(HubSpotApi api)
{
    public static readonly VendorUsage Told = new(Seats: null, CallsUsed: null, CallsAllowed: null, TellsLogins: false);

    public async IAsyncEnumerable<VendorUser> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await api.OwnersAsync(after, cancellationToken).ConfigureAwait(false);
            foreach (var owner in page.Results)
                if (owner.Email is { Length: > 0 } address)
                    yield return new(address, LastLogin: null);
            after = page.Paging?.Next?.After;
        }
        while (after is not null);
    }
}
