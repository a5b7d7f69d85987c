using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;

namespace StackHub.Connectors.Tests.Declarative;

/// <summary>A simulated vendor whose connector is a file, as the connector contract sees it.</summary>
internal abstract class DeclarativeUnderTest(string name) : VendorUnderTest
{
    private SandboxServer server = null!;

    public override string AccountType => ObjectType;

    public override string AccountNameField => TextField;

    public override string? AccountField => null;

    public override bool FeedTellsDeletions => false;

    public override bool WebhooksExpire => false;

    public override int ScanPage => 200;

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(violation => violation.ToString())];

    public VendorSandbox Sandbox => server.Vendors.Single(vendor => vendor.Name == name);

    public Dictionary<string, string> Settings => Sandbox.Configuration.ToDictionary(setting => setting.Key, setting => ((JsonNode)setting.Value!).ToString());

    protected static async Task<T> StartAsync<T>(T vendor, VendorOptions options)
        where T : DeclarativeUnderTest
    {
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, Others = [options] }, default);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        StackHub.Connectors.Connectors.All.Single(factory => factory.Info.Vendor == name).Create(new ConnectorContext(new SystemId(name), Settings, budget, tokens, TimeProvider.System) { Called = called });

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) => Sandbox.Edit(new VendorEdit("create", objectType) { Fields = fields })!["id"]!.ToString();

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) => Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = fields });

    public override void Delete(string objectType, string id) => Sandbox.Edit(new VendorEdit("delete", objectType, id));

    public override string? Stored(string objectType, string id) => Sandbox.Read(objectType, id)?.ToJsonString();

    public override int Count(string objectType) => Sandbox.Counts[objectType];

    public override void ThrottleNext(TimeSpan retryAfter) => Sandbox.Faults.ThrottleNext(retryAfter);

    public override void LoseNextAnswer() => Sandbox.Faults.Plan([SandboxFault.DropAfter]);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
