using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Conformance.Tests.Libraries;
using StackHub.Conformance.Tests.Node;
using StackHub.Conformance.Tests.Traffic;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot;
using StackHub.Sandbox.Vendors.Intercom;
using StackHub.Sandbox.Vendors.Klaviyo;
using StackHub.Sandbox.Vendors.Zendesk;

[assembly: AssemblyFixture(typeof(LibraryRuns))]

namespace StackHub.Conformance.Tests.Libraries;

/// <summary>A client library's way through a sandbox of its own, made once for all tests that ask.</summary>
public sealed class LibraryRuns
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LibraryRun>>> runs = [];

    internal static IReadOnlyDictionary<string, string> Vendors { get; } = new Dictionary<string, string>
    {
        ["hubspot"] = "hubspot", ["jsforce"] = "salesforce", ["intercom"] = "intercom", ["klaviyo"] = "klaviyo", ["zendesk"] = "zendesk",
    };

    internal Task<LibraryRun> OfAsync(string library) => runs.GetOrAdd(library, name => new(() => RunAsync(name))).Value;

    private static async Task<LibraryRun> RunAsync(string library)
    {
        NpmFolder.Require();
        await using var server = await SandboxServer.StartAsync(Options(), default);
        var vendor = server.Vendors.Single(one => one.Name == Vendors[library]);
        var log = new ExchangeLog();
        log.ListenTo(vendor);
        var lines = await new NodeScript($"clients/{library}.mjs") { Environment = Settings(vendor), Patience = TimeSpan.FromSeconds(90) }.RunAsync(default);
        return new([.. lines.Select(line => JsonSerializer.Deserialize<LibraryStep>(line, JsonSerializerOptions.Web)!)], [.. log.Exchanges]);
    }

    /// <summary>Empty, and without limits: a library's own retries would only make the run longer.</summary>
    private static SandboxOptions Options() => new()
    {
        SeedData = false,
        HubSpot = new HubSpotOptions { EnforceLimits = false },
        Intercom = new IntercomOptions { EnforceLimits = false },
        Others = [new KlaviyoOptions { EnforceLimits = false }, new ZendeskOptions { EnforceLimits = false, ExportHoldBack = TimeSpan.Zero }],
    };

    /// <summary>The sandbox's own words for its credentials, as names of an environment: "refreshToken" is REFRESH_TOKEN.</summary>
    private static Dictionary<string, string> Settings(VendorSandbox vendor)
    {
        var settings = vendor.Configuration.Where(entry => entry.Value is JsonValue).ToDictionary(entry => NameOf(entry.Key), entry => entry.Value!.ToString());
        settings["BASE_URL"] = vendor.BaseUrl.GetLeftPart(UriPartial.Authority);
        return settings;
    }

    private static string NameOf(string key) => string.Concat(key.Select(letter => char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}

/// <summary>The steps that a script told, and the traffic behind them.</summary>
internal sealed record LibraryRun(IReadOnlyList<LibraryStep> Steps, IReadOnlyList<Exchange> Exchanges);

internal sealed record LibraryStep(string Step, bool Passed, string? Problem);
