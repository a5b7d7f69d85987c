using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Sandbox;
using StackHub.Sandbox.Hosting;

namespace StackHub.Cli.Demo;

/// <summary>People's edits in several tools, each watched until the other tools say the same.</summary>
public sealed class DemoEdits(SandboxServer sandbox, DemoHub hub)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<IReadOnlyList<DemoEditResult>> RunAsync(IDemoScreen screen, CancellationToken cancellationToken)
    {
        var everywhere = await FindEverywhereAsync(4, cancellationToken);
        var results = new List<DemoEditResult>
        {
            await EditAsync("job title changed", sandbox.Salesforce, "Contact", "Title", "Chief Demo Officer", everywhere[0], "hubspot", "jobtitle", cancellationToken),
            await EditAsync("phone changed", sandbox.HubSpot, "contacts", "phone", "+14155550142", everywhere[1], "salesforce", "Phone", cancellationToken),
            await EditAsync("unsubscribed", sandbox.Intercom, "contacts", "unsubscribed_from_emails", "true", everywhere[2], "salesforce", "HasOptedOutOfEmail", cancellationToken),
            await EditAsync("last name corrected", sandbox.Salesforce, "Contact", "LastName", "O'Demo", everywhere[3], "hubspot", "lastname", cancellationToken),
            await CreateAsync(cancellationToken),
        };
        foreach (var result in results)
            screen.Say($"Live edit in {result.Where}: {result.What}; {(result.Converged ? $"everywhere after {result.Milliseconds:N0} ms" : "NOT everywhere in time")}");
        return results;
    }

    /// <summary>People who are live in every tool, so that an edit has somewhere to go.</summary>
    private async Task<IReadOnlyList<HubRecord>> FindEverywhereAsync(int count, CancellationToken cancellationToken)
    {
        var found = new List<HubRecord>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordStore>().ScanAsync(next, 500, cancellationToken);
            found.AddRange(page.Where(record => record.Kind == RecordKind.Person && record.MergedInto is null && record.Links.Count(link => link.Active) == 3
                && record.Link("salesforce")?.Ref.ObjectType == "Contact" && record.Link("hubspot") is not null && record.Link("intercom") is not null
                && record.Links.All(link => link.Refusals.IsEmpty)));
        }
        while (next is not null && found.Count < count);
        return found;
    }

    private async Task<DemoEditResult> EditAsync(string what, VendorSandbox vendor, string type, string editField, string value, HubRecord record, string otherSystem, string otherField, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        vendor.Edit(new("update", type, record.Link(vendor.Name)!.Ref.Id) { Fields = new Dictionary<string, string?> { [editField] = value } });
        var other = record.Link(otherSystem)!.Ref;
        var converged = await UntilAsync(() => Says(DemoConfiguration.VendorOf(sandbox, otherSystem).Read(other.ObjectType, other.Id), otherField, value), cancellationToken);
        return new(what, vendor.Name, watch.Elapsed.TotalMilliseconds, converged);
    }

    private async Task<DemoEditResult> CreateAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        const string address = "new.person@demo-newcomer.example";
        sandbox.Intercom.Edit(new("create", "contacts") { Fields = new Dictionary<string, string?> { ["role"] = "user", ["email"] = address, ["name"] = "Nora Newcomer" } });
        var converged = await UntilAsync(async () => await hub.Get<RecordFinder>().FindAsync(address, cancellationToken) is { } id
            && (await hub.Get<RecordStore>().GetAsync(id, cancellationToken))?.Record is { } record && record.Link("salesforce") is not null && record.Link("hubspot") is not null, cancellationToken);
        return new("new person", "intercom", watch.Elapsed.TotalMilliseconds, converged);
    }

    private static Task<bool> UntilAsync(Func<bool> condition, CancellationToken cancellationToken) => UntilAsync(() => Task.FromResult(condition()), cancellationToken);

    private static async Task<bool> UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > Patience)
                return false;
            await Task.Delay(2, cancellationToken);
        }
        return true;
    }

    /// <summary>The field wherever the vendor's own record keeps it, compared loosely: a number or flag by its text.</summary>
    private static bool Says(JsonNode? node, string field, string value)
    {
        var found = node?[field] ?? node?["properties"]?[field] ?? node?["fields"]?[field] ?? node?["custom_attributes"]?[field];
        return found is not null && string.Equals(Convert.ToString(found, CultureInfo.InvariantCulture), value, StringComparison.OrdinalIgnoreCase);
    }
}

internal static class DemoLinks
{
    public static LinkedRecord? Link(this HubRecord record, string system) => record.ActiveIn(new(system)).FirstOrDefault();
}
