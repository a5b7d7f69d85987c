using StackHub.Sandbox.Vendors.Marketo;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Marketo;

/// <summary>The contract against the sandbox.</summary>
public sealed class MarketoConnectorTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() => await MarketoUnderTest.StartAsync();
}

/// <summary>The contract against an instance that tells merges only as merges, and whose updatedAt moves with custom fields too.</summary>
public sealed class MarketoOtherwiseTests : ConnectorContract
{
    protected override async Task<VendorUnderTest> StartAsync() =>
        await MarketoUnderTest.StartAsync(new MarketoOptions { MergedLeadsAreDeleted = false, CustomFieldsMoveUpdatedAt = true, AsksPerExportStep = 2 });
}
