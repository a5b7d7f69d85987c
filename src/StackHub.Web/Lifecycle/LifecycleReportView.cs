using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Reports;
using StackHub.Records;

namespace StackHub.Web.Lifecycle;

/// <summary>One stage: who is there, who waits, and how long people stay.</summary>
/// <param name="SkipRate">The share of entries that were only inferred.</param>
public sealed record StageView(string Stage, bool Detour, int People, int Waiting, int Broken, int Entries, double? MedianHours, double? Percentile90Hours, double? SkipRate)
{
    /// <summary>The same in working time.</summary>
    public double? WorkingMedianHours { get; init; }

    public double? WorkingPercentile90Hours { get; init; }
}

/// <summary>A stage and the next.</summary>
/// <param name="Percent">Null while somebody of the cohort still has time, and without anybody.</param>
/// <param name="PeriodPercent">Entries of both stages in the period, of whichever cycles: no cohort.</param>
public sealed record StepView(string From, string To, int Entered, int Converted, double? Percent, bool Immature, double? PeriodPercent);

/// <summary>Somebody who still waits for what was promised, though it is too late.</summary>
/// <param name="What">What is promised: the stage, or so many attempts.</param>
public sealed record BrokenPromiseView(RecordId Person, string Stage, string What, DateTimeOffset DueAt);

public sealed record LeakView(string Cause, string Owner, int Cycles);

/// <summary>Open opportunities in one of the CRM's stages, and those there for too long.</summary>
public sealed record AgeingView(string Stage, int Open, int TooLong, IReadOnlyList<AgedDealView> Aged);

public sealed record AgedDealView(RecordId Opportunity, DateTimeOffset Since, DateTimeOffset DueAt);

/// <summary>How many people's accounts are known in one way: said by a tool, found by the matcher, unsure, or none.</summary>
public sealed record AccountSourceView(string Source, int People);

/// <summary>How many people a system shows where the hub says they are.</summary>
public sealed record AgreementView(string System, DateTimeOffset At, long People, long Agreeing, long Rejected, double? Percent);

public sealed record FindingView(string Kind, string System, string Detail, int Records)
{
    public static FindingView Of(FindingLine line) => new(LifecycleFinding.CodeOf(line.Kind), line.System, line.Detail, line.Records);
}

/// <summary>The lifecycle now: the board, the funnel, what leaks, and how far the tools agree.</summary>
public sealed record LifecycleReportView(DateTimeOffset At, DateTimeOffset Since, double WithinDays, int People, int Cycles)
{
    public required IReadOnlyList<StageView> Stages { get; init; }

    public required IReadOnlyList<StepView> Steps { get; init; }

    public required IReadOnlyList<LeakView> Leaks { get; init; }

    public required IReadOnlyList<AgreementView> Agreement { get; init; }

    /// <summary>Who waits for longest, of those whose promise is broken.</summary>
    public required IReadOnlyList<BrokenPromiseView> Broken { get; init; }

    public required IReadOnlyList<AgeingView> Ageing { get; init; }

    public required IReadOnlyList<AccountSourceView> Accounts { get; init; }

    public double? RecycleRate { get; init; }

    public double? RecycleYield { get; init; }

    public int BlockedRegressions { get; init; }

    public double? KeptInTime { get; init; }

    public static LifecycleReportView Of(LifecycleReport report) => new(report.At, report.Since, report.Within.TotalDays, report.People, report.Cycles)
    {
        Stages = [.. report.Stages.Select(line => new StageView(line.Stage, line.IsDetour, line.People, line.Waiting, line.Broken, line.Velocity.Entries, line.Velocity.Median?.TotalHours, line.Velocity.Percentile90?.TotalHours, line.Velocity.SkipRate) { WorkingMedianHours = line.Velocity.WorkingMedian?.TotalHours, WorkingPercentile90Hours = line.Velocity.WorkingPercentile90?.TotalHours })],
        Steps = [.. report.Steps.Select(step => new StepView(step.From, step.To, step.Cohort.Entered, step.Cohort.Converted, step.Cohort.Percent, step.Cohort.IsImmature, step.Period.Percent))],
        Leaks = [.. report.Leaks.Select(leak => new LeakView(leak.Cause, leak.Owner.ToString(), leak.Cycles))],
        Agreement = [.. report.Agreement.Select(agreement => new AgreementView(agreement.System.Name, agreement.At, agreement.People, agreement.Agreeing, agreement.Rejected, agreement.Percent))],
        Broken = [.. report.Broken.Select(promise => new BrokenPromiseView(promise.Person, promise.Stage, promise.What, promise.DueAt))],
        Ageing = [.. report.Ageing.Select(line => new AgeingView(line.Stage, line.Open, line.TooLong, [.. line.Aged.Select(aged => new AgedDealView(aged.Deal, aged.Since, aged.DueAt))]))],
        Accounts = [.. report.Accounts.Select(line => new AccountSourceView(line.Source.ToString(), line.People))],
        RecycleRate = report.RecycleRate,
        RecycleYield = report.RecycleYield,
        BlockedRegressions = report.BlockedRegressions,
        KeptInTime = report.KeptInTime,
    };

    public override string ToString() => $"lifecycle of {People} people";
}
