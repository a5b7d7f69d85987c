using System.Text;
using StackHub.Connecting;
using StackHub.Sandbox.Vendors.Mailchimp;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>The simulated Mailchimp, as the connector contract sees it.</summary>
internal sealed class MailchimpUnderTest() : DeclarativeUnderTest("mailchimp")
{
    public override string ObjectType => "members";

    public override string EmailField => "email_address";

    public override string TextField => "merge_fields.FNAME";

    public override bool WebhooksSignTheBody => false;

    public override string WebhookBody => "type=profile&fired_at=2026-01-01+00%3A00%3A00&data%5Bemail%5D=ada%40example.com";

    public static Task<MailchimpUnderTest> StartAsync() => StartAsync(new MailchimpUnderTest(), new MailchimpOptions { EnforceLimits = false });

    public override WebhookRequest Webhook(string body, DateTimeOffset at) =>
        new("POST", $"https://hub.example.com/hooks/mailchimp?key={Settings["webhookSecret"]}", new Dictionary<string, string>(), Encoding.UTF8.GetBytes(body));
}

public sealed class MailchimpConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MailchimpUnderTest.StartAsync();
}
