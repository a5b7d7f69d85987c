using StackHub.Calendars;
using StackHub.Records;

namespace StackHub.Routing.Simulating;

/// <summary>Two numbers of the same thing: under the rules in force, and under the candidate.</summary>
public readonly record struct Change<T>(T Before, T After);

/// <summary>A lead that would be with somebody else.</summary>
/// <param name="From">Who has it under the rules in force; null for nobody.</param>
/// <param name="To">Who would have it under the candidate.</param>
/// <param name="Step">The step or rule that decides it, under each.</param>
/// <param name="Why">Why it would be theirs, in the trace's words.</param>
/// <param name="Actual">Who really got it, where that is not <paramref name="From"/>: the rules were others then, or workers met.</param>
public sealed record LeadMove(RecordId Lead, int Attempt, DateTimeOffset At, OwnerId? From, OwnerId? To, Change<string?> Step, string Why, OwnerId? Actual)
{
    /// <summary>When the first touch is due; null where nothing is promised.</summary>
    public Change<DateTimeOffset?> DueAt { get; init; }

    /// <summary>Of a lead that nobody has or would have: whether it waits.</summary>
    public Change<bool> IsHeld { get; init; }
}

/// <summary>How a pool gives its leads; null where a rule set does not have it.</summary>
public sealed record PoolChange(string Pool, PoolFairness? Before, PoolFairness? After);

/// <summary>How many leads somebody has, or a rule decides.</summary>
public sealed record CountChange(string Name, int Before, int After);

/// <summary>What becomes of the promise to speak to a lead.</summary>
/// <param name="MedianDue">From a lead's coming until the touch is due, as it is lived; null without leads.</param>
public sealed record TouchCounts(int Kept, int Breached, int Running, TimeSpan? MedianDue);

/// <summary>A field that the rules ask about and nobody asked about then: its value of now was used.</summary>
public sealed record AssumedField(string Field, int Leads);

/// <summary>What a candidate would have done with the leads of a window. It says what would have been decided, not what would have come of it.</summary>
/// <param name="Present">The version of the rules in force.</param>
/// <param name="From">The window, in which leads came.</param>
/// <param name="WarmUpFrom">Since when leads were replayed under the rules in force, so that pools are filled at the window's start; the window's start itself for empty pools.</param>
public sealed record SimulationResult(string Present, string Candidate, DateTimeOffset WarmUpFrom, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Routings of the window.</summary>
    public int Routings { get; init; }

    /// <summary>Of those, how many cannot be decided again: the person was erased, or the inputs were not kept. They stay as they were.</summary>
    public int Unreplayable { get; init; }

    /// <summary>Of those that can, how many the rules in force decide as it really was: the nearer to all, the better the replay is a picture.</summary>
    public int Reproduced { get; init; }

    public required IReadOnlyList<LeadMove> Moves { get; init; }

    /// <summary>Leads that wait for an owner at the end.</summary>
    public Change<int> Held { get; init; }

    /// <summary>Leads that had to wait at all.</summary>
    public Change<int> Waited { get; init; }

    /// <summary>Leads that nobody gets.</summary>
    public Change<int> Nobodys { get; init; }

    public required IReadOnlyList<PoolChange> Pools { get; init; }

    public required IReadOnlyList<CountChange> Owners { get; init; }

    /// <summary>By step and rule.</summary>
    public required IReadOnlyList<CountChange> Steps { get; init; }

    /// <summary>Null when nothing is promised.</summary>
    public Change<TouchCounts>? Touches { get; init; }

    public ServiceTerm? Term { get; init; }

    public required IReadOnlyList<AssumedField> Assumed { get; init; }
}
