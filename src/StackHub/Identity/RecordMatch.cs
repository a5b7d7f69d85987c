using StackHub.Records;

namespace StackHub.Identity;

/// <summary>What to do about two records: they are one, or a person should look.</summary>
public sealed record RecordVerdict(bool IsSame, double Probability, string Reason);

/// <summary>
/// Decides whether two records are one, from what each of their sources says. A certain pair of sources is enough, whatever the others
/// say, so that the records which come of a set of sources are the same in whatever order these are met. One exception: a source that
/// names nobody in full (or an account without a domain) fits many, and must not join records that speak against each other.
/// </summary>
public static class RecordMatch
{
    /// <summary>Null when nothing speaks for it; symmetric.</summary>
    public static RecordVerdict? Decide(RecordFacts left, RecordFacts right, MatchThresholds thresholds, Func<RecordId, RecordId> follow) =>
        left.Kind != right.Kind ? null : left.Kind switch
        {
            RecordKind.Person => People(left, right, thresholds),
            RecordKind.Account => Accounts(left, right),
            _ => left.Deals.Any(one => right.Deals.Any(other => AreOne(one, other, follow))) ? new(true, 1, "They have one name at one account.") : null,
        };

    /// <summary>
    /// Of two people with one address who are not one person: true when the first has it for longer, so that it is the second that is
    /// not created elsewhere before somebody has decided. Null when they have no address in common.
    /// </summary>
    public static bool? HasOlderClaim(RecordFacts first, RecordFacts second)
    {
        foreach (var (mailbox, claim) in first.Mailboxes)
            if (second.Mailboxes.TryGetValue(mailbox, out var other))
                return (claim.Since, claim.By).CompareTo((other.Since, other.By)) < 0;
        return null;
    }

    private static RecordVerdict? People(RecordFacts left, RecordFacts right, MatchThresholds thresholds)
    {
        RecordVerdict? best = null;
        var contradicted = false;
        foreach (var one in left.People)
            foreach (var other in right.People)
            {
                var pair = new MatchPair(one, other, MatchWeights.Default);
                contradicted |= pair.Names == NameAgreement.Conflict;
                var verdict = Judge(pair, thresholds);
                if (verdict is { IsSame: true } && IsFull(pair))
                    return verdict;
                best = Better(best, verdict);
            }
        return Unless(contradicted, "A source without a full name fits both, but their names conflict.", best);
    }

    // A key that identifies a person links, however little the rest has to say: this is also how a record is found when it is first met.
    private static RecordVerdict? Judge(MatchPair pair, MatchThresholds thresholds) =>
        PersonMatch.Decide(pair.Left, pair.Right, thresholds) switch
        {
            MatchDecision.Merge merge => new(true, merge.Probability, merge.Reason),
            var decision when MergeBarriers.First(pair) is null => new(true, decision.Probability, "They share a key that identifies a person, and their names agree."),
            MatchDecision.Review review => new(false, review.Probability, review.Reason),
            _ => null,
        };

    private static bool IsFull(MatchPair pair) =>
        pair.Names == NameAgreement.Same || (pair.Names == NameAgreement.Compatible && pair.LeftName.IsFull && pair.RightName.IsFull);

    private static RecordVerdict? Accounts(RecordFacts left, RecordFacts right)
    {
        RecordVerdict? best = null;
        var contradicted = false;
        foreach (var one in left.Accounts)
            foreach (var other in right.Accounts)
            {
                var decision = AccountMatch.Decide(one, other);
                contradicted |= decision.Evidence.SameDomain == false;
                if (decision is AccountDecision.Same { Evidence.SameDomain: true } sure)
                    return new(true, 1, sure.Reason);
                best = Better(best, decision switch
                {
                    AccountDecision.Same same => new(true, 1, same.Reason),
                    AccountDecision.Review review => new(false, 0.5, review.Reason),
                    _ => null,
                });
            }
        return Unless(contradicted, "A source without a domain fits both, but each has a domain of its own.", best);
    }

    private static RecordVerdict? Better(RecordVerdict? one, RecordVerdict? other) =>
        one is null || (other is not null && (other.IsSame, other.Probability).CompareTo((one.IsSame, one.Probability)) > 0) ? other : one;

    private static RecordVerdict? Unless(bool contradicted, string reason, RecordVerdict? verdict) =>
        contradicted && verdict is { IsSame: true } ? verdict with { IsSame = false, Reason = reason } : verdict;

    private static bool AreOne(DealFacts one, DealFacts other, Func<RecordId, RecordId> follow) =>
        one is { Name: { } name, Account: { } account } && other is { Name: { } otherName, Account: { } otherAccount }
        && TextFold.Plain(name) == TextFold.Plain(otherName) && follow(account) == follow(otherAccount);
}
