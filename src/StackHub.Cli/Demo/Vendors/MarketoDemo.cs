using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Marketo;

namespace StackHub.Cli.Demo.Vendors;

public sealed class MarketoDemo : IDemoVendor
{
    private const int SmartList = 1;

    /// <summary>The hub keeps to 90 calls in 20 seconds; the rest is for the independent reader.</summary>
    private const int CallsPerWindow = 400;

    public string Name => "marketo";

    public string JobTitle => "title";

    /// <summary>Marketo signs nothing; the demo's instance is polled.</summary>
    public string? Hook => null;

    public SandboxOptions Grant(SandboxOptions options) => options.With<MarketoOptions>(marketo => marketo with { SmartList = SmartList, WindowCalls = CallsPerWindow });

    public IRawReader Reader(VendorSandbox sandbox) => new RawMarketo((MarketoSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $"""
        marketo:
          connector: marketo
          poll: 5s
          settings:
            baseUrl: {sandbox.BaseUrl()}
            clientId: {sandbox.Setting("clientId")}
            clientSecret: {sandbox.Secret("clientSecret")}
            activityLagSeconds: 2
            throttleWaitSeconds: 2
            exportPollSeconds: 0
            exportSmartList: "{SmartList}"
        """;
}
