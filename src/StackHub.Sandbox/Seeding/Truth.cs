namespace StackHub.Sandbox.Seeding;

/// <summary>Who the seeded people, companies and deals really are.</summary>
public sealed record Truth(IReadOnlyList<TruePerson> People, IReadOnlyList<TrueCompany> Companies, IReadOnlyList<TrueDeal> Deals)
{
    public static readonly Truth Nothing = new([], [], []);

    public IEnumerable<TruePerson> With(Oddity oddity) => People.Where(person => person.Oddities.HasFlag(oddity));
}

/// <summary>A person and every record that is about them.</summary>
public sealed record TruePerson(int Number, string First, string Last, string? Email, string Phone, string Title, int Company)
{
    public Oddity Oddities { get; internal set; }

    public bool OptedOut { get; internal init; }

    /// <summary>The address before the change, where there was one.</summary>
    public string? OldEmail { get; internal init; }

    public IReadOnlyList<Sighting> Sightings { get; internal set; } = [];

    /// <summary>The ids of this person's records in a tool.</summary>
    public IEnumerable<string> Ids(string vendor) => Sightings.Where(sighting => sighting.Vendor == vendor).Select(sighting => sighting.Id);
}

/// <summary>One record about a person, as one tool has it.</summary>
public sealed record Sighting(string Vendor, string Type)
{
    public string Id { get; internal set; } = "";

    /// <summary>What else the record became: the contact of a converted lead.</summary>
    public string? BecameId { get; internal set; }

    public required string First { get; init; }

    public required string Last { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Title { get; init; }

    public bool OptedOut { get; init; }

    public bool Newsletter { get; init; }

    public int Score { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Modified { get; init; }

    /// <summary>What the title was before, for tools with a history.</summary>
    public string? EarlierTitle { get; init; }
}

/// <summary>A company and its records.</summary>
public sealed record TrueCompany(int Number, string Name, string? Domain, DateTimeOffset Created, DateTimeOffset Modified)
{
    /// <summary>Vendor to the names it is kept under; more than one is a duplicate.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Names { get; init; }

    public Dictionary<string, List<string>> Ids { get; } = [];

    internal string? IdIn(string vendor) => Ids.TryGetValue(vendor, out var ids) ? ids[0] : null;
}

/// <summary>A deal, which Salesforce calls an opportunity.</summary>
public sealed record TrueDeal(int Number, string Name, int Company, int Person, decimal Amount, DateOnly CloseDate, bool IsWon, DateTimeOffset Modified)
{
    public Dictionary<string, string> Ids { get; } = [];
}
