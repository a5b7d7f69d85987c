using System.Text;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Intercom;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom;
using SandboxSettings = StackHub.Sandbox.Vendors.Intercom.IntercomOptions;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>The simulated Intercom, as the connector contract sees a vendor.</summary>
internal sealed class IntercomSandboxUnderTest : VendorUnderTest
{
    private SandboxServer server = null!;

    public override string ObjectType => "contacts";

    public override string EmailField => "email";

    public override string TextField => "custom_attributes.job_title";

    public override string AccountType => "companies";

    public override string AccountNameField => "name";

    public override string AccountField => "company";

    public override int ScanPage => 150;

    public override bool FeedTellsDeletions => false;

    public override bool WebhooksExpire => false;

    public override string WebhookBody => """{"type":"notification_event","id":"notif_1","topic":"ping","created_at":1795342600,"data":{"item":{}}}""";

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(v => v.ToString()!)];

    public IntercomSandbox Sandbox => server.Intercom;

    public static async Task<IntercomSandboxUnderTest> StartAsync(SandboxSettings options)
    {
        var vendor = new IntercomSandboxUnderTest();
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, Intercom = options }, default);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        new IntercomFactory().Create(new ConnectorContext(Some.System, Settings(), budget, tokens, Time) { Called = called });

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        (string)Sandbox.Edit(new VendorEdit("create", objectType) { Fields = Names(fields) })!["id"]!;

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = Names(fields) });

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

    /// <summary>The answer of the create itself, which comes after the search.</summary>
    public override void LoseNextAnswer() => Sandbox.Faults.Plan(SandboxFault.None, SandboxFault.DropAfter);

    /// <summary>Intercom's tokens do not expire.</summary>
    public override void ExpireTokens()
    {
    }

    public override WebhookRequest Webhook(string body, DateTimeOffset at) => new(
        "POST", "https://hub.example.com/hooks/intercom", new Dictionary<string, string> { ["x-hub-signature"] = IntercomSignature.Of(Sandbox.ClientSecret, body) }, Encoding.UTF8.GetBytes(body));

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    public Dictionary<string, string> Settings() =>
        Sandbox.Configuration.Where(p => p.Key is "baseUrl" or "accessToken" or "clientSecret" or "version").ToDictionary(p => p.Key, p => ((JsonNode)p.Value!).ToString());

    /// <summary>The sandbox's own pages call a custom attribute by its bare name.</summary>
    private static Dictionary<string, string?> Names(IReadOnlyDictionary<string, string?> fields) =>
        fields.ToDictionary(f => IntercomFields.IsCustom(f.Key) ? IntercomFields.AttributeOf(f.Key) : f.Key, f => f.Value);
}
