using StackHub.Connecting;
using StackHub.Connectors.Tests.Declarative;
using StackHub.Connectors.Tests.HubSpot;
using StackHub.Connectors.Tests.Intercom;
using StackHub.Connectors.Tests.Klaviyo;
using StackHub.Connectors.Tests.Marketo;
using StackHub.Connectors.Tests.Salesforce;
using StackHub.Connectors.Tests.Zendesk;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Erasing;

public sealed class SalesforceErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await SalesforceUnderTest.StartAsync();
}

public sealed class HubSpotErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await HubSpotUnderTest.StartAsync();
}

public sealed class IntercomErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await IntercomSandboxUnderTest.StartAsync(new());
}

public sealed class MarketoErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MarketoUnderTest.StartAsync();
}

public sealed class KlaviyoErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await KlaviyoUnderTest.StartAsync();
}

public sealed class ZendeskErasureTests : ErasureContract
{
    protected override ErasureEvidence Evidence => ErasureEvidence.Status;

    protected override async Task<VendorUnderTest> StartAsync() => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce);
}

public sealed class MailchimpErasureTests : ErasureContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MailchimpUnderTest.StartAsync();
}
