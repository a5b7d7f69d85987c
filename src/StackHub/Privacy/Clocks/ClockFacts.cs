using System.Collections.Immutable;

namespace StackHub.Privacy.Clocks;

/// <summary>What happened to a request, as far as a clock cares. The clock is a function of it: the same facts give the same dates.</summary>
public sealed record ClockFacts(PrivacyRequestKind Kind, DateTimeOffset ReceivedAt)
{
    public ImmutableArray<ClockPause> Pauses { get; init; } = [];

    /// <summary>Every notice that was sent, in time or not.</summary>
    public ImmutableArray<ExtensionNotice> Extensions { get; init; } = [];
}

/// <summary>Something asked of the person; null while there is no answer.</summary>
public sealed record ClockPause(PauseReason Reason, DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt);

/// <summary>The person was told that it takes longer, and why.</summary>
/// <param name="Law">The law under which it takes longer: each has a term of its own.</param>
public sealed record ExtensionNotice(string Law, DateTimeOffset SentAt, string Reason);
