using System.Collections.Immutable;

namespace StackHub.Privacy.Clocks;

/// <summary>What one law gives a person and how long it leaves for an answer; data, of one version.</summary>
public sealed record Law(string Id, string Name, int Version, ImmutableArray<string> Places, ImmutableArray<LawTerm> Terms)
{
    /// <summary>A last day on a weekend or holiday moves to the next working day.</summary>
    public bool Rolls { get; init; }

    /// <summary>The law can be read so that the day of receipt is the first day: then the safe date is a day before the legal one.</summary>
    public bool FirstDayMayCount { get; init; }

    /// <summary>An opt-out in the same request is carried out before any deletion.</summary>
    public bool OptOutFirst { get; init; }

    /// <summary>Requests come only in lists fetched from a regulator's platform, never from the person.</summary>
    public bool ByPull { get; init; }

    public Term? PullEvery { get; init; }

    public DateOnly? PullFrom { get; init; }

    public ImmutableDictionary<PauseReason, PauseEffect> Pauses { get; init; } = ImmutableDictionary<PauseReason, PauseEffect>.Empty;

    public LawAppeal? Appeal { get; init; }

    /// <summary>How long the record of a request is kept after its answer; null where the law names no term.</summary>
    public Term? KeepRecords { get; init; }

    public bool KeepRecordsAssumed { get; init; }

    /// <summary>How long after an opt-out nobody asks for an opt-in.</summary>
    public Term? NoOptIn { get; init; }

    /// <summary>Null when the law gives no such right.</summary>
    public LawTerm? TermFor(PrivacyRequestKind kind) => Terms.FirstOrDefault(term => term.Kinds.Contains(kind));
}

/// <summary>The term for some kinds of request.</summary>
/// <param name="Rule">Where it is written and what it says, for people.</param>
public sealed record LawTerm(ImmutableArray<PrivacyRequestKind> Kinds, string Rule, Term Complete)
{
    public Term? Acknowledge { get; init; }

    /// <summary>The whole term from receipt once it was extended; null where it cannot be.</summary>
    public Term? Extended { get; init; }

    /// <summary>A default that was not read in the law itself.</summary>
    public bool Assumed { get; init; }

    public bool ExtendedAssumed { get; init; }
}

/// <summary>How long an answer to an appeal may take.</summary>
public sealed record LawAppeal(Term Within, string Rule, bool Assumed);

/// <summary>What the person is waited for.</summary>
public enum PauseReason
{
    Identity,
    Fee,
    Clarification,
}

/// <summary>What waiting for the person does to the clock.</summary>
public enum PauseEffect
{
    None,

    /// <summary>The days of waiting do not count.</summary>
    Suspend,

    /// <summary>The term begins with the answer.</summary>
    Restart,

    /// <summary>Both readings are heard: the safe date suspends, the legal one restarts.</summary>
    Either,
}

/// <summary>A law where a person lives: its calendar decides on days. Written as eu-gdpr/DE.</summary>
public sealed record LawPlace(string Law, string Place)
{
    public override string ToString() => $"{Law}/{Place}";

    public static LawPlace Parse(string text) => text.Split('/') is [{ Length: > 0 } law, { Length: > 0 } place]
        ? new(law, place)
        : throw new FormatException($"'{text}' is no law and place: write them such as eu-gdpr/DE.");
}
