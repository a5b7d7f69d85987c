using System.Collections.Immutable;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Sources;
using StackHub.Mapping;
using StackHub.Records;
using StackHub.Suppression;
using StackHub.Sync;

namespace StackHub.Lifecycle;

/// <summary>A case as it was read, with all that a save must match.</summary>
/// <param name="Record">Null when there is none any more.</param>
/// <param name="Merged">Whoever lives on in this person.</param>
public sealed record LoadedCase(JourneyCase Case, StoredHead Head, HubRecord? Record, ImmutableArray<RecordId> Merged);

/// <summary>
/// Reads what a decision rests on: the head before the ledgers, and the ledgers before the records. What somebody adds in between then
/// makes the save fail, or is newer than what was read, and never the other way round.
/// </summary>
public sealed class CaseReader(HubModel model, LifecycleLedger ledger, RecordStore records, Redirects redirects, SuppressionList suppression, PersonAccount accounts)
{
    public async Task<LoadedCase> ReadAsync(RecordId person, CancellationToken cancellationToken)
    {
        var head = await ledger.HeadAsync(person, cancellationToken);
        var ledgers = new Dictionary<RecordId, StoredLedger> { [person] = await ledger.ReadAsync(person, cancellationToken) };
        var record = await RecordAsync(person, cancellationToken);
        var merged = ImmutableArray<HubRecord>.Empty;
        if (record is { Absorbed.IsEmpty: false })
        {
            merged = await MergedAsync(record, cancellationToken);
            foreach (var one in merged)
                ledgers[one.Id] = await ledger.ReadAsync(one.Id, cancellationToken);
            record = await RecordAsync(person, cancellationToken) ?? record;
        }

        var isErased = suppression.Holds(person);
        var deals = await DealsAsync(isErased ? [] : ledgers.Values.SelectMany(one => one.Deals), cancellationToken);
        var files = ImmutableArray.CreateBuilder<PersonFile>();
        foreach (var (own, id) in Parts(record ?? new(person, RecordKind.Person), merged))
            files.Add(new(id, own, isErased ? null : await AccountAsync(own, cancellationToken), [.. ledgers[id].Deals.Select(deal => deals.GetValueOrDefault(deal)).OfType<HubRecord>()], ledgers[id].Events));
        var account = isErased || record is null ? null : await accounts.FindAsync(View(record).Text, cancellationToken);
        var hasRole = deals.Values.Any(deal => HasRole(deal, person));
        return new(new(person, head.Head, files.DrainToImmutable(), hasRole, isErased) { Account = account?.Account?.Id, AccountSource = account?.Source ?? AccountSource.None }, head, record, [.. merged.Select(one => one.Id)]);
    }

    /// <summary>The record, or the one it lives on in; null when there is none.</summary>
    public async Task<HubRecord?> LivingAsync(RecordId id, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops < Redirects.MostHops; hops++)
        {
            var record = await RecordAsync(id, cancellationToken);
            if (record?.MergedInto is not { } survivor)
                return record;
            id = survivor;
        }

        throw new InvalidDataException($"The merges of record {id} have no end.");
    }

    /// <summary>The links of each: those that a merged record brought with it are still its own.</summary>
    private static IEnumerable<(HubRecord Record, RecordId Id)> Parts(HubRecord record, ImmutableArray<HubRecord> merged)
    {
        var left = record;
        foreach (var one in merged.OrderBy(one => one.Absorbed.Count).ThenBy(one => one.Id))
        {
            var own = left.Links.Where(link => one.Link(link.Ref) is not null).ToImmutableArray();
            left = left with { Links = left.Links.RemoveRange(own) };
            yield return (new HubRecord(one.Id, RecordKind.Person) { Links = own }, one.Id);
        }

        yield return (left, record.Id);
    }

    private async Task<HubRecord?> RecordAsync(RecordId id, CancellationToken cancellationToken) => (await records.ReadAsync(id, cancellationToken))?.Record;

    /// <summary>Those absorbed whose own merges still lead here.</summary>
    private async Task<ImmutableArray<HubRecord>> MergedAsync(HubRecord record, CancellationToken cancellationToken)
    {
        var merged = ImmutableArray.CreateBuilder<HubRecord>();
        foreach (var id in record.Absorbed)
            if (await RecordAsync(id, cancellationToken) is { MergedInto: not null } one && (await LivingAsync(id, cancellationToken))?.Id == record.Id)
                merged.Add(one);
        return merged.DrainToImmutable();
    }

    private async Task<Dictionary<RecordId, HubRecord>> DealsAsync(IEnumerable<RecordId> ids, CancellationToken cancellationToken)
    {
        var deals = new Dictionary<RecordId, HubRecord>();
        foreach (var id in ids.Distinct())
            if (await LivingAsync(id, cancellationToken) is { } deal)
                deals[id] = deal;
        return deals;
    }

    private async Task<HubRecord?> AccountAsync(HubRecord person, CancellationToken cancellationToken) =>
        RecordId.TryParse(View(person).Text("account")) is { } account ? await LivingAsync(account, cancellationToken) : null;

    private bool HasRole(HubRecord deal, RecordId person)
    {
        var view = View(deal);
        return deal.Links.Any(link => link.Active) && (view.Text(StageFields.IsClosed) != "true" || view.Text(StageFields.IsWon) == "true")
            && References.Ids(new(view.Text("contacts"))).Any(id => RecordId.TryParse(id) is { } contact && redirects.Follow(contact) == person);
    }

    private CanonicalView View(HubRecord record) => model.View(record, redirects.Follow);
}
