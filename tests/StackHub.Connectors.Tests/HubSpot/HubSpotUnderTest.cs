using System.Text;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.HubSpot;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Testing.Connecting;
using PortalOptions = StackHub.Sandbox.Vendors.HubSpot.HubSpotOptions;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;

namespace StackHub.Connectors.Tests.HubSpot;

/// <summary>The simulated HubSpot, as the connector contract sees a vendor.</summary>
internal sealed class HubSpotUnderTest : VendorUnderTest
{
    private SandboxServer server = null!;

    public override string ObjectType => "contacts";

    public override string EmailField => "email";

    public override string TextField => "firstname";

    public override string AccountType => "companies";

    public override string AccountNameField => "name";

    public override string? AccountField => "associations.company";

    /// <summary>Settings besides those that sign in.</summary>
    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];

    /// <summary>How the portal behaves.</summary>
    public PortalOptions Portal { get; init; } = new() { EnforceLimits = false };

    public HubSpotSandbox Sandbox => server.HubSpot;

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(v => v.ToString())];

    public static Task<HubSpotUnderTest> StartAsync() => StartAsync(new HubSpotUnderTest());

    public static Task<HubSpotUnderTest> StartAsync(TimeSpan erasureTime) => StartAsync(new HubSpotUnderTest { Portal = new() { EnforceLimits = false, ErasureTime = erasureTime } });

    public static async Task<HubSpotUnderTest> StartAsync(HubSpotUnderTest vendor)
    {
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, HubSpot = vendor.Portal }, default);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) => new HubSpotFactory().Create(
        new ConnectorContext(new SystemId("hubspot"), Settings(), budget, tokens, TimeProvider.System) { Called = called });

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        (string)Sandbox.Edit(new VendorEdit("create", objectType) { Fields = fields })!["id"]!;

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = fields });

    public override void Delete(string objectType, string id) => Sandbox.Edit(new VendorEdit("delete", objectType, id));

    public override string? Stored(string objectType, string id) => Sandbox.Read(objectType, id)?.ToJsonString();

    public override bool Restore(string objectType, string id)
    {
        try
        {
            return Sandbox.Edit(new VendorEdit("restore", objectType, id)) is not null;
        }
        catch (ArgumentException) // there is nothing to restore
        {
            return false;
        }
    }

    public override int Count(string objectType) => Sandbox.Counts[objectType];

    public override void ThrottleNext(TimeSpan retryAfter) => Sandbox.Faults.ThrottleNext(retryAfter);

    public override void LoseNextAnswer() => Sandbox.Faults.Plan(SandboxFault.DropAfter);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    public override WebhookRequest Webhook(string body, DateTimeOffset at)
    {
        const string uri = "https://hub.example.com/hooks/hubspot?a=%2F";
        var timestamp = at.ToUnixTimeMilliseconds().ToString();
        var signature = Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(Settings()["clientSecret"]), Encoding.UTF8.GetBytes("POST" + uri.Replace("%2F", "/", StringComparison.Ordinal) + body + timestamp)));
        var headers = new Dictionary<string, string> { ["x-hubspot-signature-v3"] = signature, ["x-hubspot-request-timestamp"] = timestamp };
        return new("POST", uri, headers, Encoding.UTF8.GetBytes(body));
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    private Dictionary<string, string> Settings()
    {
        var settings = Sandbox.Configuration
            .Where(p => p.Key is "baseUrl" or "clientId" or "clientSecret" or "refreshToken")
            .ToDictionary(p => p.Key, p => ((JsonNode)p.Value!).ToString());
        settings["contactRoles"] = "Champion=1004";
        foreach (var (name, value) in More)
            settings[name] = value;
        return settings;
    }
}
