using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk;

namespace StackHub.Cli.Demo.Vendors;

public sealed class ZendeskDemo : IDemoVendor
{
    /// <summary>The hub keeps to 665 calls a minute; the rest is for the independent reader.</summary>
    private const int CallsPerMinute = 1_400;

    /// <summary>As many as Zendesk grants nobody, so that the demo and the tests need not wait for a minute.</summary>
    private const int ExportsPerMinute = 110;

    public string Name => "zendesk";

    public string JobTitle => "job_title";

    public SandboxOptions Grant(SandboxOptions options) => options.With<ZendeskOptions>(zendesk => zendesk with { CallsPerMinute = CallsPerMinute, ExportsPerMinute = ExportsPerMinute });

    public IRawReader Reader(VendorSandbox sandbox) => new RawZendesk((ZendeskSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $"""
        zendesk:
          connector: zendesk
          poll: 30s
          settings:
            baseUrl: {sandbox.BaseUrl()}
            email: {sandbox.Setting("email")}
            apiToken: {sandbox.Secret("apiToken")}
            webhookSecret: {sandbox.Secret("webhookSecret")}
            callsPerMinute: 665
            exportsPerMinute: 100
            jobPollMilliseconds: 20
        """;
}
