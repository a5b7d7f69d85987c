using StackHub.Connecting;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>A simulated Klaviyo for each test, and short ways to speak to it.</summary>
public abstract class KlaviyoTest : IAsyncLifetime
{
    private readonly List<IDisposable> connectors = [];

    private protected KlaviyoUnderTest Vendor { get; private set; } = null!;

    private protected virtual SandboxSettings Settings => new() { EnforceLimits = false };

    public async ValueTask InitializeAsync() => Vendor = await KlaviyoUnderTest.StartAsync(new KlaviyoUnderTest(), Settings);

    public async ValueTask DisposeAsync()
    {
        foreach (var connector in connectors)
            connector.Dispose();
        await Vendor.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected IConnector Connect(params (string Name, string Value)[] settings) => Connect(new FakeBudget(TimeProvider.System), settings);

    private protected IConnector Connect(IVendorBudget budget, params (string Name, string Value)[] settings)
    {
        var connector = Vendor.ConnectWith(budget, settings);
        connectors.Add((IDisposable)connector);
        return connector;
    }

    private protected string Seed(params (string Name, string? Value)[] fields) => Vendor.Seed("profiles", fields.ToDictionary(f => f.Name, f => f.Value));

    private protected void Do(string action, string id, string? other = null) => Vendor.Sandbox.Edit(new VendorEdit(action, "profiles", id) { OtherId = other });

    private protected string? Stored(string id, string attribute) => Vendor.Sandbox.Read("profiles", id)?["attributes"]?[attribute]?.ToString();

    private protected long Calls(string operation) => Vendor.Sandbox.Stats.Calls(operation);

    private protected static async Task<WriteOutcome> WriteAsync(IConnector connector, RecordWrite write) => (await connector.WriteAsync("profiles", [write], default)).Single();

    private protected static async Task<ExternalRecord> ReadAsync(IConnector connector, string id, params string[] fields) =>
        Assert.IsType<Change.Seen>((await connector.ReadAsync("profiles", fields, [id], default)).Single()).Record;
}
