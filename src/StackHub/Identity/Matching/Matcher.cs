using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>A pair that a person should look at.</summary>
public sealed record MatchProposal(RecordId First, RecordId Second, double Probability, string Reason);

/// <summary>What matching found.</summary>
/// <param name="Disputes">Who is not created elsewhere because another has its address for longer.</param>
public sealed record MatchFindings(IReadOnlyList<RecordId> Survivors, IReadOnlyList<MatchProposal> Proposals, IReadOnlyList<(RecordId Record, RecordId Rival)> Disputes);

/// <summary>
/// Finds the records that are one. Each is filed under all that its sources say of it; those that meet are compared; a certain pair is
/// merged, a doubtful one proposed. A record is filed before it looks who is there, so of two that come at once one sees the other.
/// </summary>
public sealed class Matcher(RecordStore records, RecordMerger merger, Redirects redirects, ITableStore tables, HubKeys keys, MatchSettings settings)
{
    /// <summary>A key shared by more records than this identifies nobody (a switchboard, "test").</summary>
    private const int CrowdedBlock = 50;

    private const int FiledAtOnce = 32;

    /// <summary>Blocks only fill up, so a crowded one needs neither another row nor another look.</summary>
    private const int RememberedBlocks = 20_000;
    private readonly ConcurrentDictionary<string, bool> crowded = new(StringComparer.Ordinal);

    /// <summary>Facts are asked for at every comparison and are dear: numbers are parsed, names taken apart.</summary>
    private readonly ConditionalWeakTable<HubRecord, RecordFacts> facts = [];

    public async Task<MatchFindings> MatchAsync(IReadOnlyList<RecordId> ids, IReadOnlyList<(RecordId, RecordId)> pairs, CancellationToken cancellationToken)
    {
        var round = new Round();
        foreach (var (first, second) in pairs)
            await CompareAsync(first, second, round, cancellationToken);
        round.Again.AddRange(ids);
        while (round.Again.Count > 0)
        {
            RecordId[] wanted = [.. round.Again.Select(redirects.Follow).Distinct()];
            round.Again.Clear();
            // Filed side by side, since each waits for the store; compared in order, since a merge changes what follows.
            foreach (var chunk in wanted.Chunk(FiledAtOnce))
                foreach (var (id, candidates) in await Task.WhenAll(chunk.Select(async id => (id, await CandidatesAsync(id, cancellationToken)))))
                    foreach (var candidate in candidates)
                        await CompareAsync(id, candidate, round, cancellationToken);
        }
        return new([.. round.Survivors.Select(redirects.Follow).Distinct()], round.Proposals, round.Disputes);
    }

    /// <summary>Files the record under its keys and answers who is there already.</summary>
    private async Task<IReadOnlyCollection<RecordId>> CandidatesAsync(RecordId id, CancellationToken cancellationToken)
    {
        if (await records.GetAsync(id, cancellationToken) is not { Record: var record })
            return [];
        foreach (var account in FactsOf(record).Deals.Select(deal => deal.Account).OfType<RecordId>().Distinct())
            await FileAsync(keys.Hash("block", DealsOf(account)), id, cancellationToken);
        var found = new HashSet<RecordId>();
        foreach (var block in Blocks(FactsOf(record)).Distinct())
        {
            var partition = keys.Hash("block", block);
            if (crowded.ContainsKey(partition))
                continue;
            await FileAsync(partition, id, cancellationToken);
            var page = await tables.QueryAsync(Tables.Blocks, TableRange.In(partition), CrowdedBlock + 1, null, cancellationToken);
            if (page.Rows.Count > CrowdedBlock)
                Crowded(partition);
            else
                found.UnionWith(page.Rows.Select(row => redirects.Follow(RecordId.Parse(row.Row))));
        }
        found.Remove(id);
        return found;
    }

    /// <summary>Takes the record out of every block it is filed in; the rows there were.</summary>
    public async Task<int> UnfileAsync(HubRecord record, CancellationToken cancellationToken)
    {
        var blocks = Blocks(FactsOf(record)).Concat(FactsOf(record).Deals.Select(deal => deal.Account).OfType<RecordId>().Select(DealsOf));
        var unfiled = 0;
        foreach (var block in blocks.Distinct())
            unfiled += (await tables.DeleteAsync(Tables.Blocks, keys.Hash("block", block), record.Id.ToString(), null, cancellationToken)).Done ? 1 : 0;
        return unfiled;
    }

