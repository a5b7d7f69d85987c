using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using StackHub.Cli.CommandLine;
using StackHub.Cli.Output;
using StackHub.Configuration;
using StackHub.Identity;
using StackHub.Lifecycle;
using StackHub.Lifecycle.Options;
using StackHub.Lifecycle.Reports;
using StackHub.Records;
using StackHub.Web.Lifecycle;
using StackHub.Web.Paging;
using FindingView = StackHub.Web.Lifecycle.FindingView;

namespace StackHub.Cli.Commands;

/// <summary>Stages of people, the funnel, and what has to be mended.</summary>
internal static class LifecycleCommand
{
    public static Command Make(CommandRunner runner)
    {
        var query = new Argument<string>("LEAD") { Description = "An e-mail address, a record's id, or a tool's record as system/type/id." };
        var show = new HubCommand("show", "Where a person is, how they came there, what was not followed and why.", "stackhub lifecycle show ada@example.com", "stackhub lifecycle show ada@example.com --json")
            .With(query)
            .Runs(runner, (call, cancellationToken) => ShowAsync(call, call.Value(query), cancellationToken));
        var days = new Option<int>("--days") { Description = "Who entered a stage in so many days.", DefaultValueFactory = _ => 90 };
        var within = new Option<int>("--within") { Description = "Days in which a cohort has to come on.", DefaultValueFactory = _ => 90 };
        foreach (var option in new[] { days, within })
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 1 or > 3_650)
                    result.AddError($"{option.Name} is from 1 to 3650.");
            });
        var report = new HubCommand("report", "The board, conversion by cohort, leaks, and how far the tools agree.", "stackhub lifecycle report", "stackhub lifecycle report --days 30 --within 60 --json")
            .With(days, within)
            .Runs(runner, (call, cancellationToken) => ReportAsync(call, call.Value(days), call.Value(within), cancellationToken));
        var findings = new HubCommand("findings", "Words and options of tools that mean no stage, opportunities without a role, stages a tool does not show. Exit code 1 when there are any.", "stackhub lifecycle findings", "stackhub lifecycle findings --json")
            .Runs(runner, FindingsAsync);
        var check = new HubCommand("check", "Whether the lifecycle in stackhub.yaml is sound, what it says, and which stages of the tools it does not know. Exit code 1 when there are any.", "stackhub lifecycle check", "stackhub lifecycle check --json")
            .Runs(runner, CheckAsync);
        return new HubCommand("lifecycle", "See the stages of people, and what becomes of them.").With(show, report, findings, check, OverrideCommand.Make(runner));
    }

    private static async Task<int> ShowAsync(Invocation call, string query, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        if (await hub.Get<RecordFinder>().FindAsync(query, cancellationToken) is not { } id || await hub.Get<LifecycleReports>().PersonAsync(id, cancellationToken) is not { } person)
            throw new NotFoundException($"No lifecycle is known of '{query}'. Give an e-mail address, an id or system/type/id of a person; 'stackhub lifecycle check' says whether there is a lifecycle.");
        var view = PersonLifecycleView.Of(person);
        if (call.Screen.Json)
            call.Screen.Result(view);
        else
            Show(call.Screen, view);
        return ExitCode.Fine;
    }

    private static void Show(Screen screen, PersonLifecycleView view)
    {
        screen.Say($"{view.Stage ?? "no stage yet"}, at most {view.HighWater ?? "none"}, version {view.Version}.");
        foreach (var journey in view.Journeys)
        {
            var table = SyncTables.New($"Motion {journey.Motion}", "Cycle", "Entered", "Left", "Said by");
            foreach (var (cycle, entry) in journey.Cycles.SelectMany(cycle => cycle.Entries.Select(entry => (cycle, entry))))
                table.AddRow(Markup.Escape(entry.Inferred ? $"{entry.Stage} (inferred)" : entry.Stage), cycle.Number.ToString(CultureInfo.InvariantCulture), Words.Time(entry.At), entry.LeftAt is { } left ? Words.Time(left) : "", Markup.Escape(entry.Source));
            screen.Show(table);
            foreach (var proposal in journey.Proposals)
                screen.Say($"Not followed: {proposal.Stage} by {proposal.Source} of {Words.Time(proposal.At)}, {proposal.Reason}.");
        }

        foreach (var clock in view.Clocks)
            screen.Say($"{clock.What} due {Words.Time(clock.DueAt)}: {clock.State}{(clock.Reversal is { } why ? $" ({why})" : "")}.");
    }

    private static async Task<int> ReportAsync(Invocation call, int days, int within, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        Require(hub.Get<HubModel>());
        var report = LifecycleReportView.Of(await hub.Get<LifecycleReports>().ReportAsync(TimeSpan.FromDays(days), TimeSpan.FromDays(within), cancellationToken));
        if (call.Screen.Json)
            call.Screen.Result(report);
        else
            Show(call.Screen, report);
        return ExitCode.Fine;
    }

    private static void Show(Screen screen, LifecycleReportView report)
    {
        var stages = SyncTables.New("Stage").Numbers("People", "Waiting", "Broken", "p50", "p90", "p50 worked", "p90 worked", "Skipped");
        foreach (var stage in report.Stages)
            stages.AddRow(Markup.Escape(stage.Stage), $"{stage.People:N0}", $"{stage.Waiting:N0}", $"{stage.Broken:N0}", LifecycleModel.Hours(stage.MedianHours), LifecycleModel.Hours(stage.Percentile90Hours), LifecycleModel.WorkingHours(stage.WorkingMedianHours), LifecycleModel.WorkingHours(stage.WorkingPercentile90Hours), LifecycleModel.Percent(stage.SkipRate * 100));
        screen.Show(stages);
        var steps = SyncTables.New("Step").Numbers("Entered", "Came on", "Cohort", "Period");
        foreach (var step in report.Steps)
            steps.AddRow(Markup.Escape($"{step.From} to {step.To}"), $"{step.Entered:N0}", $"{step.Converted:N0}", LifecycleModel.Converted(step), LifecycleModel.Percent(step.PeriodPercent));
        screen.Show(steps);
        foreach (var line in report.Ageing)
            screen.Say($"{line.Open:N0} open opportunities in {line.Stage}, {line.TooLong:N0} for too long{(line.Aged is [var oldest, ..] ? $", the oldest {oldest.Opportunity} since {Words.Time(oldest.Since)}" : "")}.");
        foreach (var line in report.Accounts)
            screen.Say($"{LifecycleModel.AccountSource(line.Source)}: {line.People:N0} people.");
        foreach (var leak in report.Leaks)
            screen.Say($"{leak.Cycles:N0} lost, {leak.Cause} ({leak.Owner}).");
        foreach (var agreement in report.Agreement)
            screen.Say($"{agreement.System} agrees on {LifecycleModel.Percent(agreement.Percent)} of {agreement.People:N0} people ({Words.Time(agreement.At)}).");
        screen.Say($"{report.People:N0} people in {report.Cycles:N0} cycles; {report.BlockedRegressions:N0} regressions blocked; promises kept in time: {LifecycleModel.Percent(report.KeptInTime * 100)}.");
    }

    private static async Task<int> FindingsAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        FindingView[] findings = [.. (await hub.Get<LifecycleReports>().FindingsAsync(cancellationToken)).Select(FindingView.Of)];
        if (call.Screen.Json)
            call.Screen.Result(new Page<FindingView>(findings, null));
        foreach (var finding in call.Screen.Json ? [] : findings)
            call.Screen.Say($"{finding.Kind}: {finding.System} {finding.Detail} ({(finding.Records == 0 ? "an option of the tool; map it under stages" : $"{finding.Records:N0} records")})");
        if (findings.Length == 0)
            call.Screen.Say("Nothing to mend.");
        return findings.Length > 0 ? ExitCode.Problems : ExitCode.Fine;
    }

    /// <summary>A file with a mistake was refused before this: what is left is to say what it means.</summary>
    private static async Task<int> CheckAsync(Invocation call, CancellationToken cancellationToken)
    {
        await using var hub = await call.LookAsync(cancellationToken);
        var plan = Require(hub.Get<HubModel>());
        var away = new List<SystemId>();
        var options = await hub.Get<StageOptionReader>().ReadAsync(away, cancellationToken);
        if (call.Screen.Json)
            call.Screen.Result(LifecycleSummary.Of(plan, options, away));
        call.Screen.Say($"The lifecycle is sound: version {plan.Version}, {plan.Machine.Stages.Count()} stages, machine version {plan.Machine.Version}.");
        foreach (var speaker in plan.Speakers.Values.OrderBy(speaker => speaker.System))
            call.Screen.Say($"{speaker.System} speaks as {speaker.Authority} in {speaker.Field}{(speaker.Deals ? ", its opportunities count" : "")}; it is given {speaker.ProjectedField ?? "nothing"}.");
        foreach (var rule in plan.Score.All)
            call.Screen.Say($"Score rule {rule.Version} from {rule.From:yyyy-MM-dd}: {rule.Threshold} of {plan.Score.Field}.");
        foreach (var option in options)
            call.Screen.Say($"{option.System} {option.Option.VendorField} '{option.Option.Value}': {option.Stage ?? (option.IsUnmapped ? "means no stage; add it under stages" : "converted")}.");
        foreach (var system in away)
            call.Screen.Say($"{system} cannot be asked for its stages now.");
        return options.Any(option => option.IsUnmapped) ? ExitCode.Problems : ExitCode.Fine;
    }

    private static LifecyclePlan Require(HubModel model) =>
        model.Lifecycle ?? throw new NotFoundException("There is no lifecycle: add lifecycle: to stackhub.yaml.");
}
