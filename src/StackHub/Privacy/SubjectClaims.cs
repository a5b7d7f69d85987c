using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;

namespace StackHub.Privacy;

/// <summary>Whom a request is about, in the requester's words: personal data, kept sealed, never printed.</summary>
public sealed record SubjectClaims
{
    public static readonly SubjectClaims None = new();

    public IReadOnlyList<string> Emails { get; init; } = [];

    public IReadOnlyList<string> Phones { get; init; } = [];

    /// <summary>Hub records an officer named.</summary>
    public IReadOnlyList<RecordId> Records { get; init; } = [];

    /// <summary>Vendors' records an officer or another company's system named.</summary>
    public IReadOnlyList<ExternalRef> Links { get; init; } = [];

    /// <summary>SHA-256 of the normal form of addresses, in hex, as deletion lists carry them.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];

    public bool IsEmpty => Emails.Count + Phones.Count + Records.Count + Links.Count + Hashes.Count == 0;

    /// <summary>Sentences about what identifies nobody: such a request is refused before anything is kept. They do not repeat the values.</summary>
    public IEnumerable<string> Problems(string? phoneRegion)
    {
        if (IsEmpty)
            yield return "Name an address, a phone number or a record.";
        foreach (var (index, _) in Emails.Index().Where(email => EmailKey.From(email.Item) is null))
            yield return $"Address {index + 1} is not an e-mail address.";
        foreach (var (index, _) in Phones.Index().Where(phone => PhoneKey.From(phone.Item, phoneRegion) is null))
            yield return $"Phone number {index + 1} is not a valid number; write it with its country code.";
        foreach (var (index, _) in Hashes.Index().Where(hash => hash.Item.Length != 64 || !hash.Item.All(char.IsAsciiHexDigit)))
            yield return $"Hash {index + 1} is not a SHA-256 in hex.";
    }

    /// <summary>The keys that the claims come to, without those that identify nobody.</summary>
    public IEnumerable<Alias> Aliases(string? phoneRegion) =>
        Emails.Select(EmailKey.From).OfType<EmailKey>().Select(email => new Alias(IdentityKey.Email, email.Text))
            .Concat(Phones.Select(phone => PhoneKey.From(phone, phoneRegion)).OfType<PhoneKey>().Select(phone => new Alias(IdentityKey.Phone, phone.Text)))
            .Concat(Links.Select(Alias.Of))
            .Concat(Records.Select(Alias.Of))
            .Concat(Hashes.Select(hash => new Alias("sha256", hash.ToLowerInvariant())))
            .Distinct();

    public override string ToString() => "[subject]";
}

/// <summary>One thing by which a person is known: an address, a number, a vendor's id, a hub record. It prints its kind only.</summary>
public sealed record Alias(string Kind, string Text)
{
    public static Alias Of(ExternalRef reference) => new("link", reference.ToString());

    public static Alias Of(RecordId record) => new("record", record.ToString());

    /// <summary>As the suppression list and the indexes keep it: nobody reads the alias from it.</summary>
    public string Hash(HubKeys keys) => keys.Hash(Kind, Text);

    public override string ToString() => $"[{Kind}]";
}
