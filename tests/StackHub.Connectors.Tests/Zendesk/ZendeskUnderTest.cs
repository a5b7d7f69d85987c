using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Zendesk;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk;
using StackHub.Testing.Connecting;
using SandboxFault = StackHub.Sandbox.Faults.FaultKind;
using SandboxSettings = StackHub.Sandbox.Vendors.Zendesk.ZendeskOptions;

namespace StackHub.Connectors.Tests.Zendesk;

/// <summary>The simulated Zendesk, as the connector contract sees a vendor.</summary>
internal sealed class ZendeskUnderTest : VendorUnderTest
{
    public static readonly SystemId System = new("zendesk");

    private SandboxServer server = null!;
    private bool signsIn;

    public override string ObjectType => "users";

    public override string EmailField => "email";

    public override string TextField => "user_fields.job_title";

    public override string AccountType => "organizations";

    public override string AccountNameField => "name";

    public override string AccountField => "organization_id";

    public override string WebhookBody => """{"type":"zen:event-type:user.name_changed","account_id":1,"id":"e1","time":"2026-11-22T10:00:00Z","subject":"zen:user:1","detail":{"id":"1","role":"end-user"},"event":{}}""";

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(violation => violation.ToString()!)];

    public ZendeskSandbox Sandbox => server.Vendor<ZendeskSandbox>();

    /// <summary>The contract waits for nothing, so exports hold nothing back.</summary>
    public static SandboxSettings AtOnce { get; } = new() { ExportHoldBack = TimeSpan.Zero };

    /// <param name="signsIn">By OAuth; otherwise by API token.</param>
    public static async Task<ZendeskUnderTest> StartAsync(SandboxSettings options, bool signsIn = false)
    {
        var vendor = new ZendeskUnderTest { signsIn = signsIn };
        vendor.server = await SandboxServer.StartAsync(new SandboxOptions { SeedData = false, Time = vendor.Time, Others = [options] }, default);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        new ZendeskFactory().Create(new ConnectorContext(System, Settings(), budget, tokens, Time) { Called = called });

    public IConnector Connect(params (string Name, string Value)[] more) => Connect(new FakeBudget(TimeProvider.System), more);

    public IConnector Connect(IVendorBudget budget, params (string Name, string Value)[] more)
    {
        var settings = Settings();
        foreach (var (name, value) in more)
            settings[name] = value;
        return new ZendeskFactory().Create(new ConnectorContext(System, settings, budget, new FakeTokens(), Time));
    }

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("create", objectType) { Fields = Names(fields) })!["id"]!.ToString();

    public string Seed(string objectType, params (string Name, string? Value)[] fields) => Seed(objectType, fields.ToDictionary(field => field.Name, field => field.Value));

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Sandbox.Edit(new VendorEdit("update", objectType, id) { Fields = Names(fields) });

    public override void Delete(string objectType, string id) => Sandbox.Edit(new VendorEdit("delete", objectType, id));

    public override string? Stored(string objectType, string id) => Sandbox.Read(objectType, id)?.ToJsonString();

    public override int Count(string objectType) => Sandbox.Counts[objectType];

    public JsonNode? User(string id) => Sandbox.Read("users", id);

    public override void ThrottleNext(TimeSpan retryAfter) => Sandbox.Faults.ThrottleNext(retryAfter);

    /// <summary>The answer of the job's start.</summary>
    public override void LoseNextAnswer() => Sandbox.Faults.Plan(SandboxFault.DropAfter);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    public override WebhookRequest Webhook(string body, DateTimeOffset at)
    {
        var timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new("POST", "https://hub.example.com/hooks/zendesk", new Dictionary<string, string>
        {
            ["x-zendesk-webhook-signature"] = ZendeskSignature.Of(Sandbox.WebhookSecret, timestamp, body),
            ["x-zendesk-webhook-signature-timestamp"] = timestamp,
        }, Encoding.UTF8.GetBytes(body));
    }

    public override ValueTask DisposeAsync() => server.DisposeAsync();

    public Dictionary<string, string> Settings()
    {
        var settings = Sandbox.Configuration.Where(entry => signsIn ? entry.Key is not ("email" or "apiToken") : entry.Key is not ("clientId" or "clientSecret" or "refreshToken"))
            .ToDictionary(entry => entry.Key, entry => entry.Value!.ToString());
        settings["jobPollMilliseconds"] = "5";
        settings["exportPage"] = "100";
        return settings;
    }

    /// <summary>The sandbox's own pages call a custom field by its bare key.</summary>
    private static Dictionary<string, string?> Names(IReadOnlyDictionary<string, string?> fields) =>
        fields.ToDictionary(field => field.Key[(field.Key.LastIndexOf('.') + 1)..], field => field.Value);
}
