using StackHub.Permissions;

namespace StackHub.Privacy;

/// <summary>What the engine does for a kind, under every law alike.</summary>
public static class KindRules
{
    /// <summary>It only ends something: no proof of identity, no review of who else is meant, no approval.</summary>
    public static bool OnlyStops(PrivacyRequestKind kind) => !kind.NeedsVerification();

    /// <summary>It ends what is done with somebody's data and deletes nothing: carried out before anything that does, and nothing is weighed.</summary>
    public static bool Stops(PrivacyRequestKind kind) => OnlyStops(kind) || kind == PrivacyRequestKind.Objection;

    /// <summary>The purposes that it ends; null where it ends none.</summary>
    public static PurposeUse? Ends(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Objection => PurposeUse.DirectMarketing,
        PrivacyRequestKind.OptOutOfSale => PurposeUse.Sale,
        PrivacyRequestKind.LimitSensitiveData => PurposeUse.Sensitive,
        _ => null,
    };

    /// <summary>The answer is a copy of what is known.</summary>
    public static bool Copies(PrivacyRequestKind kind) => kind is PrivacyRequestKind.Access or PrivacyRequestKind.Portability;

    public static bool Erases(PrivacyRequestKind kind) => kind == PrivacyRequestKind.Erasure;
}
