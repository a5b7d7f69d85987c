namespace StackHub.Identity;

/// <summary>Under which few keys a person is filed so that duplicates with typos meet; the keys hold personal data, so store them hashed.</summary>
public static class BlockingKeys
{
    private const int PhoneDigits = 7;

    /// <summary>At most four keys: sound of the name, company and name, end of the phone number, mailbox and name.</summary>
    public static IReadOnlyList<string> Of(MatchFeatures person, IReadOnlySet<string>? agencies = null)
    {
        var name = PersonName.From(person.FirstName, person.LastName);
        var sound = PhoneticKey.Of(name.FamilyKey);
        string?[] keys = [ByName(name, sound), ByCompany(person, sound, agencies), ByPhone(person), ByMailbox(person, sound)];
        return [.. keys.OfType<string>()];
    }

    /// <summary>The same, with every mailbox and every line as it is: whatever makes two people one is certain to bring them together.</summary>
    public static IEnumerable<string> WithExact(MatchFeatures person, IReadOnlySet<string>? agencies = null) => Of(person, agencies)
        .Concat(person.Emails.Select(Exact))
        .Concat(person.Phones.Where(phone => !phone.IsShared).Select(Exact))
        .Distinct();

    /// <summary>Under which everybody is filed who ever had the mailbox.</summary>
    public static string Exact(EmailKey email) => $"m:{email.Text}";

    /// <summary>Under which everybody is filed who ever had the line, and others whose number ends the same.</summary>
    public static string Exact(PhoneKey phone) => $"p:{End(phone.E164)}";

    private static string? ByName(PersonName name, string sound) =>
        sound.Length > 0 && name.Given is [var first, ..] ? $"n:{sound}:{Nicknames.Formal(first)[0]}" : null;

    private static string? ByCompany(MatchFeatures person, string sound, IReadOnlySet<string>? agencies) =>
        sound.Length > 0 && Domain(person, agencies) is { } domain ? $"d:{domain}:{sound}" : null;

    private static string? Domain(MatchFeatures person, IReadOnlySet<string>? agencies) =>
        person.Emails.Select(email => email.Domain).Order(StringComparer.Ordinal).Prepend(person.CompanyDomain)
            .Select(domain => CompanyDomain.Of(domain, agencies)).FirstOrDefault(domain => domain is not null);

    private static string? ByPhone(MatchFeatures person) =>
        person.Phones.Where(phone => !phone.IsShared).Select(phone => phone.E164).Min(StringComparer.Ordinal) is { } number
            ? $"p:{End(number)}" : null;

    private static string End(string number) => number[Math.Max(1, number.Length - PhoneDigits)..];

    private static string? ByMailbox(MatchFeatures person, string sound) =>
        person.Emails.Where(email => email.Kind is EmailKind.Business or EmailKind.FreeMail)
            .Select(email => Letters(email.WithoutTag.LocalPart)).Min(StringComparer.Ordinal) is { Length: > 0 } mailbox
            ? $"e:{mailbox}:{sound}" : null;

    private static string Letters(string localPart) => string.Concat(localPart.Where(char.IsLetterOrDigit));
}
