using System.Text.Json.Nodes;
using StackHub.Cli.Checking;
using StackHub.Cli.Demo.Vendors;
using StackHub.Connecting;
using StackHub.Identity;
using StackHub.Records;

namespace StackHub.EndToEnd.Tests.Staging;

/// <summary>What a stage knows about itself.</summary>
public sealed partial class Stage
{
    /// <summary>
    /// The end of every story: nothing waits, a second sync writes nothing, no vendor saw a call it should not have, and an independent
    /// reader finds every record everywhere, once, saying the same.
    /// </summary>
    public async Task ConvergedAsync()
    {
        await QuietAsync();
        var written = Written();
        await SyncAsync();
        Assert.True(written == Written(), $"A second sync wrote {Written() - written} records.\n{Log.Warnings}");
        None(Violations());
        None(await ProblemsAsync());
        Assert.Equal(0, await OutboxAsync());
    }

    /// <summary>Shows the first of what should not be there, in full.</summary>
    public static void None(IReadOnlyCollection<string> problems) =>
        Assert.True(problems.Count == 0, $"{problems.Count} problems:{string.Concat(problems.Take(8).Select(problem => $"\n  {problem}"))}");

    /// <summary>What the independent reader finds wrong, in the named systems or in all.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(params string[] only)
    {
        var checks = await new SyncCheck(Model, Hub.Get<RecordStore>(), Hub.Get<Redirects>()).RunAsync(readers.Where(reader => only.Length == 0 || only.Contains(reader.System)), Before, Token);
        Assert.All(checks, check => Assert.True(check.Records > 0 && check.FieldsCompared > 0, "The check had nothing to check."));
        return [.. checks.SelectMany(check => check.Problems.Select(problem => $"{check.System}: {problem}"))];
    }

    public IReadOnlyList<string> Violations() =>
        [.. Sandbox.Vendors.SelectMany(vendor => vendor.Stats.Violations.Select(violation => $"{vendor.Name}: {violation.Rule}: {violation.Detail}"))];

    /// <summary>Records created and updated by all hubs, as the vendors confirmed it.</summary>
    public long Written() => Hubs.Sum(hub => Model.Order.Sum(system => hub.Get<SystemCounters>().Of(system) is var counts ? counts.Created + counts.Updated : 0));

    public long Written(string system) => Hubs.Sum(hub => hub.Get<SystemCounters>().Of(new(system)) is var counts ? counts.Created + counts.Updated : 0);

    public long Created(string system) => Hubs.Sum(hub => hub.Get<SystemCounters>().Of(new(system)).Created);

    public async Task<IReadOnlyList<HubRecord>> RecordsAsync()
    {
        var all = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await Hub.Get<RecordStore>().ScanAsync(next, 500, Token);
            all.AddRange(page);
        }
        while (next is not null);
        return all;
    }

    public async Task<HubRecord> RecordAsync(RecordId id) => (await Hub.Get<RecordStore>().ReadAsync(id, Token))!.Record;

    /// <summary>People who are in every tool exactly once (in Salesforce as a contact), so that an edit has somewhere to go.</summary>
    public async Task<IReadOnlyList<HubRecord>> EverywhereAsync() =>
    [
        .. (await RecordsAsync()).Where(record => record is { Kind: RecordKind.Person, MergedInto: null, Contested: false }
            && record.Links.Length == Model.Order.Length && record.Links.All(link => link.Active && link.Refusals.IsEmpty)
            && Model.Order.All(system => record.ActiveIn(system).Count() == 1) && LinkIn(record, "salesforce").ObjectType == "Contact"),
    ];

    public static ExternalRef LinkIn(HubRecord record, string system) => record.ActiveIn(new(system)).First().Ref;

    /// <summary>A person's edit in a tool's own pages.</summary>
    public JsonNode? Edit(string system, HubRecord record, params (string Field, string? Value)[] fields)
    {
        var link = LinkIn(record, system);
        return Vendor(system).Edit(new("update", link.ObjectType, link.Id) { Fields = fields.ToDictionary(field => field.Field, field => field.Value) });
    }

    public string? Says(string system, HubRecord record, string field) => LinkIn(record, system) is var link ? Text(Vendor(system).Read(link.ObjectType, link.Id), field) : null;

    /// <summary>A field wherever the vendor's own record keeps it.</summary>
    public static string? Text(JsonNode? node, string field) => node?.Field(field)?.ToString();

    public string? CanonicalText(HubRecord record, string field) => Model.View(record, Hub.Get<Redirects>().Follow).Text(field);
}
