using StackHub.Configuration;
using StackHub.Records;
using StackHub.Routing.Simulating;
using StackHub.Web.Errors;

namespace StackHub.Web.Routing.Simulating;

/// <summary>What a candidate rule set would have done with the leads of a window. It says what would have been decided, not what would have come of it.</summary>
/// <param name="Present">The version of the rules in force.</param>
/// <param name="Candidate">The version the candidate would have.</param>
/// <param name="WarmUpFrom">Since when leads were replayed under the rules in force to fill the pools; the same as from where pools began empty.</param>
/// <param name="Findings">What keeps the candidate from being deployed; it was simulated all the same.</param>
public sealed record SimulationView(string Present, string Candidate, DateTimeOffset WarmUpFrom, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<RulePlace> Findings)
{
    /// <summary>Routings in the window.</summary>
    public required int Routings { get; init; }

    /// <summary>How many of them cannot be decided again, since the person was erased or nothing was kept; they stay as they were.</summary>
    public required int Unreplayable { get; init; }

    /// <summary>How many of the others the rules in force decide as it really was.</summary>
    public required int Reproduced { get; init; }

    /// <summary>How many leads would be with somebody else.</summary>
    public required int Moved { get; init; }

    /// <summary>Those leads, the first that came first; at most a thousand.</summary>
    public required IReadOnlyList<SimulatedMove> Moves { get; init; }

    /// <summary>Leads that wait for an owner at the end.</summary>
    public required SimulatedCount Held { get; init; }

    /// <summary>Leads that had to wait at all.</summary>
    public required SimulatedCount Waited { get; init; }

    /// <summary>Leads that nobody gets.</summary>
    public required SimulatedCount Nobodys { get; init; }

    public required IReadOnlyList<SimulatedPool> Pools { get; init; }

    /// <summary>Leads of each owner.</summary>
    public required IReadOnlyList<SimulatedCount> Owners { get; init; }

    /// <summary>Leads that each step or rule decides.</summary>
    public required IReadOnlyList<SimulatedCount> Steps { get; init; }

    /// <summary>The promise to speak to each lead in time; absent where nothing is promised.</summary>
    public SimulatedPromise? Promise { get; init; }

    /// <summary>Fields that nobody asked about then, whose values of now were used, and for how many leads.</summary>
    public required IReadOnlyList<AssumedView> Assumed { get; init; }

    public static SimulationView Of(SimulationResult result, IReadOnlyList<ConfigurationProblem> findings, int most = 1_000) => new(result.Present, result.Candidate, result.WarmUpFrom, result.From, result.Until, [.. findings.Select(RulePlace.Of)])
    {
        Routings = result.Routings,
        Unreplayable = result.Unreplayable,
        Reproduced = result.Reproduced,
        Moved = result.Moves.Count,
        Moves = [.. result.Moves.Take(most).Select(SimulatedMove.Of)],
        Held = new("held", result.Held.Before, result.Held.After),
        Waited = new("waited", result.Waited.Before, result.Waited.After),
        Nobodys = new("nobodys", result.Nobodys.Before, result.Nobodys.After),
        Pools = [.. result.Pools.Select(SimulatedPool.Of)],
        Owners = [.. result.Owners.Select(SimulatedCount.Of)],
        Steps = [.. result.Steps.Select(SimulatedCount.Of)],
        Promise = result.Touches is { } touches ? new(SimulationWords.Term(result.Term!.Value), SimulatedTouches.Of(touches.Before), SimulatedTouches.Of(touches.After)) : null,
        Assumed = [.. result.Assumed.Select(field => new AssumedView(field.Field, field.Leads))],
    };
}

/// <param name="From">Who has it under the rules in force; absent for nobody.</param>
/// <param name="To">Who would have it; absent for nobody.</param>
/// <param name="FromStep">The step or rule that decides it now.</param>
/// <param name="ToStep">The step or rule that would decide it.</param>
/// <param name="Actual">Who really got it, where that is somebody else than from.</param>
/// <param name="DueBefore">When somebody has to speak to the lead, by its owner's hours.</param>
/// <param name="Waits">It would wait for an owner.</param>
public sealed record SimulatedMove(RecordId Lead, int Attempt, DateTimeOffset At, string? From, string? To, string? FromStep, string? ToStep, string Why, string? Actual, DateTimeOffset? DueBefore, DateTimeOffset? DueAfter, bool Waits)
{
    public static SimulatedMove Of(LeadMove move) => new(move.Lead, move.Attempt, move.At, move.From?.Name, move.To?.Name, move.Step.Before, move.Step.After, move.Why, move.Actual?.Name, move.DueAt.Before, move.DueAt.After, move.IsHeld.After);
}

/// <summary>A number under the rules in force, and under the candidate.</summary>
public sealed record SimulatedCount(string Name, int Before, int After)
{
    public static SimulatedCount Of(CountChange change) => new(change.Name, change.Before, change.After);
}

/// <param name="Before">Absent where the rules in force do not have the pool.</param>
/// <param name="After">Absent where the candidate does not have it.</param>
public sealed record SimulatedPool(string Pool, SimulatedFairness? Before, SimulatedFairness? After)
{
    public static SimulatedPool Of(PoolChange change) => new(change.Pool, SimulatedFairness.Of(change.Before), SimulatedFairness.Of(change.After));
}

/// <param name="Jain">Jain's index of leads for weight: 1 is even; absent before anybody got one.</param>
/// <param name="MaxDeviation">The most leads by which a member has more, or fewer, than their weight's part.</param>
public sealed record SimulatedFairness(int Given, double? Jain, double MaxDeviation, IReadOnlyList<SimulatedShare> Members)
{
    public static SimulatedFairness? Of(PoolFairness? pool) => pool is null ? null : new(pool.Given, pool.Jain, pool.MaxDeviation, [.. pool.Members.Select(member => new SimulatedShare(member.Owner.Name, member.Weight, member.Given))]);
}

public sealed record SimulatedShare(string Owner, int Weight, int Given);

/// <param name="Within">The promise in words.</param>
public sealed record SimulatedPromise(string Within, SimulatedTouches Before, SimulatedTouches After);

/// <param name="Running">Not due yet.</param>
/// <param name="MedianHours">From a lead's coming until the touch is due, in hours as they are lived; absent without leads.</param>
public sealed record SimulatedTouches(int Kept, int Breached, int Running, double? MedianHours)
{
    public static SimulatedTouches Of(TouchCounts counts) => new(counts.Kept, counts.Breached, counts.Running, counts.MedianDue is { } median ? Math.Round(median.TotalHours, 2) : null);
}

public sealed record AssumedView(string Field, int Leads);
