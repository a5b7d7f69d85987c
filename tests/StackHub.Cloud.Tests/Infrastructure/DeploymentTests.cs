using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Storage;

namespace StackHub.Cloud.Tests.Infrastructure;

/// <summary>The deployment gives the code what it reads, and nobody more than he needs.</summary>
public sealed partial class DeploymentTests
{
    /// <summary>Roles by id, as in Microsoft's list of built-in roles.</summary>
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4633458b-17de-408a-b874-0445c86b69e6"] = "Key Vault Secrets User",
        ["b86a8fe4-44ce-4948-aee5-eccb2c155cd7"] = "Key Vault Secrets Officer",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    [Fact]
    public void Every_queue_and_its_poison_twin_are_made() =>
        Assert.Equal(Queues.All.SelectMany(queue => new[] { queue, Queues.Poison(queue) }).Order(), List(Repository.Bicep("storage.bicep"), "queues").Order());

    [Fact]
    public void Every_setting_is_given_once()
    {
        var settings = Settings();

        Assert.Empty(CloudSettings.Deployed.Concat(CloudSettings.HostStorage).Append(CloudSettings.OtlpEndpoint).Except(settings));
        Assert.Equal(settings.Distinct(), settings);
    }

    [Fact]
    public void No_setting_is_given_that_nobody_reads()
    {
        string[] hosts = [.. CloudSettings.HostStorage, "AzureWebJobsDisableHomepage", "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING"];

        Assert.Empty(Settings().Except(CloudSettings.Deployed).Except(hosts).Except([CloudSettings.OtlpEndpoint]));
    }

    [Fact]
    public void No_setting_is_given_that_Flex_Consumption_refuses() =>
        Assert.Empty(Settings().Intersect(["FUNCTIONS_WORKER_RUNTIME", "FUNCTIONS_EXTENSION_VERSION", "WEBSITE_RUN_FROM_PACKAGE", "AzureWebJobsStorage"]));

    [Fact]
    public void The_code_reads_no_setting_that_is_not_in_the_list()
    {
        string[] known = [.. CloudSettings.Deployed, CloudSettings.Storage];
        var read = Directory.EnumerateFiles(Repository.At("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Demo/", StringComparison.Ordinal))
            .SelectMany(file => OwnSetting().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value));

        Assert.Empty(read.Except(known));
    }

    [Fact]
    public void Storage_takes_no_keys_and_nothing_is_public()
    {
        var storage = Repository.Bicep("storage.bicep").Source;

        Assert.Contains("allowSharedKeyAccess: false", storage, StringComparison.Ordinal);
        Assert.Contains("allowBlobPublicAccess: false", storage, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Bicep(), file => file.Source.Contains("listKeys", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Only_the_roles_in_the_list_are_given() =>
        Assert.Equal(Roles.Keys.Order(), Repository.Bicep().SelectMany(file => file.Texts).Where(text => Guid.TryParse(text, out _)).Distinct().Order());

    [Fact]
    public void No_deployed_file_holds_a_secret()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.At("infra"), "*", SearchOption.AllDirectories), Repository.At("azure.yaml"), Repository.At("local.settings.sample.json")];

        Assert.All(files, file => Assert.DoesNotMatch(Secret(), File.ReadAllText(file)));
    }

    [Fact]
    public void The_local_sample_is_for_the_emulator_and_knows_every_setting_it_names()
    {
        using var sample = JsonDocument.Parse(Repository.Read("local.settings.sample.json"));
        var values = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString());
        string[] hosts = ["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "AzureWebJobsDisableHomepage"];

        Assert.Equal("UseDevelopmentStorage=true", values[CloudSettings.Storage]);
        Assert.Equal("", values[CloudSettings.HubKey]);
        Assert.Empty(values.Keys.Except(hosts).Except(CloudSettings.Deployed).Except([CloudSettings.Storage, CloudSettings.OtlpEndpoint]));
    }

    [Fact]
    public void What_is_published_is_what_is_deployed()
    {
        var azure = Repository.Read("azure.yaml");
        var script = Repository.Read("infra", "scripts", "publish.sh");

        Assert.Contains("language: custom", azure, StringComparison.Ordinal);
        Assert.Equal(Match(azure, @"dist: \./(\S+)"), Match(script, @"^out=(\S+)$"));
        Assert.All(HookFile().Matches(azure).Select(match => match.Groups[1].Value), hook => Assert.True(File.Exists(Repository.At(hook)), hook));
    }

    [Fact]
    public void The_runtime_is_custom_and_the_service_is_found_by_its_tag()
    {
        var app = Repository.Bicep("app.bicep").Source;

        Assert.Contains("runtime: { name: 'custom', version: '1.0' }", app, StringComparison.Ordinal);
        Assert.Contains($"'azd-service-name': '{Match(Repository.Read("azure.yaml"), @"^services:\n  (\w+):")}'", app, StringComparison.Ordinal);
    }

    [Fact]
    public void Queue_triggers_read_queues_that_are_made_over_the_hubs_own_connection()
    {
        var folder = Repository.At("src", "StackHub.Functions", "functions");
        var bindings = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "function.json", SearchOption.AllDirectories).SelectMany(Bindings).ToArray() : [];

        Assert.All(bindings.Where(binding => binding.GetProperty("type").GetString() == "queueTrigger"), binding =>
        {
            Assert.Contains(binding.GetProperty("queueName").GetString(), List(Repository.Bicep("storage.bicep"), "queues"));
            Assert.Equal(CloudSettings.Storage, binding.GetProperty("connection").GetString());
        });
    }

    private static JsonElement[] Bindings(string path)
    {
        using var function = JsonDocument.Parse(File.ReadAllText(path));
        return [.. function.RootElement.GetProperty("bindings").EnumerateArray().Select(binding => binding.Clone())];
    }

    private static string[] Settings() => [.. SettingName().Matches(Repository.Bicep("app.bicep").Source).Select(match => match.Groups[1].Value)];

    private static string[] List(BicepFile file, string name) => [.. Item().Matches(Match(file.Source, $@"^var {name} = \[(.*?)\]")).Select(match => match.Groups[1].Value)];

    private static string Match(string text, string pattern) => Regex.Match(text, pattern, RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    [GeneratedRegex(@"\{ name: '(\w+)', value: ")]
    private static partial Regex SettingName();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Item();

    [GeneratedRegex("\"(STACKHUB_\\w+)\"")]
    private static partial Regex OwnSetting();

    [GeneratedRegex(@"run: \./(\S+)")]
    private static partial Regex HookFile();

    [GeneratedRegex(@"AccountKey=|SharedAccessSignature|sig=|-----BEGIN|password\s*[:=]|InstrumentationKey=|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{64,}", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
