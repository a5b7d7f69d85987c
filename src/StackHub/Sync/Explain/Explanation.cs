using StackHub.Records;

namespace StackHub.Sync.Explain;

/// <summary>Why a record says what it says. Made for people's eyes: it holds values.</summary>
public sealed record Explanation(RecordId Id, RecordKind Kind, IReadOnlyList<ExplainedLink> Links, IReadOnlyList<ExplainedField> Fields)
{
    public RecordId? MergedInto { get; init; }

    public IReadOnlyList<RecordId> Absorbed { get; init; } = [];

    public bool Contested { get; init; }

    /// <summary>Since when processing is restricted: nothing is taken in or written.</summary>
    public DateTimeOffset? RestrictedSince { get; init; }

    /// <summary>What the person has allowed, by purpose.</summary>
    public IReadOnlyList<ExplainedPurpose> Purposes { get; init; } = [];

    /// <summary>What differs in a system and is not written there, and why.</summary>
    public IReadOnlyList<Withheld> Withheld { get; init; } = [];

    public override string ToString() => $"explanation of {Id}";
}

/// <summary>A purpose, whether data may be used for it, and why.</summary>
public sealed record ExplainedPurpose(string Name, bool Allowed, string Why);

public sealed record ExplainedLink(ExternalRef Ref, bool Active, DateTimeOffset SeenAt, DateTimeOffset? DeletedAt, ExternalRef? MovedTo);

/// <summary>A field: the canonical value, who authored it, under which policy it won, who lost, and what each system holds.</summary>
public sealed record ExplainedField(string Name, string? Value, ExternalRef? Winner, DateTimeOffset? AuthoredAt, string Policy, string Reason, IReadOnlyList<ExplainedClaim> Losers, IReadOnlyList<ExplainedHolding> Holdings)
{
    /// <summary>Since when systems fight over it and nobody is written.</summary>
    public DateTimeOffset? FrozenSince { get; init; }

    public override string ToString() => $"explanation of {Name}";
}

public sealed record ExplainedClaim(ExternalRef Link, string? Value, DateTimeOffset AuthoredAt, string Why)
{
    public override string ToString() => $"claim of {Link}";
}

/// <summary>What a system holds now: by its own doing, or by the hub's write (when, on whose behalf, caused by which trace).</summary>
public sealed record ExplainedHolding(ExternalRef Link, string? Value, string State)
{
    public DateTimeOffset? WrittenAt { get; init; }

    public ClaimSource? OnBehalfOf { get; init; }

    public string? Trace { get; init; }

    public override string ToString() => $"holding of {Link}: {State}";
}
