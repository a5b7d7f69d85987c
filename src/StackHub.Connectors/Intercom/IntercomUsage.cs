using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.Intercom;

/// <summary>Teammates, and how many of them have a paid inbox seat; Intercom does not tell their logins.</summary>
internal sealed class IntercomUsage(IntercomApi api)
{
    public async IAsyncEnumerable<VendorUser> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var admin in await api.AdminsAsync(cancellationToken))
            if (admin.Email is { Length: > 0 } address)
                yield return new(address, LastLogin: null);
    }

    public async Task<VendorUsage> UsageAsync(CancellationToken cancellationToken) =>
        new(Seats: (await api.AdminsAsync(cancellationToken)).Count(admin => admin.HasInboxSeat == true), CallsUsed: null, CallsAllowed: null, TellsLogins: false);
}
