namespace StackHub.Identity;

/// <summary>A value that a record may claim for itself; store it hashed where it need not be read.</summary>
public sealed record IdentityKey(string Kind, string Text, KeyStrength Strength)
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Domain = "domain";
    public const string Company = "company";

    /// <summary>Whether two records that hold this key are one, given what their names say.</summary>
    public bool Links(NameAgreement names) => Strength switch
    {
        KeyStrength.Strong => names != NameAgreement.Conflict,
        KeyStrength.WithCompatibleName => names is NameAgreement.Same or NameAgreement.Compatible,
        KeyStrength.WithSameName => names == NameAgreement.Same,
        _ => false,
    };

    public override string ToString() => $"[{Kind}]";
}
