using StackHub.Cli.Demo.Vendors;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo;

/// <summary>A stackhub.yaml for the sandbox. Secrets go by environment variables here as everywhere.</summary>
public static class DemoConfiguration
{
    /// <summary>Sets the variables that the text refers to.</summary>
    /// <param name="only">The tools to connect; all when none is named.</param>
    public static string For(SandboxServer sandbox, Uri publicBase, params IReadOnlyCollection<string> only) =>
        Of(publicBase, DemoVendors.In(sandbox, only).Select(pair => pair.Vendor.Configuration(pair.Sandbox)));

    /// <summary>All tools, with people who are qualified and routed on the way.</summary>
    public static string WithLeads(SandboxServer sandbox, Uri publicBase)
    {
        var systems = DemoVendors.In(sandbox).Select(pair => (pair.Vendor.Configuration(pair.Sandbox).TrimEnd() + "\n" + pair.Vendor.LeadConfiguration).TrimEnd());
        return $"{Of(publicBase, systems)}\n{DemoRules.For(sandbox)}";
    }

    /// <summary>Points the simulated vendors' webhooks at the hub.</summary>
    public static void SendWebhooks(SandboxServer sandbox, Uri hub, params IReadOnlyCollection<string> only)
    {
        foreach (var (vendor, simulated) in DemoVendors.In(sandbox, only))
            simulated.Webhooks.Target = vendor.Hook is { } hook ? new(hub, hook) : null;
    }

    public static VendorSandbox VendorOf(SandboxServer sandbox, string system) => sandbox.Vendors.First(vendor => vendor.Name == system);

    private static string Of(Uri publicBase, IEnumerable<string> systems) => $"""
        hub:
          publicUrl: {publicBase.ToString().TrimEnd('/')}
          phoneRegion: US
        systems:
        {string.Join('\n', systems.Select(Indented))}
        """;

    private static string Indented(string block) => string.Join('\n', block.ReplaceLineEndings("\n").Split('\n').Select(line => $"  {line}"));
}
