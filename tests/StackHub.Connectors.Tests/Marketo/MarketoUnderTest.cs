using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Marketo;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;
using SandboxSettings = StackHub.Sandbox.Vendors.Marketo.MarketoOptions;

namespace StackHub.Connectors.Tests.Marketo;

/// <summary>The simulated Marketo, as the connector contract sees a vendor.</summary>
internal sealed class MarketoUnderTest : VendorUnderTest
{
    public static readonly SystemId System = new("marketo");

    private SandboxServer server = null!;

    public override string ObjectType => "leads";

    public override string EmailField => "email";

    public override string TextField => "title";

    public override string AccountType => "companies";

    public override string AccountNameField => "company";

    public override string AccountField => "externalCompanyId";

    public override int ScanPage => 300;

    public MarketoSandbox Sandbox => server.Vendor<MarketoSandbox>();

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(v => v.ToString()!)];

    /// <summary>With the field for the hub's id, as setup leaves the instance, unless told otherwise.</summary>
    public static async Task<MarketoUnderTest> StartAsync(SandboxSettings? options = null, bool withSetup = true)
    {
        var vendor = new MarketoUnderTest();
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, Others = [options ?? new()] }, default);
        if (withSetup)
            await vendor.SetUpAsync();
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        new MarketoFactory().Create(new ConnectorContext(System, Settings(), budget, tokens, Time) { Called = called });

    public IConnector Connect(FakeTokens tokens, FakeBudget? budget = null, params ReadOnlySpan<(string Name, string Value)> more)
    {
        var settings = Settings();
        foreach (var (name, value) in more)
            settings[name] = value;
        return new MarketoFactory().Create(new ConnectorContext(System, settings, budget ?? new FakeBudget(TimeProvider.System), tokens, Time));
    }

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        (string)Sandbox.Edit(new VendorEdit("create", objectType) { Fields = fields })!["id"]!;

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = fields });

    public override void Delete(string objectType, string id) => Sandbox.Edit(new VendorEdit("delete", objectType, id));

    public void Merge(string winner, string loser) => Sandbox.Edit(new VendorEdit("merge", "leads", winner) { OtherId = loser });

    public override string? Stored(string objectType, string id) => Sandbox.Read(objectType, id)?.ToJsonString();

    public override int Count(string objectType) => Sandbox.Counts[objectType];

    public override void ThrottleNext(TimeSpan retryAfter) => Sandbox.Faults.ThrottleNext(retryAfter);

    /// <summary>The answer of the create itself, which comes after the look-up.</summary>
    public override void LoseNextAnswer() => Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.DropAfter);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    /// <summary>Marketo signs no webhooks.</summary>
    public override WebhookRequest? Webhook(string body, DateTimeOffset at) => null;

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    public Dictionary<string, string> Settings() => new(Sandbox.Configuration.ToDictionary(p => p.Key, p => ((JsonNode)p.Value!).ToString()))
    {
        ["throttleWaitSeconds"] = "1",
        ["exportPollSeconds"] = "0",
        ["activityLagSeconds"] = "0",
        ["leadsSince"] = Time.GetUtcNow().AddDays(-70).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private async Task SetUpAsync()
    {
        using var tokens = new FakeTokens();
        var connector = Connect(tokens);
        await ((IVendorSetup)connector).EnsureCustomFieldsAsync(default);
        ((IDisposable)connector).Dispose();
        Sandbox.Stats.Clear();
    }
}
