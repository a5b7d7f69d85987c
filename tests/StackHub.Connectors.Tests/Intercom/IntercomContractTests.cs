using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>The contract on a workspace that answers 409 to a duplicate.</summary>
public sealed class IntercomContractTests : ConnectorContract
{
    protected override Task<VendorUnderTest> StartAsync() => Task.FromResult<VendorUnderTest>(new IntercomUnderTest(refusesDuplicates: true));
}

/// <summary>The contract on a workspace that stores duplicates without a word.</summary>
public sealed class IntercomWithoutConflictsContractTests : ConnectorContract
{
    protected override Task<VendorUnderTest> StartAsync() => Task.FromResult<VendorUnderTest>(new IntercomUnderTest(refusesDuplicates: false));
}
