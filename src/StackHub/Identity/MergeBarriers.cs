namespace StackHub.Identity;

/// <summary>What keeps a probable pair from being merged unseen: a sentence and a question each; the first that stands is the reason.</summary>
internal static class MergeBarriers
{
    private static readonly (string Reason, Func<MatchPair, bool> Stands)[] All =
    [
        ("Their names conflict.", pair => pair.Names == NameAgreement.Conflict),
        ("No key that identifies a person agrees.", pair => !HasStrongKey(pair)),
        ("They have different mailboxes at one company and their names are only compatible.",
            pair => pair.AreColleagues && pair.Names != NameAgreement.Same),
    ];

    /// <summary>The first reason against a merge, or null when there is none.</summary>
    public static string? First(MatchPair pair) => All.FirstOrDefault(barrier => barrier.Stands(pair)).Reason;

    private static bool HasStrongKey(MatchPair pair) =>
        pair.Share(EmailKind.Business)
        || (pair.NamesAgree && (pair.SharePhone || pair.Share(EmailKind.FreeMail)))
        || (pair.Names == NameAgreement.Same && (pair.Share(EmailKind.Shared) || pair.Share(EmailKind.Disposable)));
}
