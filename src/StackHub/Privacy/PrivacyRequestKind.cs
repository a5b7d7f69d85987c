namespace StackHub.Privacy;

/// <summary>What a person may ask for.</summary>
public enum PrivacyRequestKind
{
    /// <summary>A readable copy of what is known of them.</summary>
    Access,

    Erasure,

    Rectification,

    /// <summary>The same copy in a form for machines.</summary>
    Portability,

    /// <summary>Nothing is changed or deleted until it is lifted.</summary>
    Restriction,

    /// <summary>No more direct marketing: no balancing of interests.</summary>
    Objection,

    OptOutOfSale,

    LimitSensitiveData,
}

/// <summary>The names kinds have outside, and what all laws say of a kind alike.</summary>
public static class PrivacyRequestKinds
{
    public static readonly IReadOnlyList<PrivacyRequestKind> All = Enum.GetValues<PrivacyRequestKind>();

    public static string Of(PrivacyRequestKind kind) => kind switch
    {
        PrivacyRequestKind.Access => "access",
        PrivacyRequestKind.Erasure => "erasure",
        PrivacyRequestKind.Rectification => "rectification",
        PrivacyRequestKind.Portability => "portability",
        PrivacyRequestKind.Restriction => "restriction",
        PrivacyRequestKind.Objection => "objection",
        PrivacyRequestKind.OptOutOfSale => "opt-out-of-sale",
        _ => "limit-sensitive-data",
    };

    public static PrivacyRequestKind? Parse(string? name)
    {
        foreach (var kind in All)
            if (string.Equals(Of(kind), name, StringComparison.OrdinalIgnoreCase))
                return kind;
        return null;
    }

    /// <summary>Opt-out and limit wait for no proof of who asks: no law wants one, and they only lessen what is done with somebody's data.</summary>
    public static bool NeedsVerification(this PrivacyRequestKind kind) => kind is not (PrivacyRequestKind.OptOutOfSale or PrivacyRequestKind.LimitSensitiveData);
}
