using System.Collections.Immutable;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Agreement;
using StackHub.Lifecycle.Findings;
using StackHub.Records;

namespace StackHub.Lifecycle.Reports;

/// <summary>One stage of the board.</summary>
/// <param name="People">Who is there now.</param>
/// <param name="Waiting">Promises that run there, and those that are broken.</param>
public sealed record StageLine(string Stage, bool IsDetour, int People, int Waiting, int Broken, Velocity Velocity);

/// <summary>A stage and the next: who of those who entered in the period came on.</summary>
public sealed record StepLine(string From, string To, Conversion Cohort, Conversion Period);

/// <summary>Open opportunities in one of the CRM's stages, and those that are there for too long.</summary>
/// <param name="Aged">The oldest of those.</param>
public sealed record AgeingLine(string Stage, int Open, int TooLong, ImmutableArray<AgedDeal> Aged);

public sealed record AgedDeal(RecordId Deal, DateTimeOffset Since, DateTimeOffset DueAt);

/// <summary>How many people's accounts are known in one way.</summary>
public sealed record AccountLine(AccountSource Source, int People);

/// <summary>Somebody who was promised something, and still waits though it is too late.</summary>
/// <param name="What">What is promised, as its clock says it.</param>
public sealed record BrokenPromise(RecordId Person, string Stage, string What, DateTimeOffset DueAt);

public sealed record LeakLine(string Cause, LeakOwner Owner, int Cycles);

public sealed record FindingLine(FindingKind Kind, string System, string Detail, int Records);

/// <summary>The lifecycle at one moment, out of every ledger.</summary>
/// <param name="Within">How long a cohort had to come on.</param>
public sealed record LifecycleReport(DateTimeOffset At, DateTimeOffset Since, TimeSpan Within)
{
    public int People { get; init; }

    public int Cycles { get; init; }

    public ImmutableArray<StageLine> Stages { get; init; } = [];

    public ImmutableArray<StepLine> Steps { get; init; } = [];

    public ImmutableArray<LeakLine> Leaks { get; init; } = [];

    /// <summary>Without limits for opportunities there are none.</summary>
    public ImmutableArray<AgeingLine> Ageing { get; init; } = [];

    /// <summary>How the accounts of people are known, by the matcher that routing uses as well.</summary>
    public ImmutableArray<AccountLine> Accounts { get; init; } = [];

    /// <summary>Cycles that ended in a stage that may begin again, as a share of all; null without any.</summary>
    public double? RecycleRate { get; init; }

    /// <summary>Of second and later cycles, those that came to be won; null without any.</summary>
    public double? RecycleYield { get; init; }

    public int BlockedRegressions { get; init; }

    /// <summary>Promises kept in time, as a share of those that were decided; null without any.</summary>
    public double? KeptInTime { get; init; }

    public ImmutableArray<SystemAgreement> Agreement { get; init; } = [];

    /// <summary>Who waits for longest, of those whose promise is broken; opportunities that grow old stand for themselves.</summary>
    public ImmutableArray<BrokenPromise> Broken { get; init; } = [];
}
