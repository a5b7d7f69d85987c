using StackHub.Identity;
using StackHub.Records;

namespace StackHub.Privacy.Planning;

/// <summary>Who holds one alias that a request named.</summary>
/// <param name="Owners">Living records.</param>
public sealed record AliasHit(Alias Alias, IReadOnlyList<RecordId> Owners);

/// <summary>Whom a request is about.</summary>
public abstract record SubjectDecision
{
    private SubjectDecision()
    {
    }

    public sealed record Found(IReadOnlyList<RecordId> Records) : SubjectDecision;

    /// <summary>Nobody may be deleted on this: a person must look.</summary>
    public sealed record NeedsReview(string Reason, IReadOnlyList<RecordId> Candidates) : SubjectDecision;

    /// <summary>It means several people and nobody can be asked: all of them are opted out, none is deleted.</summary>
    public sealed record OptOutOnly(IReadOnlyList<RecordId> Records) : SubjectDecision;

    /// <summary>The hub knows nobody like that.</summary>
    public sealed record Nobody : SubjectDecision;

    /// <param name="chosen">What an officer chose; it settles every doubt.</param>
    public static SubjectDecision Of(PrivacyRequestKind kind, IReadOnlyList<AliasHit> hits, IReadOnlyList<RecordId> chosen)
    {
        if (chosen.Count > 0)
            return new Found(chosen);
        IReadOnlyList<RecordId> owners = [.. hits.SelectMany(hit => hit.Owners).Distinct().Order()];
        if (owners.Count == 0)
            return new Nobody();
        if (KindRules.OnlyStops(kind))
            return new Found(owners); // an address that is opted out is opted out for whoever reads it
        if (hits.Any(hit => hit.Alias.Kind == "sha256" && hit.Owners.Count > 1))
            return new OptOutOnly(owners);
        if (hits.FirstOrDefault(hit => hit.Owners.Count > 0 && IsShared(hit.Alias)) is not null)
            return new NeedsReview($"A shared mailbox: it stands in {owners.Count} records.", owners);
        return owners.Count == 1 ? new Found(owners) : new NeedsReview($"What was named belongs to {owners.Count} records that are not known to be one person.", owners);
    }

    private static bool IsShared(Alias alias) =>
        alias.Kind == IdentityKey.Email && EmailKey.From(alias.Text) is { Kind: EmailKind.Shared or EmailKind.Disposable };
}
