using StackHub.Mapping;
using StackHub.Sync;

namespace StackHub.Tests;

/// <summary>What the layout promises, asked of the source itself.</summary>
public sealed class ConventionTests
{
    private static readonly string Source = Path.Combine(Root(), "src");

    [Theory]
    [InlineData("Records")]
    [InlineData("Storage")]
    [InlineData("Security")]
    [InlineData("Leases")]
    [InlineData("Telemetry")]
    public void The_base_knows_no_feature(string folder) =>
        Assert.Empty(Uses(Path.Combine("StackHub", folder), "StackHub.Sync", "StackHub.Identity", "StackHub.Mapping", "StackHub.Webhooks", "StackHub.Suppression", "StackHub.Configuration", "StackHub.Connecting"));

    [Theory]
    [InlineData("Identity")]
    [InlineData("Mapping")]
    [InlineData("Webhooks")]
    [InlineData("Suppression")]
    [InlineData("Connecting")]
    [InlineData("Calendars")]
    [InlineData("Flows")]
    [InlineData("Rules")]
    [InlineData("Permissions")]
    public void A_capability_calls_no_flow(string folder) => Assert.Empty(Uses(Path.Combine("StackHub", folder), "StackHub.Sync", "StackHub.Lifecycle", "StackHub.Routing"));

    [Fact]
    public void Flows_do_not_reference_each_other()
    {
        string[] flows = ["Lifecycle", "Routing", "Audit", "Privacy"];

        foreach (var flow in flows.Where(flow => Directory.Exists(Path.Combine(Source, "StackHub", flow))))
            Assert.Empty(Uses(Path.Combine("StackHub", flow), [.. flows.Except([flow]).Select(other => $"StackHub.{other}")]));
    }

    [Fact]
    public void The_sandbox_knows_nothing_of_ours() => Assert.DoesNotContain("ProjectReference", File.ReadAllText(Path.Combine(Source, "StackHub.Sandbox", "StackHub.Sandbox.csproj")), StringComparison.Ordinal);

    [Fact]
    public void Connectors_do_not_know_each_other()
    {
        var vendors = Directory.GetDirectories(Path.Combine(Source, "StackHub.Connectors")).Select(folder => Path.GetFileName(folder)!).Except(["Http", "Erasing", "bin", "obj"]).ToArray();

        foreach (var vendor in vendors)
            Assert.Empty(Uses(Path.Combine("StackHub.Connectors", vendor), [.. vendors.Except([vendor]).Select(other => $"StackHub.Connectors.{other}")]));
    }

    [Fact]
    public void Every_policy_kind_has_its_rule() => Assert.Equal(Enum.GetValues<PolicyKind>().Order(), ConflictPolicies.All.Keys.Order());

    [Fact]
    public void Every_transform_is_listed() =>
        Assert.Equal(
            typeof(ITransform).Assembly.GetTypes().Where(type => type.IsClass && typeof(ITransform).IsAssignableFrom(type)).Select(type => type.Name).Order(),
            TransformList.All.Values.Select(transform => transform.GetType().Name).Order());

    [Fact]
    public void No_source_switches_a_warning_off() =>
        Assert.DoesNotContain(Files(Source), file => File.ReadAllText(file).Contains("#pragma warning", StringComparison.Ordinal));

    [Fact]
    public void No_log_template_names_a_value()
    {
        string[] personal = ["{Value", "{Email", "{Name}", "{Phone", "{Body", "{Token", "{Address", "{Payload"];

        Assert.DoesNotContain(
            Files(Source).Where(file => file.EndsWith("Log.cs", StringComparison.Ordinal)),
            file => personal.Any(word => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Uses(string folder, params string[] namespaces) => Files(Path.Combine(Source, folder))
        .SelectMany(file => File.ReadLines(file)
            .Where(line => namespaces.Any(name => line.StartsWith($"using {name};", StringComparison.Ordinal) || line.StartsWith($"using {name}.", StringComparison.Ordinal)))
            .Select(line => $"{Path.GetFileName(file)}: {line}"));

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StackHub.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }
}
