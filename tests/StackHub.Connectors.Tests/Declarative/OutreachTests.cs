using System.Text;
using StackHub.Connecting;
using StackHub.Sandbox.Vendors.Outreach;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>The simulated Outreach, as the connector contract sees it.</summary>
internal sealed class OutreachUnderTest() : DeclarativeUnderTest("outreach")
{
    public override string ObjectType => "prospects";

    public override string EmailField => "email";

    public override string TextField => "firstName";

    public override string WebhookBody => """{"data":{"type":"prospect","id":1},"meta":{"eventName":"prospect.updated"}}""";

    public static Task<OutreachUnderTest> StartAsync() => StartAsync(new OutreachUnderTest(), new OutreachOptions { EnforceLimits = false });

    public override WebhookRequest Webhook(string body, DateTimeOffset at) =>
        new("POST", "https://hub.example.com/hooks/outreach", new Dictionary<string, string> { ["outreach-webhook-signature"] = OutreachSandbox.Sign(Settings["webhookSecret"], body) }, Encoding.UTF8.GetBytes(body));
}

public sealed class OutreachConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await OutreachUnderTest.StartAsync();
}
