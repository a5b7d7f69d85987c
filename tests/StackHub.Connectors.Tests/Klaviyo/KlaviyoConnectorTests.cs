using StackHub.Testing.Connecting;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>The contract with few records written one by one and many by a job.</summary>
public sealed class KlaviyoConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await KlaviyoUnderTest.StartAsync();
}

/// <summary>The contract with every record written by a job.</summary>
public sealed class KlaviyoByJobsTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() =>
        await KlaviyoUnderTest.StartAsync(new KlaviyoUnderTest { BulkFrom = 1, CallsBeforeCreate = 2 }, new SandboxSettings { EnforceLimits = false });
}
