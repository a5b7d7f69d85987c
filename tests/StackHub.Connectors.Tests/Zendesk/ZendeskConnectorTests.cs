using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>The contract by OAuth against a sandbox that answers as the OpenAPI file describes.</summary>
public sealed class ZendeskConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce, signsIn: true);
}

/// <summary>The contract against a sandbox that answers as it is seen in practice.</summary>
public sealed class ZendeskInPracticeTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { AsDescribed = false });
}

/// <summary>The contract against an account for which Zendesk has not enabled bulk imports.</summary>
public sealed class ZendeskWithoutBulkImportsTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { BulkImports = false });
}

/// <summary>The contract against an account whose jobs take their time.</summary>
public sealed class ZendeskWithSlowJobsTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await ZendeskUnderTest.StartAsync(ZendeskUnderTest.AtOnce with { JobDelay = TimeSpan.FromMilliseconds(40) });
}
