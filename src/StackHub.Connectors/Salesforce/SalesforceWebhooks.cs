using System.Security.Cryptography;
using System.Text;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>
/// Outbound messages. They are not signed, so two things prove them: a secret in the endpoint's address, which only this hub and the
/// organisation's setup know, and the organisation's id inside.
/// </summary>
internal sealed class SalesforceWebhooks(SystemId system, SalesforceOptions options) : IWebhookReceiver
{
    private const string Ack =
        """<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>""";

    /// <summary>Without this very answer Salesforce sends the message again for 24 hours.</summary>
    public WebhookReply Accepted { get; } = new(200, "text/xml; charset=utf-8", Ack);

    public SignatureVerdict Verify(WebhookRequest request, DateTimeOffset now)
    {
        if (PresentedToken(request.Uri) is not { } presented || options.WebhookToken is not { } secret || options.OrganizationId is not { } organization)
            return SignatureVerdict.Missing;
        if (!IsEqual(presented, secret))
            return SignatureVerdict.Mismatch;
        return OutboundMessage.OrganizationOf(request.Body) is { } theirs && IsEqual(SalesforceId.Full(theirs), SalesforceId.Full(organization))
            ? SignatureVerdict.Valid
            : SignatureVerdict.Mismatch;
    }

    public IReadOnlyList<Change> Parse(ReadOnlyMemory<byte> body)
    {
        var message = OutboundMessage.Parse(body);
        if (options.OrganizationId is { } ours && !SalesforceId.Same(ours, message.OrganizationId))
            throw new WebhookFormatException("The outbound message is another organisation's.");
        return [.. message.Notifications.Select(notification => notification.ToChange(system)).OfType<Change>()];
    }

    /// <summary>Null: Salesforce repeats a message unchanged until it is acknowledged, and applying it twice is harmless.</summary>
    public string? ReplayKey(WebhookRequest request) => null;

    /// <summary>hooks/{system}/{token} or hooks/{system}?token={token}.</summary>
    private string? PresentedToken(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        var parameter = uri.Query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("token=", StringComparison.Ordinal));
        if (parameter is not null)
            return Uri.UnescapeDataString(parameter["token=".Length..]);
        var last = Uri.UnescapeDataString(uri.Segments[^1].Trim('/'));
        return last.Length == 0 || last == system.Name ? null : last;
    }

    /// <summary>Hashes first, so that neither content nor length shows in the time taken.</summary>
    private static bool IsEqual(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(left)), SHA256.HashData(Encoding.UTF8.GetBytes(right)));
}
