using StackHub.Sandbox.Control;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Sandbox;

/// <summary>The simulated vendors, each on its own loopback port, and the control API beside them.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly ControlApi control;

    private SandboxServer(SandboxOptions options)
    {
        Vendors = [.. VendorList.All.Select(make => make(options))];
        Truth = options.SeedData ? TruthMaker.Make(options, [.. Vendors.Select(vendor => vendor.Share).OfType<SeedShare>()]) : Truth.Nothing;
        control = new(this, options.Ports.GetValueOrDefault("control"));
    }

    public IReadOnlyList<VendorSandbox> Vendors { get; }

    public SalesforceSandbox Salesforce => Vendors.OfType<SalesforceSandbox>().Single();

    public HubSpotSandbox HubSpot => Vendors.OfType<HubSpotSandbox>().Single();

    public IntercomSandbox Intercom => Vendors.OfType<IntercomSandbox>().Single();

    public T Vendor<T>()
        where T : VendorSandbox => Vendors.OfType<T>().Single();

    /// <summary>Who the people really are, and where each of them is kept under which id.</summary>
    public Truth Truth { get; }

    public Uri ControlUrl => control.Address;

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var server = new SandboxServer(options);
        foreach (var vendor in server.Vendors)
        {
            vendor.Sow(server.Truth);
            await vendor.StartAsync(cancellationToken);
        }

        await server.control.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await control.DisposeAsync();
        foreach (var vendor in Vendors)
            await vendor.DisposeAsync();
    }
}
