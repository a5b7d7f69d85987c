using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo;
using StackHub.Cli.Demo.Vendors;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Functions.Tests.Staging;

/// <summary>The steps a story has, taken from outside: over the public address, as an operator would.</summary>
internal sealed partial class CloudStage
{
    private static IReadOnlyDictionary<string, string> Title => DemoVendors.JobTitles;

    /// <summary>Custom fields, full reads, webhooks on, first plans approved; nothing is written yet.</summary>
    /// <returns>What each plan creates.</returns>
    public async Task<Dictionary<string, long>> OnboardAsync()
    {
        foreach (var connector in Get<ConnectorSet>().All)
            if (connector is IVendorSetup setup)
                await setup.EnsureCustomFieldsAsync(Token);
        await RunAsync("backfill");
        await UntilAsync("the matches", async () => await MessagesAsync() == 0);
        DemoConfiguration.SendWebhooks(Sandbox, Address, tools);
        var creates = new Dictionary<string, long>();
        foreach (var system in Model.Order)
            creates[system.Name] = (long)(await PostAsync($"api/systems/{system}/approve", null))!["creates"]!;
        return creates;
    }

    public async Task SyncAsync()
    {
        await RunAsync("reconcile");
        await QuietAsync();
    }

    public async Task<JsonNode> GetAsync(string path) => (await http.GetFromJsonAsync<JsonNode>(path, Token))!;

