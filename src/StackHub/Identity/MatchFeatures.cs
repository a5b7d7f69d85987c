namespace StackHub.Identity;

/// <summary>What matching may look at of one person; raw values, except for keys, which are already normal.</summary>
public sealed record MatchFeatures
{
    /// <summary>The person's ids in other systems, as "system/object/id": these are identity, not evidence.</summary>
    public IReadOnlyList<string> ExternalIds { get; init; } = [];

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public IReadOnlyList<EmailKey> Emails { get; init; } = [];

    public IReadOnlyList<PhoneKey> Phones { get; init; } = [];

    public string? Company { get; init; }

    /// <summary>The company's website or domain; the domains of business addresses count beside it.</summary>
    public string? CompanyDomain { get; init; }

    public string? Title { get; init; }

    public string? City { get; init; }

    public string? PostalCode { get; init; }

    public string? Country { get; init; }

    public override string ToString() => "[person]";
}
