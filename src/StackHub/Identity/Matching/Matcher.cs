using System.Collections.Concurrent;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>A pair that a person should look at.</summary>
public sealed record MatchProposal(RecordId First, RecordId Second, double Probability, string Reason);

/// <summary>What matching found.</summary>
public sealed record MatchFindings(IReadOnlyList<RecordId> Survivors, IReadOnlyList<MatchProposal> Proposals);

/// <summary>
/// Probabilistic matching of people. Each record is filed under a few blocking keys; those that meet under one are compared; a certain
/// pair is merged (into the older record), a doubtful one proposed.
/// </summary>
public sealed class Matcher(RecordStore records, RecordMerger merger, Redirects redirects, ITableStore tables, HubKeys keys, MatchSettings settings)
{
    /// <summary>A key shared by more records than this identifies nobody (a switchboard, "test").</summary>
    private const int CrowdedBlock = 50;

    private const int FiledAtOnce = 32;

    /// <summary>Blocks only fill up, so a crowded one needs neither another row nor another look.</summary>
    private const int RememberedBlocks = 20_000;
    private readonly ConcurrentDictionary<string, bool> crowded = new(StringComparer.Ordinal);

    public async Task<MatchFindings> MatchAsync(IReadOnlyList<RecordId> ids, IReadOnlyList<(RecordId, RecordId)> pairs, CancellationToken cancellationToken)
    {
        var survivors = new HashSet<RecordId>();
        var proposals = new List<MatchProposal>();
        foreach (var (first, second) in pairs)
            await CompareAsync(first, second, survivors, proposals, cancellationToken);
        // Filed side by side, since each waits for the store; compared in order, since a merge changes what follows.
        foreach (var chunk in ids.Chunk(FiledAtOnce))
            foreach (var (id, candidates) in await Task.WhenAll(chunk.Select(async id => (id, await CandidatesAsync(id, cancellationToken)))))
                foreach (var candidate in candidates)
                    await CompareAsync(id, candidate, survivors, proposals, cancellationToken);
        return new([.. survivors], proposals);
    }

    /// <summary>Files the record under its keys and answers who is there already.</summary>
    private async Task<IReadOnlyCollection<RecordId>> CandidatesAsync(RecordId id, CancellationToken cancellationToken)
    {
        id = redirects.Follow(id);
        if (await records.GetAsync(id, cancellationToken) is not { Record: var record })
            return [];
        var found = new HashSet<RecordId>();
        foreach (var block in Blocks(record))
        {
            var partition = keys.Hash("block", block);
            if (crowded.ContainsKey(partition))
                continue;
            await tables.UpsertAsync(Tables.Blocks, new(partition, id.ToString(), new Dictionary<string, object>()), cancellationToken);
            var page = await tables.QueryAsync(Tables.Blocks, TableRange.In(partition), CrowdedBlock + 1, null, cancellationToken);
            if (page.Rows.Count > CrowdedBlock)
                Crowded(partition);
            else
                found.UnionWith(page.Rows.Select(row => redirects.Follow(RecordId.Parse(row.Row))));
        }
        found.Remove(id);
        return found;
    }

    /// <summary>Under what a record is filed: a claim has one owner, but records that are alike may be many, in whatever order they came.</summary>
    private IEnumerable<string> Blocks(HubRecord record) => record.Kind switch
    {
        RecordKind.Person => BlockingKeys.Of(Features(record)),
        RecordKind.Account => AccountBlocks(AccountFeaturesOf(record)),
        _ => IdentityResolver.LatestText(record, "name") is { } name ? [$"o:{TextFold.Plain(name)}"] : [],
    };

    private static IEnumerable<string> AccountBlocks(AccountFeatures account)
    {
        if (CompanyDomain.Of(account.Domain) is { } domain)
            yield return $"w:{domain}";
        if (CompanyName.From(account.Name) is { IsEmpty: false } name)
            yield return $"c:{name.Text}";
    }

    private void Crowded(string partition)
    {
        if (crowded.Count >= RememberedBlocks) // rare enough for a count that locks
            crowded.Clear();
        crowded[partition] = true;
    }

    private async Task CompareAsync(RecordId first, RecordId second, HashSet<RecordId> survivors, List<MatchProposal> proposals, CancellationToken cancellationToken)
    {
        (first, second) = (redirects.Follow(first), redirects.Follow(second));
        if (first == second)
            return;
        var (left, right) = ((await records.GetAsync(first, cancellationToken))?.Record, (await records.GetAsync(second, cancellationToken))?.Record);
        if (left is null || right is null || left.Kind != right.Kind || left.MergedInto is not null || right.MergedInto is not null || left.DistinctFrom.Contains(second) || right.DistinctFrom.Contains(first))
            return;
        var (older, younger) = first.CompareTo(second) < 0 ? (first, second) : (second, first);
        switch (Judge(left, right))
        {
            case (true, var probability, var reason):
                if (await merger.MergeAsync(older, younger, $"{reason} ({probability:P1})", cancellationToken))
                    survivors.Add(older);
                break;
            case (false, var probability, var reason):
                proposals.Add(new(older, younger, probability, reason));
                break;
        }
    }

    /// <summary>Merge, propose, or nothing.</summary>
    private (bool Merge, double Probability, string Reason)? Judge(HubRecord left, HubRecord right)
    {
        if (left.Kind == RecordKind.Account)
            return AccountMatch.Decide(AccountFeaturesOf(left), AccountFeaturesOf(right)) switch
            {
                AccountDecision.Same same => (true, 1, same.Reason),
                AccountDecision.Review review => (false, 0.5, review.Reason),
                _ => null,
            };
        if (left.Kind == RecordKind.Opportunity)
            return SameDeal(left, right) ? (true, 1, "They have one name at one account.") : null;
        return PersonMatch.Decide(Features(left), Features(right), settings.Thresholds) switch
        {
            MatchDecision.Merge merge => (true, merge.Probability, merge.Reason),
            MatchDecision.Review review => (false, review.Probability, review.Reason),
            _ => null,
        };
    }

    private bool SameDeal(HubRecord left, HubRecord right) =>
        AccountOf(left) is { } account && account == AccountOf(right)
        && IdentityResolver.LatestText(left, "name") is { } name && IdentityResolver.LatestText(right, "name") is { } other && TextFold.Plain(name) == TextFold.Plain(other);

    private RecordId? AccountOf(HubRecord deal) => RecordId.TryParse(IdentityResolver.LatestText(deal, "account")) is { } account ? redirects.Follow(account) : null;

    private MatchFeatures Features(HubRecord record) => RecordFeatures.Person(field => IdentityResolver.LatestText(record, field), settings.PhoneRegion);

    private AccountFeatures AccountFeaturesOf(HubRecord record) => RecordFeatures.Account(field => IdentityResolver.LatestText(record, field), settings.PhoneRegion);
}

public sealed record MatchSettings(MatchThresholds Thresholds, string? PhoneRegion);
