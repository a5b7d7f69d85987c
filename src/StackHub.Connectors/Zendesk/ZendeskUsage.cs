using System.Globalization;
using System.Runtime.CompilerServices;
using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>Agents and admins with their last login; Zendesk does not tell how many seats are paid for.</summary>
internal sealed class ZendeskUsage(ZendeskApi api)
{
    public static readonly VendorUsage Told = new(Seats: null, CallsUsed: null, CallsAllowed: null, TellsLogins: true);

    public async IAsyncEnumerable<VendorUser> UsersAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        do
        {
            var page = await api.StaffAsync(after, cancellationToken).ConfigureAwait(false);
            foreach (var user in page.Items)
                if (user is { IsStaff: true, IsDeleted: false, Email: { Length: > 0 } address } && user.Get("suspended") is not { ValueKind: System.Text.Json.JsonValueKind.True })
                    yield return new(address, Time(user.Text("last_login_at")));
            after = page.Meta is { HasMore: true } meta ? meta.AfterCursor : null;
        }
        while (after is not null);
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
