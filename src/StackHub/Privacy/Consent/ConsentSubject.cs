using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy.Consent;

/// <summary>Whose events they are: a record, an address that may be nobody's yet, or a browser. The latter two are keyed hashes.</summary>
public readonly record struct ConsentSubject(string Key)
{
    private const string PersonPrefix = "p-";
    private const string AddressPrefix = "a-";
    private const string BrowserPrefix = "b-";

    public static ConsentSubject Of(RecordId record) => new(PersonPrefix + record);

    public static ConsentSubject Of(EmailKey address, HubKeys keys) => new(AddressPrefix + keys.Hash(IdentityKey.Email, address.Text));

    /// <param name="pseudonym">What a site calls the browser: a random id of its own.</param>
    public static ConsentSubject OfBrowser(string pseudonym, HubKeys keys) => new(BrowserPrefix + keys.Hash("browser", pseudonym));

    public override string ToString() => Key;
}
