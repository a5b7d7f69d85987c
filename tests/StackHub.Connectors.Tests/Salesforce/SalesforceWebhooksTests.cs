using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;

namespace StackHub.Connectors.Tests.Salesforce;

public sealed class SalesforceWebhooksTests
{
    private const string Organization = "00D000000000062EAA";
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private readonly SalesforceWebhooks webhooks = new(Vendor.System, SalesforceSettings.Read(new Dictionary<string, string>
    {
        ["clientId"] = "client",
        ["webhookToken"] = "s3cret/+",
        ["organizationId"] = Organization,
    }));

    [Theory]
    [InlineData("https://hub.example.com/hooks/salesforce?token=s3cret%2F%2B", SignatureVerdict.Valid)]
    [InlineData("https://hub.example.com/hooks/salesforce/s3cret%2F%2B", SignatureVerdict.Valid)]
    [InlineData("https://hub.example.com/hooks/salesforce?token=s3cret", SignatureVerdict.Mismatch)]
    [InlineData("https://hub.example.com/hooks/salesforce/wrong", SignatureVerdict.Mismatch)]
    [InlineData("https://hub.example.com/hooks/salesforce?token=", SignatureVerdict.Mismatch)]
    [InlineData("https://hub.example.com/hooks/salesforce", SignatureVerdict.Missing)]
    [InlineData("https://hub.example.com/hooks/salesforce/", SignatureVerdict.Missing)]
    public void The_secret_is_in_the_address(string address, SignatureVerdict verdict) =>
        Assert.Equal(verdict, webhooks.Verify(Request(address, Message(Contact())), Now));

    [Theory]
    [InlineData("00D000000000062", SignatureVerdict.Valid)]
    [InlineData("00D000000000062EAA", SignatureVerdict.Valid)]
    [InlineData("00D000000000063EAA", SignatureVerdict.Mismatch)]
    public void The_organisation_must_be_ours_in_either_form(string organization, SignatureVerdict verdict) =>
        Assert.Equal(verdict, webhooks.Verify(Request("https://hub.example.com/hooks/salesforce?token=s3cret%2F%2B", Message(Contact(), organization)), Now));

    [Fact]
    public void Without_a_configured_secret_nothing_is_accepted()
    {
        var open = new SalesforceWebhooks(Vendor.System, SalesforceSettings.Read(new Dictionary<string, string> { ["clientId"] = "client" }));

        Assert.Equal(SignatureVerdict.Missing, open.Verify(Request("https://hub.example.com/hooks/salesforce?token=", Message(Contact())), Now));
    }

