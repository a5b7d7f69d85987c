using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Identity.Matching;

/// <summary>The account a person belongs to, why, and which others came near; in words without values.</summary>
/// <param name="Account">Null when none is certain.</param>
public sealed record AccountAnswer(RecordId? Account, string Why, IReadOnlyList<RecordId> Near)
{
    public static readonly AccountAnswer Nothing = new(null, "neither a company's domain nor its name is known", []);
}

/// <summary>
/// The one matcher of people to accounts, with one configuration, for whoever asks: routing and reports. A mail provider's, throw-away or
/// agency's domain matches nobody; of several that are equally near none is chosen.
/// </summary>
public sealed class AccountFinder(RecordStore records, Redirects redirects, ITableStore tables, HubKeys keys, MatchSettings settings, AgencyList agencies)
{
    /// <summary>A name that more accounts have than this tells nothing.</summary>
    private const int MostCandidates = 50;

    /// <param name="value">The person's canonical text of a field.</param>
    public async Task<AccountAnswer> FindAsync(Func<string, string?> value, CancellationToken cancellationToken)
    {
        var wanted = Wanted(value);
        var candidates = new List<(RecordId Id, AccountFeatures Features)>();
        foreach (var id in await CandidatesAsync(wanted, cancellationToken))
            if (await records.GetAsync(id, cancellationToken) is { Record: { Kind: RecordKind.Account, MergedInto: null } account })
                candidates.AddRange(RecordFacts.Of(account, settings.PhoneRegion).Accounts.Select(features => (id, features)));
        return Choose(wanted, candidates);
    }

    /// <summary>The pure choice.</summary>
    public AccountAnswer Choose(AccountFeatures wanted, IReadOnlyCollection<(RecordId Id, AccountFeatures Features)> candidates)
    {
        if (CompanyDomain.Of(wanted.Domain, agencies.Domains) is null && CompanyName.From(wanted.Name).IsEmpty)
            return AccountAnswer.Nothing;
        // An account has a face for each tool that knows it; the best of them speaks for it.
        var ranked = AccountMatch.Rank(wanted, candidates, agencies.Domains).DistinctBy(candidate => candidate.Id).ToArray();
        RecordId[] near = [.. ranked.Select(candidate => candidate.Id)];
        return ranked switch
        {
            [] => new(null, "no account has this domain or a name like it", []),
            [{ Decision: AccountDecision.Same } best, ..] when ranked.Count(candidate => candidate.IsTied && candidate.Decision is AccountDecision.Same) < 2 => new(best.Id, $"{best.Decision.Reason} {Beaten(ranked)}".TrimEnd(), near),
            [{ Decision: AccountDecision.Same }, ..] => new(null, $"{near.Length} accounts fit equally well, and nothing tells them apart", near),
            [var best, ..] => new(null, $"not certain: {best.Decision.Reason}", near),
        };
    }

    public AccountFeatures Wanted(Func<string, string?> value) => new()
    {
        Name = value("company"),
        Domain = CompanyDomain.Of(value("email"), agencies.Domains) is not null ? value("email") : value("website"),
        Phone = PhoneKey.From(value("phone"), settings.PhoneRegion),
        City = value("city"),
        PostalCode = value("postalCode"),
        Country = value("country"),
    };

    private static string Beaten(IReadOnlyList<RankedAccount<RecordId>> ranked) =>
        ranked.Count == 1 ? "" : $"It comes before {ranked.Count - 1} more by domain, then name, then place.";

    private async Task<IReadOnlyCollection<RecordId>> CandidatesAsync(AccountFeatures wanted, CancellationToken cancellationToken)
    {
        var found = new HashSet<RecordId>();
        foreach (var block in Matcher.AccountBlocks(wanted with { Domain = CompanyDomain.Of(wanted.Domain, agencies.Domains) }))
        {
            var page = await tables.QueryAsync(Tables.Blocks, TableRange.In(keys.Hash("block", block)), MostCandidates + 1, null, cancellationToken);
            if (page.Rows.Count <= MostCandidates)
                found.UnionWith(page.Rows.Select(row => redirects.Follow(RecordId.Parse(row.Row))));
        }

        return found;
    }
}

/// <summary>Domains that work for many companies.</summary>
public sealed record AgencyList(IReadOnlySet<string> Domains);