    /// <returns>Null when the answer has no body.</returns>
    public async Task<JsonNode?> PostAsync(string path, object? body)
    {
        using var answer = await http.PostAsJsonAsync(path, body ?? new { }, Token);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Token)}\n{Host.Log}");
        return answer.StatusCode == HttpStatusCode.NoContent ? null : await answer.Content.ReadFromJsonAsync<JsonNode>(Token);
    }

    public async Task<HttpStatusCode> StatusAsync(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request, Token);
        return answer.StatusCode;
    }

    /// <summary>What an independent reader finds wrong, after everything was read in every tool.</summary>
    public async Task ConvergedAsync()
    {
        var checks = await new SyncCheck(Model, Get<RecordStore>(), Get<Redirects>()).RunAsync(readers, Before, Token);
        Assert.All(checks, check => Assert.True(check.Records > 0 && check.FieldsCompared > 0, "The check had nothing to check."));
        None([.. checks.SelectMany(check => check.Problems.Select(problem => $"{check.System}: {problem}"))]);
        None([.. Sandbox.Vendors.SelectMany(vendor => vendor.Stats.Violations.Select(violation => $"{vendor.Name}: {violation.Rule}: {violation.Detail}"))]);
    }

    /// <summary>Records sent to a vendor in calls that write.</summary>
    public long Written(string system) => DemoConfiguration.VendorOf(Sandbox, system).Stats.Operations.Where(operation => IsWrite(operation.Operation)).Sum(operation => operation.Records);

    /// <summary>Changes that the tools told of, the echoes of the hub's own writes among them.</summary>
    public long Told() => Sandbox.Vendors.Sum(vendor => vendor.WebhooksDelivered);

    /// <summary>Webhook calls that the tools made.</summary>
    public long Posts() => Sandbox.Vendors.Sum(vendor => vendor.WebhookPosts);

    public IReadOnlyDictionary<string, long> WrittenBySystem() => Model.Order.ToDictionary(system => system.Name, system => Written(system.Name));

    /// <summary>So many records in each tool since then, but none in the tool where they were edited.</summary>
    public void AssertWrittenOnce(int records, string edited, IReadOnlyDictionary<string, long> before) =>
        Assert.Equal(before.ToDictionary(system => system.Key, system => system.Key == edited ? 0L : records), before.ToDictionary(system => system.Key, system => Written(system.Key) - system.Value));

    public long Written() => Model.Order.Sum(system => Written(system.Name));

    /// <summary>People who are in every tool exactly once (in Salesforce as a contact), so that an edit has somewhere to go.</summary>
    public async Task<IReadOnlyList<HubRecord>> EverywhereAsync()
    {
        var people = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await Get<RecordStore>().ScanAsync(next, 500, Token);
            people.AddRange(page.Where(record => record is { Kind: RecordKind.Person, MergedInto: null, Contested: false }
                && Model.Order.All(system => record.ActiveIn(system).Count() == 1) && record.Links.Length == Model.Order.Length && LinkIn(record, "salesforce").ObjectType == "Contact"));
        }
        while (next is not null);
        Assert.NotEmpty(people);
        return people;
    }

    /// <summary>A person's edit in a tool's own pages.</summary>
    public void EditTitle(string system, HubRecord record, string title)
    {
        var link = LinkIn(record, system);
        DemoConfiguration.VendorOf(Sandbox, system).Edit(new("update", link.ObjectType, link.Id) { Fields = new Dictionary<string, string?> { [Title[system]] = title } });
    }

    public void AssertTitle(HubRecord record, string title) => Assert.All(tools, system => Assert.Equal(title, TitleIn(system, record)));

    public bool IsTitle(HubRecord record, string title) => tools.All(system => TitleIn(system, record) == title);

    public string? TitleIn(string system, HubRecord record)
    {
        var link = LinkIn(record, system);
        var (read, field) = (DemoConfiguration.VendorOf(Sandbox, system).Read(link.ObjectType, link.Id), Title[system]);
        return read?.Field(field)?.ToString();
    }

    /// <summary>Records in each tool, of the types the hub keeps.</summary>
    public Dictionary<string, long> Counts() => Sandbox.Vendors.Where(vendor => tools.Contains(vendor.Name)).ToDictionary(
        vendor => vendor.Name,
        vendor => vendor.Counts.Where(count => Model.Systems[new(vendor.Name)].Maps.ContainsKey(count.Key)).Sum(count => (long)count.Value));

    /// <summary>As many records came to each tool as the plans said, and no more.</summary>
    public void AssertCreated(Dictionary<string, long> planned, Dictionary<string, long> before)
    {
        var created = Counts().ToDictionary(count => count.Key, count => count.Value - before[count.Key]);
        Assert.Equal(planned.OrderBy(plan => plan.Key), created.OrderBy(count => count.Key));
    }

    public void Slow(TimeSpan latency)
    {
        foreach (var vendor in Sandbox.Vendors)
            vendor.Faults.Latency = latency;
    }

    /// <summary>Waits until the vendors have seen so many more calls.</summary>
    public Task MoreCallsAsync(int calls)
    {
        var until = Calls() + calls;
        return UntilAsync($"{calls} calls", () => Task.FromResult(Calls() >= until));
    }

    /// <summary>A run that ended.</summary>
    public async Task<JsonNode> OverAsync(string id)
    {
        JsonNode run = null!;
        await UntilAsync("the run", async () => (string)(run = await GetAsync($"api/runs/{id}"))["state"]! is "succeeded" or "failed");
        return run;
    }

    /// <summary>The handler's process stands still, as one that hangs does.</summary>
    public async Task FreezeAsync()
    {
        using var stop = Process.Start("kill", ["-STOP", $"{Host.HandlerId}"]);
        await stop.WaitForExitAsync(Token);
        Assert.Equal(0, stop.ExitCode);
    }

    private long Calls() => Sandbox.Vendors.Sum(vendor => vendor.Stats.Operations.Sum(operation => operation.Calls));

    private async Task RunAsync(string kind)
    {
        var run = await OverAsync((string)(await PostAsync("api/runs", new { kind }))!["id"]!);
        Assert.True((string)run["state"]! == "succeeded", $"{run}\n{Host.Log}");
    }

    private static void None(IReadOnlyCollection<string> problems) =>
        Assert.True(problems.Count == 0, $"{problems.Count} problems:{string.Concat(problems.Take(8).Select(problem => $"\n  {problem}"))}");

    private static ExternalRef LinkIn(HubRecord record, string system) => record.ActiveIn(new(system)).First().Ref;

    private static bool IsWrite(string operation) =>
        operation.Contains("upsert", StringComparison.OrdinalIgnoreCase) || operation.Contains("update", StringComparison.OrdinalIgnoreCase) || operation.Contains("create", StringComparison.OrdinalIgnoreCase);
}
