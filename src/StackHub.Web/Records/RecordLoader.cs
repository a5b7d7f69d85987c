using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Overrides;
using StackHub.Lifecycle.Reports;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Routing.Previews;
using StackHub.Sync.Explain;
using StackHub.Sync.Runs;
using StackHub.Web.Shell;

namespace StackHub.Web.Records;

/// <summary>Loads a record with all that its page shows.</summary>
public sealed class RecordLoader(RecordStore records, Redirects redirects, Explainer explainer, RecordMerger merger, RecordNames names, ToolLinks tools, SyncPlan plan, RoutingLedger routings, Actors actors, LifecycleReports lifecycle, HubModel model)
{
    /// <summary>Null when there is none.</summary>
    public async Task<LoadedRecord?> LoadAsync(RecordId id, CancellationToken cancellationToken)
    {
        await redirects.EnsureFreshAsync(cancellationToken);
        if (await records.ReadAsync(id, cancellationToken) is not { Record: { } record })
            return null;
        var explanation = explainer.Of(record);
        var fields = model.Fields[record.Kind];
        var merges = await MergesAsync(record, cancellationToken);
        var others = References(explanation, fields).Concat(merges.SelectMany(merge => (RecordId[])[merge.Loser, merge.Survivor])).Where(other => other != id);
        var pending = await plan.OfAsync(record, only: null, cancellationToken);
        var routed = model.Routing is not null && record.Kind == RecordKind.Person ? await routings.OfAsync(id, cancellationToken) : [];
        var journeys = record.Kind == RecordKind.Person ? await lifecycle.PersonAsync(id, cancellationToken) : null;
        return new(record, names.Of(record), explanation, fields, merges, Addresses(record), await names.OfAsync(others, cancellationToken))
        {
            Pending = pending.Where(target => target.Link is not null).SelectMany(target => target.Differences.Select(difference => (target.Link!.Ref, difference.Field.Map.Field))).ToHashSet(),
            Routings = routed,
            People = await actors.OfAsync(routed.SelectMany(entry => (RoutingOrder?[])[entry.Order, entry.EndedBy]).OfType<RoutingOrder>().Select(order => order.By), cancellationToken),
            Targets = model.Routing is { } rules && record is { Kind: RecordKind.Person, MergedInto: null } ? TargetsOf(rules) : [],
            Lifecycle = journeys,
            MayBeOverridden = journeys is not null && model.Lifecycle is { } stages && OverrideRules.RuledOut(stages.Machine, journeys.Head.Journeys).Any(),
            ToCreate = [.. pending.Where(target => target.Link is null).Select(target => target.System.Id)],
        };
    }

    private static IReadOnlyList<string> TargetsOf(RoutingPlan rules) =>
    [
        .. rules.Owners.Values.Where(owner => !owner.IsQueue).Select(owner => $"{WhatIfTarget.Owner} {owner.Id}").Order(StringComparer.Ordinal),
        .. rules.Pools.Keys.Select(pool => $"{WhatIfTarget.Pool} {pool}").Order(StringComparer.Ordinal),
    ];

    private async Task<IReadOnlyList<MergeEntry>> MergesAsync(HubRecord record, CancellationToken cancellationToken)
    {
        var merges = new List<MergeEntry>();
        foreach (var loser in record.Absorbed.Concat(record.GivenBack.Values).Append(record.Id).Distinct())
            if (await merger.FindAsync(loser, cancellationToken) is { } merge)
                merges.Add(merge);
        return merges;
    }

    private static IEnumerable<RecordId> References(Explanation explanation, IReadOnlyDictionary<string, FieldDefinition> fields) => explanation.Fields
        .Where(field => fields[field.Name].Type is FieldType.Reference or FieldType.References)
        .SelectMany(field => field.Losers.Select(loser => loser.Value).Concat(field.Holdings.Select(holding => holding.Value)).Prepend(field.Value))
        .SelectMany(ShownValue.Ids);

    private Dictionary<ExternalRef, Uri> Addresses(HubRecord record)
    {
        var addresses = new Dictionary<ExternalRef, Uri>();
        foreach (var link in record.Links)
            if (tools.Of(link.Ref) is { } address)
                addresses[link.Ref] = address;
        return addresses;
    }
}
