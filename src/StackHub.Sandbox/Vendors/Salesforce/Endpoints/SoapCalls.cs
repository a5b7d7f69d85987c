using System.Xml;
using System.Xml.Linq;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>The one SOAP operation a hub cannot do without: convertLead.</summary>
internal sealed class SoapCalls(SalesforceSandbox sandbox)
{
    private static readonly XNamespace Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    private static readonly XNamespace Partner = "urn:partner.soap.sforce.com";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    // The session travels in the envelope and not in a header, so sign-in is checked here.
    public IEnumerable<Endpoint> All =>
        [Endpoint.Post("/services/Soap/u/{version}", "soap.convertLead", Answered) with { BodyType = "text/xml", IsSignIn = true }];

    private Answer Answered(Call call)
    {
        try
        {
            var envelope = XDocument.Parse(call.Text);
            if (envelope.Descendants(Partner + "sessionId").FirstOrDefault()?.Value is not { } session || !sandbox.Tokens.IsGood(session))
                return Fault("INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session hash");
            if (envelope.Descendants(Partner + "convertLead").FirstOrDefault() is not { } request)
                return Fault("UNKNOWN_EXCEPTION", "No operation available for request");
            var wishes = request.Elements(Partner + "leadConverts").ToList();
            call.Records = wishes.Count;
            return Envelope(new XElement(Partner + "convertLeadResponse", wishes.Select(wish => Converted(wish, sandbox.AuthorOf(call)))), 200);
        }
        catch (XmlException problem)
        {
            return Fault("INVALID_XML", problem.Message);
        }
    }

    private XElement Converted(XElement wish, Author author)
    {
        string? Given(string name) => wish.Element(Partner + name) is { } element && element.Attribute(Xsi + "nil")?.Value != "true" && element.Value.Length > 0 ? element.Value : null;
        var leadId = Given("leadId");
        try
        {
            var lead = sandbox.State.Find("Lead", leadId) ?? throw new RecordRefused("INVALID_ID_FIELD", "invalid lead id");
            if (Given("convertedStatus") is not { } status || !status.EndsWith("Converted", StringComparison.Ordinal) || status.Contains("Not", StringComparison.Ordinal))
                throw new RecordRefused("INVALID_STATUS", $"invalid convertedStatus: {Given("convertedStatus")}");
            (string? AccountId, string? ContactId, string? OpportunityId) made = default;
            sandbox.Writes.InOne(() =>
            {
                made = sandbox.Writes.Convert(lead, new(status)
                {
                    AccountId = Given("accountId"),
                    ContactId = Given("contactId"),
                    OpportunityName = Given("opportunityName"),
                    WithoutOpportunity = Given("doNotCreateOpportunity") == "true",
                }, author);
                return true;
            });
            return new(Partner + "result", Part("accountId", made.AccountId), Part("contactId", made.ContactId),
                Part("leadId", lead.Id), Part("opportunityId", made.OpportunityId), new XElement(Partner + "success", "true"));
        }
        catch (RecordRefused refused)
        {
            return new(Partner + "result", Part("accountId", null), Part("contactId", null),
                new XElement(Partner + "errors", new XElement(Partner + "message", refused.Error.Message), new XElement(Partner + "statusCode", refused.Error.Code)),
                Part("leadId", SalesforceIds.Normal(leadId) ?? leadId), Part("opportunityId", null), new XElement(Partner + "success", "false"));
        }
    }

    private static XElement Part(string name, string? value) => value is null
        ? new(Partner + name, new XAttribute(Xsi + "nil", "true"))
        : new(Partner + name, value);

    private static Answer Fault(string code, string message) => Envelope(new XElement(Soap + "Fault",
        new XElement("faultcode", $"sf:{code}"), new XElement("faultstring", message)), 500);

    private static Answer Envelope(XElement body, int status) => new(status)
    {
        ContentType = "text/xml; charset=utf-8",
        Text = new XDocument(new XElement(Soap + "Envelope", new XAttribute(XNamespace.Xmlns + "soapenv", Soap), new XAttribute("xmlns", Partner), new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
            new XElement(Soap + "Body", body))).ToString(SaveOptions.DisableFormatting),
    };
}
