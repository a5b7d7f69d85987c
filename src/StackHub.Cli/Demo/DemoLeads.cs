using System.Diagnostics;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Routing.Ledger;
using StackHub.Sandbox;

namespace StackHub.Cli.Demo;

/// <summary>A lead that came in, and the hub's record of them.</summary>
public sealed record ArrivedLead(DemoLead Lead, RecordId? Record);

/// <summary>
/// Leads come in two tools at once, are worth more a moment later, and are watched until the CRM has them with a stage and an owner. All
/// of it comes by webhook.
/// </summary>
public sealed class DemoLeads(SandboxServer sandbox, DemoHub hub)
{
    private const int Points = DemoRules.Threshold + 20;
    private const string CrmStage = "Lifecycle_Stage__c";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly SystemId Crm = new("salesforce");
    private readonly HubModel model = hub.Get<HubModel>();

    public async Task<IReadOnlyList<ArrivedLead>> RunAsync(IDemoScreen screen, CancellationToken cancellationToken)
    {
        var cast = DemoLead.Cast(await OwnedDomainAsync(cancellationToken));
        var ids = cast.Select(lead => lead.CreateIn(sandbox)).ToArray();
        var known = await EachAsync(cast, lead => StageAsync(lead, "inquiry", cancellationToken), cancellationToken);
        var watch = Stopwatch.StartNew();
        foreach (var (lead, id) in cast.Zip(ids))
            lead.ScoreIn(sandbox, id, Points);
        var routed = known && await EachAsync(cast, lead => IsRoutedAsync(lead, cancellationToken), cancellationToken);
        screen.Say($"{cast.Count} leads came in by webhook, {string.Join(", ", cast.CountBy(lead => lead.Tool).Select(tool => $"{tool.Value} in {tool.Key}"))}; {(routed ? $"qualified, routed and in Salesforce after {watch.Elapsed.TotalMilliseconds:N0} ms" : "NOT all routed in time")}");
        var arrived = new List<ArrivedLead>();
        foreach (var lead in cast)
            arrived.Add(new(lead, await hub.Get<RecordFinder>().FindAsync(lead.Address, cancellationToken)));
        return arrived;
    }

    /// <summary>One after the other, since the last one to get there decides anyway.</summary>
    private static async Task<bool> EachAsync(IEnumerable<DemoLead> cast, Func<DemoLead, Task<bool>> condition, CancellationToken cancellationToken)
    {
        foreach (var lead in cast)
            if (!await Eventually.IsAsync(() => condition(lead), Pause, cancellationToken))
                return false;
        return true;
    }

    private async Task<HubRecord?> RecordAsync(DemoLead lead, CancellationToken cancellationToken) =>
        await hub.Get<RecordFinder>().FindAsync(lead.Address, cancellationToken) is { } id ? (await hub.Get<RecordStore>().GetAsync(id, cancellationToken))?.Record : null;

    private async Task<bool> StageAsync(DemoLead lead, string stage, CancellationToken cancellationToken) =>
        await RecordAsync(lead, cancellationToken) is { } record && model.View(record, hub.Get<Redirects>().Follow).Text("lifecycleStage") == stage;

    /// <summary>Decided, and the CRM shows it.</summary>
    private async Task<bool> IsRoutedAsync(DemoLead lead, CancellationToken cancellationToken) =>
        await RecordAsync(lead, cancellationToken) is { } record
        && (await hub.Get<RoutingLedger>().LastAsync(record.Id, cancellationToken)).Entry?.Entry is { State: LedgerState.Decided, Owner: { } owner }
        && record.ActiveIn(Crm).FirstOrDefault()?.Ref is { } link && sandbox.Salesforce.Read(link.ObjectType, link.Id) is { } there
        && there["OwnerId"]?.ToString() == model.Routing!.Owners[new(owner)].Ids[Crm] && there[CrmStage]?.ToString() == "mql";

    /// <summary>Of a company that one of the sellers has, under an address that is no other company's.</summary>
    private async Task<string?> OwnedDomainAsync(CancellationToken cancellationToken)
    {
        var accounts = new List<(string? Domain, string? Owner)>();
        string? next = null;
        do
        {
            (var page, next) = await hub.Get<RecordStore>().ScanAsync(next, 500, cancellationToken);
            accounts.AddRange(
                from record in page
                where record is { Kind: RecordKind.Account, MergedInto: null }
                let view = model.View(record, hub.Get<Redirects>().Follow)
                select (RegistrableDomain.Of(view.Text("domain") ?? ""), view.Text(DefaultFields.Owner)));
        }
        while (next is not null);
        return accounts.Where(account => account.Domain is not null).GroupBy(account => account.Domain!)
            .FirstOrDefault(group => group.Count() == 1 && group.First().Owner is { } owner && model.Routing!.Owners.GetValueOrDefault(new(owner)) is { IsQueue: false })?.Key;
    }
}
