using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Reports;

namespace StackHub.Web.Lifecycle;

/// <summary>One stage: who is there, who waits, and how long people stay.</summary>
/// <param name="SkipRate">The share of entries that were only inferred.</param>
public sealed record StageView(string Stage, bool Detour, int People, int Waiting, int Broken, int Entries, double? MedianHours, double? Percentile90Hours, double? SkipRate);

/// <summary>A stage and the next.</summary>
/// <param name="Percent">Null while somebody of the cohort still has time, and without anybody.</param>
/// <param name="PeriodPercent">Entries of both stages in the period, of whichever cycles: no cohort.</param>
public sealed record StepView(string From, string To, int Entered, int Converted, double? Percent, bool Immature, double? PeriodPercent);

public sealed record LeakView(string Cause, string Owner, int Cycles);

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

    public double? RecycleRate { get; init; }

    public double? RecycleYield { get; init; }

    public int BlockedRegressions { get; init; }

    public double? KeptInTime { get; init; }

    public static LifecycleReportView Of(LifecycleReport report) => new(report.At, report.Since, report.Within.TotalDays, report.People, report.Cycles)
    {
        Stages = [.. report.Stages.Select(line => new StageView(line.Stage, line.IsDetour, line.People, line.Waiting, line.Broken, line.Velocity.Entries, line.Velocity.Median?.TotalHours, line.Velocity.Percentile90?.TotalHours, line.Velocity.SkipRate))],
        Steps = [.. report.Steps.Select(step => new StepView(step.From, step.To, step.Cohort.Entered, step.Cohort.Converted, step.Cohort.Percent, step.Cohort.IsImmature, step.Period.Percent))],
        Leaks = [.. report.Leaks.Select(leak => new LeakView(leak.Cause, leak.Owner.ToString(), leak.Cycles))],
        Agreement = [.. report.Agreement.Select(agreement => new AgreementView(agreement.System.Name, agreement.At, agreement.People, agreement.Agreeing, agreement.Rejected, agreement.Percent))],
        RecycleRate = report.RecycleRate,
        RecycleYield = report.RecycleYield,
        BlockedRegressions = report.BlockedRegressions,
        KeptInTime = report.KeptInTime,
    };

    public override string ToString() => $"lifecycle of {People} people";
}
