using System.Text;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Klaviyo;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;
using SandboxSettings = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoOptions;

namespace StackHub.Connectors.Tests.Klaviyo;

/// <summary>The simulated Klaviyo, as the connector contract sees a vendor.</summary>
internal sealed class KlaviyoUnderTest : VendorUnderTest
{
    private SandboxServer server = null!;

    public override string ObjectType => "profiles";

    public override string EmailField => "email";

    public override string TextField => "first_name";

    public override string AccountType => "profiles";

    public override string AccountNameField => "organization";

    public override string? AccountField => null;

    public override bool FeedTellsDeletions => false;

    public override string WebhookBody => """{"data":[],"meta":{}}""";

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(violation => violation.ToString())];

    /// <summary>From how many records on writes go by import jobs.</summary>
    public int BulkFrom { get; init; } = 25;

    /// <summary>Settings besides those that sign in.</summary>
    public (string Name, string Value)[] More { get; init; } = [];

    /// <summary>Calls that answer before the one that creates.</summary>
    public int CallsBeforeCreate { get; init; }

    public KlaviyoSandbox Sandbox => server.Vendor<KlaviyoSandbox>();

    public static Task<KlaviyoUnderTest> StartAsync() => StartAsync(new KlaviyoUnderTest(), new SandboxSettings { EnforceLimits = false });

    public static async Task<KlaviyoUnderTest> StartAsync(KlaviyoUnderTest vendor, SandboxSettings settings)
    {
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, Others = [settings] }, default);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        new KlaviyoFactory().Create(new ConnectorContext(Some.System, Settings(More), budget, tokens, TimeProvider.System) { Called = called });

    /// <summary>A connector with some settings of its own, signed in by the private key.</summary>
    public IConnector ConnectWith(IVendorBudget budget, params (string Name, string Value)[] more) =>
        new KlaviyoFactory().Create(new ConnectorContext(Some.System, Settings([("apiKey", Sandbox.ApiKey), .. more]), budget, new NoTokens(), TimeProvider.System));

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        (string)Sandbox.Edit(new VendorEdit("create", objectType) { Fields = fields })!["id"]!;

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = fields });

    public override void Delete(string objectType, string id) => Sandbox.Edit(new VendorEdit("delete", objectType, id));

    public override string? Stored(string objectType, string id) => Sandbox.Read(objectType, id)?.ToJsonString();

    public override int Count(string objectType) => Sandbox.Counts[objectType];

    public override void ThrottleNext(TimeSpan retryAfter) => Sandbox.Faults.ThrottleNext(retryAfter);

    public override void LoseNextAnswer() => Sandbox.Faults.Plan([.. Enumerable.Repeat(SandboxFault.None, CallsBeforeCreate), SandboxFault.DropAfter]);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    public override WebhookRequest Webhook(string body, DateTimeOffset at)
    {
        var timestamp = at.ToString("R");
        var headers = new Dictionary<string, string>
        {
            ["klaviyo-signature"] = StackHub.Sandbox.Vendors.Klaviyo.KlaviyoSignature.Of(Sandbox.Options.WebhookSecret, body, timestamp),
            ["klaviyo-timestamp"] = timestamp,
            ["klaviyo-webhook-id"] = "01SBXWEBHOOK00000000000000",
        };
        return new("POST", "https://hub.example.com/hooks/klaviyo", headers, Encoding.UTF8.GetBytes(body));
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    /// <summary>By an OAuth grant, so that tokens end.</summary>
    private Dictionary<string, string> Settings(params (string Name, string Value)[] more)
    {
        var settings = Sandbox.Configuration
            .Where(p => p.Key is "baseUrl" or "clientId" or "clientSecret" or "refreshToken" or "webhookSecret")
            .ToDictionary(p => p.Key, p => ((JsonNode)p.Value!).ToString());
        (settings["bulkFrom"], settings["jobWaitSeconds"], settings["confirmSeconds"]) = ($"{BulkFrom}", "5", "1");
        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    }
}
