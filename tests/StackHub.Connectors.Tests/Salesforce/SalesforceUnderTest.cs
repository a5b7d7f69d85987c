using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce;
using StackHub.Testing.Connecting;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>The sandbox's Salesforce organisation.</summary>
internal sealed class SalesforceUnderTest : VendorUnderTest
{
    private SandboxServer server = null!;

    public SalesforceSandbox Sandbox => server.Salesforce;

    public override string ObjectType => "Contact";

    public override string EmailField => "Email";

    public override string TextField => "Title";

    public override string AccountType => "Account";

    public override string AccountNameField => "Name";

    public override string? AccountField => "AccountId";

    public override int ScanPage => SalesforceQueries.PageSize;

    public override IReadOnlyList<string> Violations => [.. Sandbox.Stats.Violations.Select(violation => $"{violation.Rule}: {violation.Detail}")];

    public static async Task<SalesforceUnderTest> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var vendor = new SalesforceUnderTest();
        var options = new SandboxOptions { SeedData = false, Time = vendor.Time };
        vendor.server = await SandboxServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
        return vendor;
    }

    public override IConnector Connect(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called) =>
        new WithRequiredFields(Create(budget, tokens, called));

    /// <summary>The connector itself, which sends only what it is told to write.</summary>
    public SalesforceConnector Create(IVendorBudget budget, ITokenStore tokens, Action<string, int>? called = null, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["loginUrl"] = Sandbox.BaseUrl.GetLeftPart(UriPartial.Authority),
            ["clientId"] = Sandbox.Credentials.ClientId,
            ["clientSecret"] = Sandbox.Credentials.ClientSecret,
            ["refreshToken"] = Sandbox.Credentials.RefreshToken,
            ["organizationId"] = Sandbox.OrganizationId,
            ["webhookToken"] = "s3cret",
        };
        foreach (var (name, value) in more)
            settings[name] = value;
        var factory = new SalesforceConnectorFactory();
        Assert.Empty(factory.Problems(settings));
        return (SalesforceConnector)factory.Create(new ConnectorContext(new SystemId("salesforce"), settings, budget, tokens, Time) { Called = called });
    }

    public override string Seed(string objectType, IReadOnlyDictionary<string, string?> fields) =>
        Change(new VendorEdit("create", objectType) { Fields = WithRequiredFields.Of(objectType, fields) })!;

    public override void Edit(string objectType, string id, IReadOnlyDictionary<string, string?> fields) =>
        Change(new VendorEdit("update", objectType, id) { Fields = fields });

    public override void Delete(string objectType, string id) => Change(new VendorEdit("delete", objectType, id));

    /// <summary>An edit by a person; the id of the record.</summary>
    public string? Change(VendorEdit edit) => Sandbox.Edit(edit)?["Id"]?.GetValue<string>();

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

    public override void LoseNextAnswer() => Sandbox.Faults.Plan(FaultKind.DropAfter);

    public override void ExpireTokens() => Sandbox.ExpireTokens();

    /// <summary>None for the contract, which takes the signature out of the headers: outbound messages have theirs in the address.</summary>
    public override WebhookRequest? Webhook(string body, DateTimeOffset at) => null;

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
