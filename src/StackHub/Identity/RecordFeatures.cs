using StackHub.Records;

namespace StackHub.Identity;

/// <summary>What matching may look at, taken from canonical values by field name.</summary>
public static class RecordFeatures
{
    /// <param name="value">The canonical text of a field; null when unknown or blank.</param>
    public static MatchFeatures Person(Func<string, string?> value, string? phoneRegion) => new()
    {
        FirstName = value("firstName"),
        LastName = value("lastName"),
        Emails = EmailKey.From(value("email")) is { } email ? [email] : [],
        Phones = [.. new[] { value("phone"), value("mobilePhone") }.Select(number => PhoneKey.From(number, phoneRegion)).OfType<PhoneKey>().Distinct()],
        Company = value("company"),
        Title = value("title"),
        City = value("city"),
        PostalCode = value("postalCode"),
        Country = value("country"),
    };

    public static AccountFeatures Account(Func<string, string?> value, string? phoneRegion) => new()
    {
        Name = value("name"),
        Domain = value("domain"),
        Phone = PhoneKey.From(value("phone"), phoneRegion),
        City = value("city"),
        PostalCode = value("postalCode"),
        Country = value("country"),
    };

    /// <summary>The keys a record of the kind may claim, strongest first.</summary>
    public static IReadOnlyList<IdentityKey> Keys(RecordKind kind, Func<string, string?> value, string? phoneRegion) => kind switch
    {
        RecordKind.Person => [.. StrongKeys.Of(Person(value, phoneRegion)).Where(key => key.Strength > KeyStrength.Weak)],
        RecordKind.Account => AccountKeys(Account(value, phoneRegion)),
        _ => OpportunityKeys(value),
    };

    /// <summary>The domain, then the name: an account without a domain is found by its name alone.</summary>
    private static IReadOnlyList<IdentityKey> AccountKeys(AccountFeatures account) =>
        [.. StrongKeys.Of(account).Concat(StrongKeys.Of(account with { Domain = null })).Distinct()];

    /// <summary>A deal is the same deal when it has the same name at the same account.</summary>
    private static IReadOnlyList<IdentityKey> OpportunityKeys(Func<string, string?> value) =>
        value("account") is { } account && value("name") is { } name
            ? [new("opportunity", $"{account}\n{TextFold.Plain(name)}", KeyStrength.Strong)]
            : [];
}
