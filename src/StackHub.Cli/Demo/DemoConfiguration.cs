using System.Text.Json.Nodes;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo;

/// <summary>A stackhub.yaml for the sandbox. Secrets go by environment variables here as everywhere.</summary>
public static class DemoConfiguration
{
    /// <summary>
    /// Intercom writes one contact a call and allows 1,666 calls in ten seconds, so the first sync of 5,000 people would wait for it for
    /// more than a minute. The demo's workspace is granted more, as Intercom does on request.
    /// </summary>
    public const int IntercomCallsPerSlice = 16_660;

    /// <summary>The hub keeps to 190 calls in ten seconds; the rest is for the independent reader, which is another app to HubSpot.</summary>
    public const int HubSpotCallsPerWindow = 390;

    private const string WebhookToken = "demo-outbound-message-token";

    /// <summary>Sets the variables that the text refers to.</summary>
    public static string For(SandboxServer sandbox, Uri publicBase)
    {
        var (salesforce, hubSpot, intercom) = (sandbox.Salesforce.Configuration, sandbox.HubSpot.Configuration, sandbox.Intercom.Configuration);
        Secret("STACKHUB_DEMO_SF_SECRET", salesforce, "clientSecret");
        Secret("STACKHUB_DEMO_SF_REFRESH", salesforce, "refreshToken");
        Environment.SetEnvironmentVariable("STACKHUB_DEMO_SF_WEBHOOK", WebhookToken);
        Secret("STACKHUB_DEMO_HS_SECRET", hubSpot, "clientSecret");
        Secret("STACKHUB_DEMO_HS_REFRESH", hubSpot, "refreshToken");
        Secret("STACKHUB_DEMO_IC_TOKEN", intercom, "accessToken");
        Secret("STACKHUB_DEMO_IC_SECRET", intercom, "clientSecret");
        return $$"""
            hub:
              publicUrl: {{publicBase.ToString().TrimEnd('/')}}
              phoneRegion: US
            systems:
              salesforce:
                connector: salesforce
                poll: 5s
                settings:
                  loginUrl: {{Base(salesforce)}}
                  apiVersion: "66.0"
                  clientId: {{salesforce["clientId"]}}
                  clientSecret: env:STACKHUB_DEMO_SF_SECRET
                  refreshToken: env:STACKHUB_DEMO_SF_REFRESH
                  organizationId: {{salesforce["organizationId"]}}
                  webhookToken: env:STACKHUB_DEMO_SF_WEBHOOK
                  feedLagSeconds: 2
              hubspot:
                connector: hubspot
                poll: 5s
                settings:
                  baseUrl: {{Base(hubSpot)}}
                  portalId: "{{hubSpot["portalId"]}}"
                  clientId: {{hubSpot["clientId"]}}
                  clientSecret: env:STACKHUB_DEMO_HS_SECRET
                  refreshToken: env:STACKHUB_DEMO_HS_REFRESH
                  webhookSecret: env:STACKHUB_DEMO_HS_SECRET
                objects:
                  contacts:
                    fields:
                      industry: none
                      leadSource: none
                      leadScore: none
                  deals:
                    fields:
                      stage: { options: { Prospecting: appointmentscheduled, Qualification: qualifiedtobuy, "Proposal/Price Quote": presentationscheduled, "Negotiation/Review": contractsent, Closed Won: closedwon, Closed Lost: closedlost } }
                  companies:
                    fields:
                      industry: none
              intercom:
                connector: intercom
                poll: 30s
                concurrency: 8
                settings:
                  baseUrl: {{Base(intercom)}}
                  version: "2.15"
                  callsPer10Seconds: {{IntercomCallsPerSlice * 95 / 100}}
                  accessToken: env:STACKHUB_DEMO_IC_TOKEN
                  clientSecret: env:STACKHUB_DEMO_IC_SECRET
            """;
    }

    /// <summary>Points the simulated vendors' webhooks at the hub.</summary>
    public static void SendWebhooks(SandboxServer sandbox, Uri hub)
    {
        sandbox.Salesforce.Webhooks.Target = new(hub, $"hooks/salesforce/{WebhookToken}");
        sandbox.HubSpot.Webhooks.Target = new(hub, "hooks/hubspot");
        sandbox.Intercom.Webhooks.Target = new(hub, "hooks/intercom");
    }

    public static VendorSandbox VendorOf(SandboxServer sandbox, string system) => sandbox.Vendors.First(vendor => vendor.Name == system);

    private static string Base(JsonObject configuration) => ((string)configuration["baseUrl"]!).TrimEnd('/');

    private static void Secret(string variable, JsonObject configuration, string key) => Environment.SetEnvironmentVariable(variable, (string)configuration[key]!);
}