    private Task FileAsync(string partition, RecordId id, CancellationToken cancellationToken) =>
        tables.UpsertAsync(Tables.Blocks, new(partition, id.ToString(), new Dictionary<string, object>()), cancellationToken);

    /// <summary>Under what a record is filed: a claim has one owner, but records that are alike may be many, in whatever order they came.</summary>
    private static IEnumerable<string> Blocks(RecordFacts facts) =>
        facts.People.SelectMany(person => BlockingKeys.WithExact(person))
            .Concat(facts.Accounts.SelectMany(AccountBlocks))
            .Concat(facts.Deals.Select(deal => deal.Name).OfType<string>().Select(name => $"o:{TextFold.Plain(name)}"));

    internal static IEnumerable<string> AccountBlocks(AccountFeatures account)
    {
        if (CompanyDomain.Of(account.Domain) is { } domain)
            yield return $"w:{domain}";
        if (CompanyName.From(account.Name) is { IsEmpty: false } name)
            yield return $"c:{name.Text}";
    }

    internal static string DealsOf(RecordId account) => $"a:{account}";

    private void Crowded(string partition)
    {
        if (crowded.Count >= RememberedBlocks) // rare enough for a count that locks
            crowded.Clear();
        crowded[partition] = true;
    }

    private async Task CompareAsync(RecordId first, RecordId second, Round round, CancellationToken cancellationToken)
    {
        (first, second) = (redirects.Follow(first), redirects.Follow(second));
        if (first == second)
            return;
        var (left, right) = ((await records.GetAsync(first, cancellationToken))?.Record, (await records.GetAsync(second, cancellationToken))?.Record);
        if (left is null or { MergedInto: not null } || right is null or { MergedInto: not null } || left.Kind != right.Kind || merger.AreDistinct(left, right))
            return;
        var verdict = RecordMatch.Decide(FactsOf(left), FactsOf(right), settings.Thresholds, redirects.Follow);
        if (verdict is { IsSame: true })
            await MergeAsync(left, right, $"{verdict.Reason} ({verdict.Probability:P1})", round, cancellationToken);
        else if (verdict is not null)
            round.Proposals.Add(first.CompareTo(second) < 0 ? new(first, second, verdict.Probability, verdict.Reason) : new(second, first, verdict.Probability, verdict.Reason));
        if (verdict is not { IsSame: true } && RecordMatch.HasOlderClaim(FactsOf(left), FactsOf(right)) is { } isFirst)
            await DisputeAsync(isFirst ? right : left, isFirst ? left : right, round, cancellationToken);
    }

    /// <summary>Asked of the record as it is stored: what it was compared as may be older, and it may have got a longer claim since.</summary>
    private async Task DisputeAsync(HubRecord later, HubRecord rival, Round round, CancellationToken cancellationToken)
    {
        await records.ChangeAsync(later.Id, record => record is null or { Contested: true } || RecordMatch.HasOlderClaim(FactsOf(rival), FactsOf(record)) != true
            ? record
            : record with { Contested = true }, cancellationToken);
        round.Disputes.Add((later.Id, rival.Id));
    }

    /// <summary>Whoever was merged is looked at once more as what it is now, and so are the deals of a merged account.</summary>
    private async Task MergeAsync(HubRecord left, HubRecord right, string reason, Round round, CancellationToken cancellationToken)
    {
        if (await merger.MergeAsync(left.Id, right.Id, reason, cancellationToken) is not { } survivor)
            return;
        round.Survivors.Add(survivor);
        round.Again.Add(survivor);
        if (left.Kind != RecordKind.Account)
            return;
        foreach (var account in left.Absorbed.Union(right.Absorbed).Add(left.Id).Add(right.Id).Remove(survivor))
            await foreach (var row in tables.RowsAsync(Tables.Blocks, TableRange.In(keys.Hash("block", DealsOf(account))), cancellationToken))
                round.Again.Add(RecordId.Parse(row.Row));
    }

    private RecordFacts FactsOf(HubRecord record) => facts.GetValue(record, known => RecordFacts.Of(known, settings.PhoneRegion));

    /// <summary>What one call collects.</summary>
    private sealed class Round
    {
        public HashSet<RecordId> Survivors { get; } = [];

        public List<MatchProposal> Proposals { get; } = [];

        public List<(RecordId Record, RecordId Rival)> Disputes { get; } = [];

        /// <summary>Who is to be filed and compared next.</summary>
        public List<RecordId> Again { get; } = [];
    }
}

public sealed record MatchSettings(MatchThresholds Thresholds, string? PhoneRegion);
