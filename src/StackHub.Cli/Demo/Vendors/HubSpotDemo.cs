using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;

namespace StackHub.Cli.Demo.Vendors;

public sealed class HubSpotDemo : IDemoVendor
{
    /// <summary>The hub keeps to 190 calls in ten seconds; the rest is for the independent reader, which is another app to HubSpot.</summary>
    public const int CallsPerWindow = 390;

    public string Name => "hubspot";

    public string JobTitle => "jobtitle";

    public SandboxOptions Grant(SandboxOptions options) => options with { HubSpot = options.HubSpot with { BurstCalls = CallsPerWindow } };

    public IReadOnlyDictionary<string, string> Owners(VendorSandbox sandbox) => ((HubSpotSandbox)sandbox).Owners;

    public IRawReader Reader(VendorSandbox sandbox) => new RawHubSpot((HubSpotSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $$"""
        hubspot:
          connector: hubspot
          poll: 5s
          settings:
            baseUrl: {{sandbox.BaseUrl()}}
            portalId: "{{sandbox.Setting("portalId")}}"
            clientId: {{sandbox.Setting("clientId")}}
            clientSecret: {{sandbox.Secret("clientSecret")}}
            refreshToken: {{sandbox.Secret("refreshToken")}}
            webhookSecret: {{sandbox.Secret("clientSecret")}}
          objects:
            contacts:
              fields:
                industry: none
                leadSource: none
            deals:
              fields:
                stage: { options: { Prospecting: appointmentscheduled, Qualification: qualifiedtobuy, "Proposal/Price Quote": presentationscheduled, "Negotiation/Review": contractsent, Closed Won: closedwon, Closed Lost: closedlost } }
            companies:
              fields:
                industry: none
        """;
}
