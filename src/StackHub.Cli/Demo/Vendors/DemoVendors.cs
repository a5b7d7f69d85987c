using System.Text.Json.Nodes;
using StackHub.Cli.Checking;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo.Vendors;

/// <summary>The list of the demo's vendors.</summary>
public static class DemoVendors
{
    public static IReadOnlyList<IDemoVendor> All { get; } =
    [
        new SalesforceDemo(),
        new HubSpotDemo(),
        new IntercomDemo(),
        new MarketoDemo(),
        new KlaviyoDemo(),
        new ZendeskDemo(),
    ];

    private static readonly string[] Containers = ["properties", "fields", "custom_attributes", "attributes", "user_fields"];

    /// <summary>Those that a sandbox has, or of them those that are named.</summary>
    public static IEnumerable<(IDemoVendor Vendor, VendorSandbox Sandbox)> In(SandboxServer sandbox, params IReadOnlyCollection<string> only) =>
        from vendor in All
        where only.Count == 0 || only.Contains(vendor.Name)
        join simulated in sandbox.Vendors on vendor.Name equals simulated.Name
        select (vendor, simulated);

    public static SandboxOptions Grant(this SandboxOptions options) => All.Aggregate(options, (granted, vendor) => vendor.Grant(granted));

    public static IReadOnlyList<IRawReader> Readers(SandboxServer sandbox, params IReadOnlyCollection<string> only) => [.. In(sandbox, only).Select(pair => pair.Vendor.Reader(pair.Sandbox))];

    /// <summary>The field of a person's job title, by system.</summary>
    public static IReadOnlyDictionary<string, string> JobTitles { get; } = All.ToDictionary(vendor => vendor.Name, vendor => vendor.JobTitle);

    /// <summary>The field wherever the vendor's own record keeps it.</summary>
    public static JsonNode? Field(this JsonNode record, string field) =>
        record[field] ?? Containers.Select(container => (record[container] as JsonObject)?[field]).FirstOrDefault(value => value is not null);

    internal static string BaseUrl(this VendorSandbox sandbox) => sandbox.Setting("baseUrl").TrimEnd('/');

    internal static string Setting(this VendorSandbox sandbox, string key) => sandbox.Configuration[key]!.ToString();

    /// <summary>A reference to a variable that holds the vendor's secret.</summary>
    internal static string Secret(this VendorSandbox sandbox, string key) => Secret($"STACKHUB_DEMO_{sandbox.Name}_{key}".ToUpperInvariant(), sandbox.Setting(key));

    internal static string Secret(string variable, string value)
    {
        Environment.SetEnvironmentVariable(variable, value);
        return $"env:{variable}";
    }
}
