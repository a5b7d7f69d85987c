using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;
using StackHub.Connecting;

namespace StackHub.Connectors.Salesforce;

/// <summary>An outbound message's SOAP body, read without DTDs, entities or outside resources, and within a size.</summary>
internal sealed record OutboundMessage(string OrganizationId, IReadOnlyList<OutboundNotification> Notifications)
{
    private const int MaxNotifications = 100;
    private const int MaxBytes = 8 * 1024 * 1024;
    private const int MaxDepth = 32;
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Outbound = "http://soap.sforce.com/2005/09/outbound";

    public override string ToString() => $"outbound message ({Notifications.Count} notifications)";

    public static OutboundMessage Parse(ReadOnlyMemory<byte> body)
    {
        var message = Load(body).Element(Soap + "Envelope")?.Element(Soap + "Body")?.Element(Outbound + "notifications")
            ?? throw new WebhookFormatException("No SOAP envelope with Salesforce notifications.");
        var organization = message.Element(Outbound + "OrganizationId")?.Value ?? throw new WebhookFormatException("The notifications name no OrganizationId.");
        var notifications = message.Elements(Outbound + "Notification").ToList();
        if (notifications.Count > MaxNotifications)
            throw new WebhookFormatException($"More than {MaxNotifications} notifications.");
        return new(organization, [.. notifications.Select((notification, index) => OutboundNotification.Parse(notification.Element(Outbound + "sObject"), index))]);
    }

    /// <summary>The sender's organisation, read no further than to there; null when the body is not an outbound message.</summary>
    public static string? OrganizationOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = Open(body);
            while (reader.Read() && reader.Depth < MaxDepth)
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "OrganizationId" && reader.NamespaceURI == Outbound.NamespaceName)
                    return reader.ReadElementContentAsString();
            return null;
        }
        catch (Exception e) when (e is XmlException or WebhookFormatException)
        {
            return null;
        }
    }

    private static XDocument Load(ReadOnlyMemory<byte> body)
    {
        try
        {
            CheckDepth(body);
            using var reader = Open(body);
            return XDocument.Load(reader);
        }
        catch (XmlException e) // its message may quote the body, so only the place goes on
        {
            throw new WebhookFormatException($"Not well-formed XML at line {e.LineNumber}, position {e.LinePosition}.");
        }
    }

    private static void CheckDepth(ReadOnlyMemory<byte> body)
    {
        using var reader = Open(body);
        while (reader.Read())
            if (reader.Depth > MaxDepth)
                throw new WebhookFormatException("The XML is nested too deep.");
    }

    private static XmlReader Open(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
            throw new WebhookFormatException("The outbound message is too large.");
        var bytes = MemoryMarshal.TryGetArray(body, out var segment) ? segment : new ArraySegment<byte>(body.ToArray());
        return XmlReader.Create(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }
}
