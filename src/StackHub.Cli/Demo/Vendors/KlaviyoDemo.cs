using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Klaviyo;

namespace StackHub.Cli.Demo.Vendors;

public sealed class KlaviyoDemo : IDemoVendor
{
    /// <summary>The hub keeps to nine tenths of the usual 75 and 750; the rest is for the independent reader.</summary>
    private static readonly (int Burst, int Steady) Large = (150, 3_000);

    public string Name => "klaviyo";

    public string JobTitle => "title";

    public SandboxOptions Grant(SandboxOptions options) => options.With<KlaviyoOptions>(klaviyo => klaviyo with { Large = Large });

    public IRawReader Reader(VendorSandbox sandbox) => new RawKlaviyo((KlaviyoSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $"""
        klaviyo:
          connector: klaviyo
          poll: 5s
          settings:
            baseUrl: {sandbox.BaseUrl()}
            apiKey: {sandbox.Secret("apiKey")}
            webhookSecret: {sandbox.Secret("webhookSecret")}
            indexLagSeconds: 2
            confirmSeconds: 2
        """;
}
