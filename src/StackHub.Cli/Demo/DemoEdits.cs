using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Cli.Demo.Vendors;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo;

/// <summary>People's edits in several tools, each watched until the other tools say the same.</summary>
public sealed class DemoEdits(SandboxServer sandbox, DemoHub hub)
{
    /// <summary>Among so many there is one for each edit who has the field somewhere else.</summary>
    private const int Candidates = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);
    private readonly HubModel model = hub.Get<HubModel>();

    public async Task<IReadOnlyList<DemoEditResult>> RunAsync(IDemoScreen screen, CancellationToken cancellationToken)
    {
        var everywhere = await FindEverywhereAsync(Candidates, cancellationToken);
        var results = new List<DemoEditResult>
        {
            await EditAsync("job title changed", sandbox.Salesforce, "Contact", "Title", "title", "Chief Demo Officer", everywhere, cancellationToken),
            await EditAsync("phone changed", sandbox.HubSpot, "contacts", "phone", "phone", "+14155550142", everywhere, cancellationToken),
            await EditAsync("unsubscribed", sandbox.Intercom, "contacts", "unsubscribed_from_emails", "emailOptOut", "true", everywhere, cancellationToken),
            await EditAsync("last name corrected", sandbox.Salesforce, "Contact", "LastName", "lastName", "O'Demo", everywhere, cancellationToken),
            await CreateAsync(cancellationToken),
        };
        foreach (var result in results)
            screen.Say($"Live edit in {result.Where}: {result.What}; {(result.Converged ? $"everywhere after {result.Milliseconds:N0} ms" : "NOT everywhere in time")}");
        return results;
    }

    /// <summary>People who are live in every tool, so that an edit has somewhere to go.</summary>
    private async Task<List<HubRecord>> FindEverywhereAsync(int count, CancellationToken cancellationToken)
    {
        var found = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordStore>().ScanAsync(next, 500, cancellationToken);
            found.AddRange(page.Where(record => record is { Kind: RecordKind.Person, MergedInto: null } && record.Link("salesforce")?.Ref.ObjectType == "Contact"
                && model.Order.All(system => record.ActiveIn(system).Count() == 1) && record.Links.All(link => link.Refusals.IsEmpty)));
        }
        while (next is not null && found.Count < count);
        return found;
    }

    /// <param name="editField">As the vendor names it in an edit.</param>
    /// <param name="field">As the hub names it.</param>
    /// <param name="people">Of whom one is edited, and is none of them afterwards.</param>
    private async Task<DemoEditResult> EditAsync(string what, VendorSandbox vendor, string type, string editField, string field, string value, List<HubRecord> people, CancellationToken cancellationToken)
    {
        // Not everybody has a phone number, and where nobody shows one there would be nothing to watch.
        var record = people.FirstOrDefault(person => Shown(person, field).Any(other => other.Link.System.Name != vendor.Name)) ?? people[0];
        people.Remove(record);
        var watch = Stopwatch.StartNew();
        vendor.Edit(new("update", type, record.Link(vendor.Name)!.Ref.Id) { Fields = new Dictionary<string, string?> { [editField] = value } });
        var others = Shown(record, field).Where(other => other.Link.System.Name != vendor.Name).ToArray();
        var converged = others.Length > 0 && await UntilAsync(() => others.All(other => Says(DemoConfiguration.VendorOf(sandbox, other.Link.System.Name).Read(other.Link.ObjectType, other.Link.Id), other.Field, value)), cancellationToken);
        return new(what, vendor.Name, watch.Elapsed.TotalMilliseconds, converged);
    }

    private async Task<DemoEditResult> CreateAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        const string address = "new.person@demo-newcomer.example";
        sandbox.Intercom.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["role"] = "user", ["email"] = address, ["name"] = "Nora Newcomer" } });
        var converged = await UntilAsync(async () => await hub.Get<RecordFinder>().FindAsync(address, cancellationToken) is { } id
            && (await hub.Get<RecordStore>().GetAsync(id, cancellationToken))?.Record is { } record && model.Order.All(system => record.Link(system.Name) is not null), cancellationToken);
        return new("new person", "intercom", watch.Elapsed.TotalMilliseconds, converged);
    }

    /// <summary>Where the record is, with the name that the field has there, as far as the vendor shows it on the record itself.</summary>
    private IEnumerable<(ExternalRef Link, string Field)> Shown(HubRecord record, string field) =>
        from link in record.Links
        where link.Active && model.Systems.ContainsKey(link.Ref.System)
        let map = model.Systems[link.Ref.System].Maps[link.Ref.ObjectType].Field(field)
        where map is not null
        let name = map.Map.VendorField.Split('.')[^1]
        where DemoConfiguration.VendorOf(sandbox, link.Ref.System.Name).Read(link.Ref.ObjectType, link.Ref.Id)?.Field(name) is not null
        select (link.Ref, name);

    private static Task<bool> UntilAsync(Func<bool> condition, CancellationToken cancellationToken) => UntilAsync(() => Task.FromResult(condition()), cancellationToken);

    private static Task<bool> UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken) => Eventually.IsAsync(condition, Pause, cancellationToken);

    /// <summary>The field wherever the vendor's own record keeps it, compared loosely: a number or flag by its text.</summary>
    private static bool Says(JsonNode? node, string field, string value)
    {
        var found = node?.Field(field);
        return found is not null && string.Equals(Convert.ToString(found, CultureInfo.InvariantCulture), value, StringComparison.OrdinalIgnoreCase);
    }
}

internal static class DemoLinks
{
    public static LinkedRecord? Link(this HubRecord record, string system) => record.ActiveIn(new(system)).FirstOrDefault();
}
