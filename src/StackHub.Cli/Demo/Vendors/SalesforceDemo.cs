using StackHub.Cli.Checking;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Salesforce;

namespace StackHub.Cli.Demo.Vendors;

public sealed class SalesforceDemo : IDemoVendor
{
    private const string WebhookToken = "demo-outbound-message-token";

    public string Name => "salesforce";

    public string JobTitle => "Title";

    public string Hook => $"hooks/salesforce/{WebhookToken}";

    /// <summary>The stage has a field of its own there.</summary>
    public string LeadConfiguration => """
          objects:
            Contact:
              fields:
                lifecycleStage: { to: Lifecycle_Stage__c, type: choice }
            Lead:
              fields:
                lifecycleStage: { to: Lifecycle_Stage__c, type: choice }
        """;

    public IReadOnlyDictionary<string, string> Owners(VendorSandbox sandbox) => ((SalesforceSandbox)sandbox).Sellers;

    public IRawReader Reader(VendorSandbox sandbox) => new RawSalesforce((SalesforceSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $"""
        salesforce:
          connector: salesforce
          poll: 5s
          settings:
            loginUrl: {sandbox.BaseUrl()}
            apiVersion: "66.0"
            clientId: {sandbox.Setting("clientId")}
            clientSecret: {sandbox.Secret("clientSecret")}
            refreshToken: {sandbox.Secret("refreshToken")}
            organizationId: {sandbox.Setting("organizationId")}
            webhookToken: {DemoVendors.Secret("STACKHUB_DEMO_SALESFORCE_WEBHOOK", WebhookToken)}
            feedLagSeconds: 2
        """;
}
