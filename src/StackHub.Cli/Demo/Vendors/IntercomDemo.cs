using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom;

namespace StackHub.Cli.Demo.Vendors;

public sealed class IntercomDemo : IDemoVendor
{
    /// <summary>
    /// Intercom writes one contact a call and allows 1,666 calls in ten seconds, so the first sync of 5,000 people would wait for it for
    /// more than a minute. The demo's workspace is granted more, as Intercom does on request.
    /// </summary>
    public const int CallsPerSlice = 16_660;

    public string Name => "intercom";

    public string JobTitle => "job_title";

    public SandboxOptions Grant(SandboxOptions options) => options with { Intercom = options.Intercom with { SliceCalls = CallsPerSlice } };

    public IRawReader Reader(VendorSandbox sandbox) => new RawIntercom((IntercomSandbox)sandbox);

    public string Configuration(VendorSandbox sandbox) => $"""
        intercom:
          connector: intercom
          poll: 30s
          concurrency: 8
          settings:
            baseUrl: {sandbox.BaseUrl()}
            version: "2.15"
            callsPer10Seconds: {CallsPerSlice * 95 / 100}
            accessToken: {sandbox.Secret("accessToken")}
            clientSecret: {sandbox.Secret("clientSecret")}
        """;
}
