namespace StackHub.Identity;

/// <summary>Two people with what the rules ask about them worked out once; every answer is symmetric.</summary>
internal sealed class MatchPair(MatchFeatures left, MatchFeatures right, MatchWeights weights)
{
    public MatchFeatures Left { get; } = left;

    public MatchFeatures Right { get; } = right;

    public PersonName LeftName { get; } = PersonName.From(left.FirstName, left.LastName);

    public PersonName RightName { get; } = PersonName.From(right.FirstName, right.LastName);

    public string? LeftDomain { get; } = DomainOf(left, weights);

    public string? RightDomain { get; } = DomainOf(right, weights);

    public NameAgreement Names => field == default ? field = LeftName.AgreesWith(RightName) : field;

    public bool NamesAgree => Names is NameAgreement.Same or NameAgreement.Compatible;

    /// <summary>True when both hold a mailbox of this kind, spelt alike.</summary>
    public bool Share(EmailKind kind) => Left.Emails.Any(email => email.Kind == kind && Right.Emails.Contains(email));

    /// <summary>True when both hold a line that is a person's by its kind.</summary>
    public bool SharePhone => Left.Phones.Any(phone => !phone.IsShared && Right.Phones.Contains(phone));

    /// <summary>True when each has a business mailbox of its own at one company.</summary>
    public bool AreColleagues => !Share(EmailKind.Business)
        && Left.Emails.Any(email => email.Kind == EmailKind.Business
            && Right.Emails.Any(other => other.Kind == EmailKind.Business && other.Domain == email.Domain && other.WithoutTag != email.WithoutTag));

    private static string? DomainOf(MatchFeatures person, MatchWeights weights) =>
        CompanyDomain.Of(person.CompanyDomain, weights.Agencies)
        ?? person.Emails.Where(email => email.Kind is EmailKind.Business or EmailKind.Shared)
            .Select(email => CompanyDomain.Of(email.Domain, weights.Agencies))
            .Order(StringComparer.Ordinal).FirstOrDefault(domain => domain is not null);
}
