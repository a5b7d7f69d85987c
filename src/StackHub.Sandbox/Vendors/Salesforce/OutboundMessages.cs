using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Workflow outbound messages: SOAP notifications, repeated until somebody says Ack.</summary>
internal sealed class OutboundMessages(SalesforceSandbox sandbox)
{
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Outbound = "http://soap.sforce.com/2005/09/outbound";
    private static readonly XNamespace SObject = "urn:sobject.enterprise.soap.sforce.com";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    private readonly Hosting.Sequence numbers = new();

    public const int Batch = 100;

    public void Announce(SObjectRow row)
    {
        if (!sandbox.Options.OutboundMessages.TryGetValue(row.Type.Name, out var fields))
            return;
        var body = new JsonObject();
        foreach (var field in fields)
            body[field] = FieldValues.ToText(row[field]);
        sandbox.Sender.Emit(new(row.Type.Name, body));
    }

    public HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events)
    {
        var server = sandbox.BaseUrl.GetLeftPart(UriPartial.Authority);
        var notifications = new XElement(Outbound + "notifications",
            new XElement(Outbound + "OrganizationId", sandbox.State.OrganizationId),
            new XElement(Outbound + "ActionId", SalesforceIds.Make("04k", 1)),
            new XElement(Outbound + "SessionId", new XAttribute(Xsi + "nil", "true")),
            new XElement(Outbound + "EnterpriseUrl", $"{server}/services/Soap/c/66.0/{sandbox.State.OrganizationId}"),
            new XElement(Outbound + "PartnerUrl", $"{server}/services/Soap/u/66.0/{sandbox.State.OrganizationId}"),
            events.Select(Notification));
        var document = new XDocument(new XDeclaration("1.0", "UTF-8", null), new XElement(Soap + "Envelope",
            new XAttribute(XNamespace.Xmlns + "soapenv", Soap), new XAttribute(XNamespace.Xmlns + "xsi", Xsi), new XAttribute(XNamespace.Xmlns + "sf", SObject),
            new XElement(Soap + "Body", notifications)));
        var text = document.Declaration + document.ToString(SaveOptions.DisableFormatting);
        return new(HttpMethod.Post, target)
        {
            Content = new StringContent(text, Encoding.UTF8, "text/xml"),
            Headers = { { "SOAPAction", "\"\"" } },
        };
    }

    public static bool IsAcknowledged(int status, string body) =>
        status is >= 200 and < 300 && body.Contains("Ack>true</", StringComparison.OrdinalIgnoreCase);

    private XElement Notification(WebhookEvent happened) => new(Outbound + "Notification",
        new XElement(Outbound + "Id", SalesforceIds.Make("04l", numbers.Next())),
        new XElement(Outbound + "sObject", new XAttribute(Xsi + "type", "sf:" + happened.Topic),
            happened.Body.Where(field => field.Value is not null).Select(field => new XElement(SObject + field.Key, field.Value!.GetValue<string>()))));
}
