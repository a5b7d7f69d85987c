namespace StackHub.Identity;

/// <summary>What matching may look at of one account.</summary>
public sealed record AccountFeatures
{
    public string? Name { get; init; }

    /// <summary>The website, domain or a mail address of the account, as it is written.</summary>
    public string? Domain { get; init; }

    public PhoneKey? Phone { get; init; }

    public string? City { get; init; }

    public string? PostalCode { get; init; }

    public string? Country { get; init; }

    public override string ToString() => "[account]";
}
