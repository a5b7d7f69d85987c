using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>
/// Intercom's notifications: https://developers.intercom.com/docs/references/2.15/webhooks/webhook-models.
/// Items of created and updated records are whole; deletions carry ids only; a merge names the loser in the survivor.
/// </summary>
internal sealed class IntercomWebhooks(SystemId system, string? clientSecret) : IWebhookReceiver
{
    private const string Header = "x-hub-signature";
    private const string Scheme = "sha1=";

    /// <summary>Intercom stops sending on 410 and slows down on 429, so "received" is a plain 200.</summary>
    public WebhookReply Accepted { get; } = new(200);

    /// <summary>Intercom signs no time, so there is no window: the replay memory is what stops a replay.</summary>
    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        if (!request.Headers.TryGetValue(Header, out var said) || said.Length == 0)
            return SignatureVerdict.Missing;
        if (clientSecret is null)
            return SignatureVerdict.Mismatch;

        var expected = Scheme + Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(clientSecret), request.Body.Span));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(said.Trim().ToLowerInvariant()))
            ? SignatureVerdict.Valid
            : SignatureVerdict.Mismatch;
    }

    public string? ReplayKey(WebhookRequest request) => Read(request.Body).Id;

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var notification = Read(body);
        return notification.Topic switch
        {
            null => throw new WebhookFormatException("The notification has no topic."),
            "contact.user.created" or "contact.lead.created" or "contact.user.updated" or "contact.lead.updated"
                or "contact.lead.added_email" or "contact.lead.signed_up" or "contact.email.updated" or "contact.unarchive"
                or "contact.subscribed" or "contact.unsubscribed" => [SeenOrTouched(notification, IntercomFields.Contacts, "contact")],
            "contact.deleted" or "contact.archived" => [Deleted(notification, IntercomFields.Contacts)],
            "contact.merged" => Merged(notification),
            "company.created" or "company.updated" => [SeenOrTouched(notification, IntercomFields.Companies, "company")],
            "company.deleted" => [Deleted(notification, IntercomFields.Companies)],
            "company.contact.attached" => [Attached(notification)],
            // The contact is read for the companies that are left.
            "company.contact.detached" => [Touched(notification, IntercomFields.Contacts, "contact")],
            _ => [],
        };
    }

    private Change SeenOrTouched(IntercomNotification notification, string objectType, string type)
    {
        var item = ItemOf(notification);
        if (item.Text("type") is { } said && said != type)
            return Touched(notification, objectType, type); // contact.unsubscribed wraps the contact in a subscription
        var @ref = RefOf(item, objectType);
        return item.UpdatedAt is { } updated
            ? new Change.Seen(IntercomMapping.ToRecord(item, @ref, updated))
            : new Change.Touched(@ref);
    }

    private Change.Touched Touched(IntercomNotification notification, string objectType, string child)
    {
        var item = ItemOf(notification);
        return new Change.Touched(RefOf(item.Text("type") == child ? item : item.Child(child) ?? default, objectType));
    }

    /// <summary>An attachment that the hub made needs no read; any other one does, as the contact may have other companies.</summary>
    private Change Attached(IntercomNotification notification)
    {
        var contact = Touched(notification, IntercomFields.Contacts, "contact");
        return ItemOf(notification).Child("company")?.Id is { } company
            ? new Change.Seen(new(contact.Ref, TimeOf(notification), new Dictionary<string, ExternalValue> { [IntercomFields.Company] = new(company) }) { TellsChange = true })
            : contact;
    }

    private Change.Deleted Deleted(IntercomNotification notification, string objectType) =>
        new(RefOf(ItemOf(notification), objectType), TimeOf(notification));

    private Change[] Merged(IntercomNotification notification)
    {
        var survivor = SeenOrTouched(notification, IntercomFields.Contacts, "contact");
        return ItemOf(notification).Child("merged_from") is { } loser
            ? [new Change.Moved(RefOf(loser, IntercomFields.Contacts), survivor.Ref, TimeOf(notification)), survivor]
            : [survivor];
    }

    private ExternalRef RefOf(IntercomItem item, string objectType) =>
        item.Id is { Length: > 0 } id ? new ExternalRef(system, objectType, id) : throw new WebhookFormatException("The notification's item has no id.");

    private static DateTimeOffset TimeOf(IntercomNotification notification) =>
        notification.CreatedAt is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : throw new WebhookFormatException("The notification has no created_at.");

    private static IntercomItem ItemOf(IntercomNotification notification) =>
        new IntercomItem(notification.Data).Child("item") ?? throw new WebhookFormatException("The notification has no data.item.");

    private static IntercomNotification Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, IntercomJson.Default.IntercomNotification) is { Type: "notification_event" } notification
                ? notification
                : throw new WebhookFormatException("The body is not a notification_event.");
        }
        catch (JsonException e) // its message can quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"The body is not a notification at line {e.LineNumber}.");
        }
    }
}
