namespace StackHub.Identity;

/// <summary>The keys by which a record is found at once, strongest first and without repeats.</summary>
public static class StrongKeys
{
    /// <summary>The mailboxes and phone lines of a person.</summary>
    public static IReadOnlyList<IdentityKey> Of(MatchFeatures person) =>
        Ordered(person.Emails.Select(Key).Concat(person.Phones.Select(Key)));

    /// <summary>The own domain of an account or else, as a weak key, its name.</summary>
    public static IReadOnlyList<IdentityKey> Of(AccountFeatures account, IReadOnlySet<string>? agencies = null) =>
        CompanyDomain.Of(account.Domain, agencies) is { } domain ? [new(IdentityKey.Domain, domain, KeyStrength.Strong)]
        : CompanyName.From(account.Name) is { IsDistinctive: true } name ? [new(IdentityKey.Company, name.Text, KeyStrength.Weak)]
        : [];

    private static IdentityKey Key(EmailKey email) => new(IdentityKey.Email, email.Text, email.Kind switch
    {
        EmailKind.Business => KeyStrength.Strong,
        EmailKind.FreeMail => KeyStrength.WithCompatibleName,
        _ => KeyStrength.WithSameName,
    });

    private static IdentityKey Key(PhoneKey phone) =>
        new(IdentityKey.Phone, phone.Text, phone.IsShared ? KeyStrength.Weak : KeyStrength.WithCompatibleName);

    private static IReadOnlyList<IdentityKey> Ordered(IEnumerable<IdentityKey> keys) =>
    [
        .. keys.Distinct()
            .OrderByDescending(key => key.Strength)
            .ThenBy(key => key.Kind, StringComparer.Ordinal)
            .ThenBy(key => key.Text, StringComparer.Ordinal),
    ];
}
