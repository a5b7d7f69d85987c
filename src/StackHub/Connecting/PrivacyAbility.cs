namespace StackHub.Connecting;

/// <summary>What is left of a record after the most that a connector can do.</summary>
public enum ErasureKind
{
    /// <summary>The connector erases nothing here, and nobody is named here.</summary>
    None,

    /// <summary>A person has to do it in the tool, and to show that it was done.</summary>
    Manual,

    /// <summary>Values are overwritten; the record stays.</summary>
    Mask,

    /// <summary>It can be brought back.</summary>
    SoftDelete,

    /// <summary>For good.</summary>
    Delete,
}

/// <summary>
/// What a connector can honestly do for a person in one object type, as an officer reads it before promising anything. The contract holds it
/// to what the vendor's sandbox shows: it may promise neither more nor less.
/// </summary>
public sealed record PrivacyAbility
{
    /// <summary>Companies and opportunities: a person who is named in one is for people to take out.</summary>
    public static readonly PrivacyAbility NotOfPeople = new() { Erasure = ErasureKind.None, NotCovered = "a person's name in its texts" };

    public required ErasureKind Erasure { get; init; }

    /// <summary>It is asked for now and done later.</summary>
    public bool IsAsync { get; init; }

    /// <summary>What confirms it; null where nothing is erased.</summary>
    public ErasureEvidence? ConfirmedBy { get; init; }

    /// <summary>The longest until the vendor itself is rid of it; null where the vendor names no time.</summary>
    public TimeSpan? GoneWithin { get; init; }

    /// <summary>Where that is said, in a sentence.</summary>
    public string? Source { get; init; }

    /// <summary>How long after it is gone the vendor may still bring it back, as when the person writes again; a day where nothing is said.</summary>
    public TimeSpan ReturnsWithin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What else goes with it.</summary>
    public string? TakesAlong { get; init; }

    /// <summary>What goes along is not the person's alone, such as the tickets of a company: one more person has to agree.</summary>
    public bool IsWide { get; init; }

    /// <summary>What of the person stays there all the same.</summary>
    public string? Stays { get; init; }

    /// <summary>The record is read in full for an access package.</summary>
    public bool Access { get; init; }

    /// <summary>What of the person in the tool an access package leaves out.</summary>
    public string? NotCovered { get; init; }

    /// <summary>A wrong value can be put right.</summary>
    public bool Rectification { get; init; }

    /// <summary>An opt-out can be written.</summary>
    public bool Consent { get; init; }
}