    [Fact]
    public void A_notification_says_what_its_setup_chose()
    {
        var seen = Assert.IsType<Change.Seen>(Assert.Single(webhooks.Parse(Message(Contact()))));

        Assert.Equal("salesforce/Contact/003000000000001AAA", seen.Ref.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 15, 30, TimeSpan.Zero), seen.Record.ModifiedAt);
        Assert.Equal(["DoNotCall", "Email", "LastModifiedDate", "Title"], seen.Record.Fields.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("ada@example.com", null, "true"), (seen.Record.Fields["Email"].Text, seen.Record.Fields["Title"].Text, seen.Record.Fields["DoNotCall"].Text));
        Assert.False(seen.Record.Complete);
    }

    [Fact]
    public void Without_a_time_the_record_must_be_read() =>
        Assert.IsType<Change.Touched>(Assert.Single(webhooks.Parse(Message(Notification("Account", "<sf:Id>001000000000001AAA</sf:Id><sf:Name>Acme</sf:Name>")))));

    [Theory]
    [InlineData("Contact", "<sf:IsDeleted>true</sf:IsDeleted>", typeof(Change.Deleted))]
    [InlineData("Contact", "<sf:IsDeleted>true</sf:IsDeleted><sf:MasterRecordId>003000000000002AAA</sf:MasterRecordId>", typeof(Change.Moved))]
    [InlineData("Lead", "<sf:IsConverted>true</sf:IsConverted><sf:ConvertedContactId>003000000000002AAA</sf:ConvertedContactId>", typeof(Change.Moved))]
    public void Deletions_merges_and_conversions_are_told(string type, string fields, Type change)
    {
        var body = Message(Notification(type, $"<sf:Id>003000000000001</sf:Id><sf:LastModifiedDate>2026-11-22T10:15:30.000Z</sf:LastModifiedDate>{fields}"));

        Assert.IsType(change, Assert.Single(webhooks.Parse(body)));
    }

    [Fact]
    public void Up_to_a_hundred_notifications_come_at_once() =>
        Assert.Equal(100, webhooks.Parse(Message(string.Concat(Enumerable.Repeat(Contact(), 100)))).Count);

    [Fact]
    public void Types_that_are_not_synced_are_passed_over() =>
        Assert.Empty(webhooks.Parse(Message(Notification("Case", "<sf:Id>500000000000001AAA</sf:Id>"))));

    [Fact]
    public void A_contact_role_touches_its_opportunity() =>
        Assert.Equal("Opportunity", Assert.IsType<Change.Touched>(Assert.Single(webhooks.Parse(Message(Notification("OpportunityContactRole", "<sf:Id>00K000000000001AAA</sf:Id><sf:OpportunityId>006000000000001AAA</sf:OpportunityId>"))))).Ref.ObjectType);

    [Theory]
    [InlineData("")]
    [InlineData("ada@example.com")]
    [InlineData("<a>ada@example.com</b>")]
    [InlineData("<Envelope/>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;ada@example.com</x>")]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'ada@example.com'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>")]
    public void What_is_no_outbound_message_is_refused_without_its_values(string body)
    {
        var refused = Assert.Throws<WebhookFormatException>(() => webhooks.Parse(Encoding.UTF8.GetBytes(body)));

        Assert.DoesNotContain("ada", refused.ToString().Split("   at ")[0], StringComparison.Ordinal);
        Assert.Null(refused.InnerException);
    }

    [Fact]
    public void Deep_and_large_messages_are_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000));

        Assert.Throws<WebhookFormatException>(() => webhooks.Parse(Encoding.UTF8.GetBytes(deep)));
        Assert.Throws<WebhookFormatException>(() => webhooks.Parse(new byte[9 * 1024 * 1024]));
        Assert.Throws<WebhookFormatException>(() => webhooks.Parse(Message(string.Concat(Enumerable.Repeat(Contact(), 101)))));
    }

    [Fact]
    public void The_answer_is_the_acknowledgement_salesforce_waits_for()
    {
        Assert.Equal((200, "text/xml; charset=utf-8"), (webhooks.Accepted.Status, webhooks.Accepted.ContentType));
        Assert.Contains("""<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>""", webhooks.Accepted.Body, StringComparison.Ordinal);
    }

    private static WebhookRequest Request(string address, ReadOnlyMemory<byte> body) => new("POST", address, new Dictionary<string, string>(), body);

    private static string Contact() => Notification("Contact", """<sf:Id>003000000000001AAA</sf:Id><sf:Email>ada@example.com</sf:Email><sf:Title xsi:nil="true"/><sf:DoNotCall>true</sf:DoNotCall><sf:LastModifiedDate>2026-11-22T10:15:30.000Z</sf:LastModifiedDate>""");

    private static string Notification(string type, string fields) =>
        $"""<Notification><Id>04l000000000001AAA</Id><sObject xsi:type="sf:{type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">{fields}</sObject></Notification>""";

    private static byte[] Message(string notifications, string organization = Organization) => Encoding.UTF8.GetBytes($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
         <soapenv:Body>
          <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
           <OrganizationId>{organization}</OrganizationId>
           <ActionId>04k000000000001AAA</ActionId>
           <SessionId xsi:nil="true"/>
           <EnterpriseUrl>https://x.my.salesforce.com/services/Soap/c/66.0/00D</EnterpriseUrl>
           <PartnerUrl>https://x.my.salesforce.com/services/Soap/u/66.0/00D</PartnerUrl>
           {notifications}
          </notifications>
         </soapenv:Body>
        </soapenv:Envelope>
        """);
}
