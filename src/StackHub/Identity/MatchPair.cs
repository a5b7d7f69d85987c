namespace StackHub.Identity;

/// <summary>Two people with what the rules ask about them worked out once; every answer is symmetric.</summary>
internal sealed class MatchPair(MatchFeatures left, MatchFeatures right, MatchWeights weights)
{
    public MatchFeatures Left { get; } = left;

    public MatchFeatures Right { get; } = right;

    public PersonName LeftName { get; } = PersonName.From(left.FirstName, left.LastName);

    public PersonName RightName { get; } = PersonName.From(right.FirstName, right.LastName);

    /// <summary>True when a company domain is known on both sides, be it only from a mail address, and one is common.</summary>
    public bool ShareDomain { get; } = Domains(left, weights).Intersect(Domains(right, weights)).Any();

    /// <summary>True when both sides name a company domain and not the same; addresses prove no difference, as people keep old ones.</summary>
    public bool DomainsDiffer { get; } =
        CompanyDomain.Of(left.CompanyDomain, weights.Agencies) is { } one
        && CompanyDomain.Of(right.CompanyDomain, weights.Agencies) is { } other && one != other;

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

    private static IEnumerable<string> Domains(MatchFeatures person, MatchWeights weights) =>
        person.Emails.Where(email => email.Kind is EmailKind.Business or EmailKind.Shared).Select(email => email.Domain)
            .Append(person.CompanyDomain)
            .Select(domain => CompanyDomain.Of(domain, weights.Agencies))
            .OfType<string>();
}
