namespace StackHub.Identity;

/// <summary>The names of the outcomes of a comparison.</summary>
public static class Levels
{
    public const string Same = "same";
    public const string Compatible = "compatible";
    public const string Conflict = "conflict";
    public const string Similar = "similar";
    public const string Different = "different";
    public const string SameMailbox = "same mailbox";
    public const string SameWithoutTag = "same mailbox but for its tag";
    public const string SameSharedMailbox = "same shared mailbox";
    public const string SameLocalPart = "same local part at another domain";
    public const string OtherMailboxAtCompany = "other mailbox at the same company";
    public const string SameSwitchboard = "same switchboard";
    public const string SameDomain = "same domain";
    public const string SamePostalCode = "same postal code";
    public const string SameCity = "same city";
    public const string SameCountry = "same country";
}
