using StackHub.Connecting;

namespace StackHub.Connectors.Zendesk;

/// <summary>
/// A user's addresses. Writing another one adds it as secondary; it takes a call of its own to put it first. The former one stays as
/// secondary, so that mails from it still find the person.
/// </summary>
internal sealed class ZendeskEmails(ZendeskApi api)
{
    private const string Type = "email";

    /// <summary>Whether the write changes the primary address.</summary>
    public static bool Changes(RecordWrite write, ZendeskItem current) => write.Fields.Any(field =>
        field.VendorField == ZendeskFields.Email && !string.Equals(field.Value.Text ?? "", current.Email ?? "", StringComparison.OrdinalIgnoreCase));

    public async Task PutFirstAsync(string userId, RecordWrite write, CancellationToken cancellationToken)
    {
        var address = write.Fields.First(field => field.VendorField == ZendeskFields.Email).Value.Text;
        var addresses = (await api.IdentitiesAsync(userId, cancellationToken).ConfigureAwait(false)).Where(identity => identity.Type == Type).ToArray();
        if (address is null)
        {
            if (addresses.FirstOrDefault(identity => identity.Primary == true) is { } primary)
                await api.DeleteIdentityAsync(userId, primary.Id, cancellationToken).ConfigureAwait(false);
        }
        else if (addresses.FirstOrDefault(identity => address.Equals(identity.Value, StringComparison.OrdinalIgnoreCase)) is { } added && added.Primary != true)
        {
            await api.MakePrimaryAsync(userId, added.Id, cancellationToken).ConfigureAwait(false);
        }
    }
}
