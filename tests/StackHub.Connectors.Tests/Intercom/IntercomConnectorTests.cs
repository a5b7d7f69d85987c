using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>The contract against the sandbox, which answers 409 to a duplicate.</summary>
public sealed class IntercomConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await IntercomSandboxUnderTest.StartAsync(new IntercomOptions());
}

/// <summary>The contract against a sandbox that stores duplicates without a word.</summary>
public sealed class IntercomWithoutConflictsTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await IntercomSandboxUnderTest.StartAsync(new IntercomOptions { RefuseDuplicates = false });
}
