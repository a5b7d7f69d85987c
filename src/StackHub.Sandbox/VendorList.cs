using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Sandbox;

/// <summary>The simulated vendors; a new one is a folder and a line here.</summary>
internal static class VendorList
{
    public static readonly IReadOnlyList<Func<SandboxOptions, VendorSandbox>> All =
    [
        options => new SalesforceSandbox(options),
        options => new HubSpotSandbox(options),
        options => new IntercomSandbox(options),
    ];
}
