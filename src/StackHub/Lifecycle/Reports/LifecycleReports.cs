using System.Collections.Immutable;
using StackHub.Calendars;
using StackHub.Configuration;
using StackHub.Identity.Matching;
using StackHub.Lifecycle.Agreement;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Lifecycle.Options;
using StackHub.Lifecycle.Service;
using StackHub.Records;

namespace StackHub.Lifecycle.Reports;

/// <summary>Where one person is, and how they came there.</summary>
public sealed record PersonLifecycle(RecordId Person, JourneyHead Head, ImmutableArray<LifecycleEvent> Events);

/// <summary>What people ask of the lifecycle: reads every head, so that nothing of it is in anybody's way.</summary>
public sealed class LifecycleReports(HubModel model, LifecycleLedger ledger, CaseReader cases, AgreementStore agreements, LifecycleFindings findings, OptionStore options, TimeProvider time)
{
    private static readonly TimeSpan StalledAfter = TimeSpan.FromDays(90);
    private const int MostFindings = 1_000;
    private const int MostAged = 20;
    private const int MostBroken = 20;

    /// <summary>Null when there is no lifecycle, or nobody like that is in it.</summary>
    public async Task<PersonLifecycle?> PersonAsync(RecordId id, CancellationToken cancellationToken)
    {
        if (model.Lifecycle is null)
            return null;
        var person = (await cases.LivingAsync(id, cancellationToken))?.Id ?? id;
        var (head, _) = await ledger.HeadAsync(person, cancellationToken);
        return head.Version == 0 ? null : new(person, head, (await ledger.ReadAsync(person, cancellationToken)).Events);
    }

    /// <param name="period">Who entered a stage in it is counted.</param>
    /// <param name="within">How long they had to come on.</param>
    public async Task<LifecycleReport> ReportAsync(TimeSpan period, TimeSpan within, CancellationToken cancellationToken)
    {
        var plan = model.Lifecycle ?? throw new InvalidOperationException("There is no lifecycle in the configuration.");
        var heads = new List<JourneyHead>();
        var broken = new List<BrokenPromise>();
        await foreach (var (person, head) in ledger.HeadsAsync(cancellationToken))
            if (!head.IsErased)
            {
                heads.Add(head);
                broken.AddRange(Broken(person, head));
            }
        var now = time.GetUtcNow();
        return Of(plan, heads, now - period, within, now) with
        {
            Agreement = await LatestAsync(now, cancellationToken),
            Broken = [.. broken.OrderBy(promise => promise.DueAt).ThenBy(promise => promise.Person).Take(MostBroken)],
        };
    }

    public async Task<ImmutableArray<FindingLine>> FindingsAsync(CancellationToken cancellationToken)
    {
        var lines = ImmutableArray.CreateBuilder<FindingLine>();
        foreach (var kind in Enum.GetValues<FindingKind>())
            lines.AddRange((await findings.ListAsync(kind, null, MostFindings, cancellationToken)).Findings
                .GroupBy(finding => (finding.System, finding.Detail))
                .Select(group => new FindingLine(kind, group.Key.System, group.Key.Detail, group.Select(finding => finding.Record).Distinct().Count()))
                .OrderByDescending(line => line.Records).ThenBy(line => line.Detail, StringComparer.Ordinal));
        foreach (var system in model.Order)
            foreach (var option in await options.OfAsync(system, cancellationToken))
                lines.Add(new(FindingKind.UnmappedOption, system.Name, $"{option.Field}: {option.Value}{(option.Label == option.Value ? "" : $" ({option.Label})")}", 0));
        return lines.ToImmutable();
    }

    public static LifecycleReport Of(LifecyclePlan plan, IReadOnlyCollection<JourneyHead> heads, DateTimeOffset since, TimeSpan within, DateTimeOffset now)
    {
        var cycles = heads.SelectMany(head => head.Journeys).SelectMany(journey => journey.Cycles).ToArray();
        var all = heads.SelectMany(head => head.Clocks).ToArray();
        var clocks = all.Where(clock => clock.Kind != ClockKind.Ageing).ToArray();
        var leaks = cycles.Select(cycle => LeakLedger.Of(plan.Machine, plan.Facts, cycle, StalledAfter, now)).OfType<Leak>().ToArray();
        var later = cycles.Where(cycle => cycle.Number > 1).ToArray();
        return new(now, since, within)
        {
            People = heads.Count(head => head.Standing is not null),
            Cycles = cycles.Length,
            Stages = [.. plan.Machine.Stages.Select(stage => Line(stage, heads, clocks, cycles, plan.Hours))],
            Steps = [.. plan.Machine.Path.Zip(plan.Machine.Path.Skip(1), (from, to) => new StepLine(from.Name, to.Name,
                Conversions.Cohort(cycles, from.Name, to.Name, since, now, within, now), Conversions.Period(cycles, from.Name, to.Name, since, now)))],
            Leaks = [.. leaks.GroupBy(leak => (leak.Cause, leak.Owner)).Select(group => new LeakLine(group.Key.Cause, group.Key.Owner, group.Count())).OrderByDescending(line => line.Cycles).ThenBy(line => line.Cause, StringComparer.Ordinal)],
            RecycleRate = Share(cycles.Count(cycle => plan.Machine[cycle.Current] is { Order: null, Reopens.IsEmpty: false }), cycles.Length),
            RecycleYield = Share(later.Count(cycle => cycle.First(plan.Facts.Won) is not null), later.Length),
            Ageing = [.. Ageing(all)],
            Accounts = [.. Enum.GetValues<AccountSource>().Select(source => new AccountLine(source, heads.Count(head => head.Standing is { } standing && standing.AccountSource == source))).Where(line => line.People > 0)],
            BlockedRegressions = heads.Sum(head => head.BlockedRegressions),
            KeptInTime = Share(clocks.Count(clock => clock is { MetAt: not null, BreachedAt: null }), clocks.Count(clock => !clock.IsRunning)),
        };
    }

    private static StageLine Line(Stage stage, IReadOnlyCollection<JourneyHead> heads, SlaClock[] clocks, Cycle[] cycles, BusinessCalendar hours) => new(
        stage.Name, stage.Order is null, heads.Count(head => head.Standing?.Stage == stage.Name),
        clocks.Count(clock => clock.Stage == stage.Name && clock.IsRunning), clocks.Count(clock => clock.Stage == stage.Name && clock.IsBroken), Velocity.Of(stage.Name, cycles, hours));

    /// <summary>An opportunity counts once, however many people have a role in it.</summary>
    private static IEnumerable<AgeingLine> Ageing(IEnumerable<SlaClock> clocks) =>
        from clock in clocks.Where(clock => clock.Kind == ClockKind.Ageing).DistinctBy(clock => clock.Deal)
        group clock by clock.DealStage! into stage
        orderby stage.Key
        select new AgeingLine(stage.Key, stage.Count(), stage.Count(clock => clock.IsBroken), [.. stage.Where(clock => clock.IsBroken).OrderBy(clock => clock.DueAt).ThenBy(clock => clock.Deal).Take(MostAged).Select(clock => new AgedDeal(clock.Deal!.Value, clock.StartedAt, clock.DueAt))]);

    private static IEnumerable<BrokenPromise> Broken(RecordId person, JourneyHead head) =>
        from clock in head.Clocks
        where clock.IsBroken && clock.Kind != ClockKind.Ageing
        select new BrokenPromise(person, clock.Stage, clock.What, clock.DueAt);

    private static double? Share(int part, int whole) => whole == 0 ? null : (double)part / whole;

    private async Task<ImmutableArray<SystemAgreement>> LatestAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = ImmutableArray.CreateBuilder<SystemAgreement>();
        foreach (var system in model.Order)
            if (await agreements.OfAsync(system, now.AddDays(-14), cancellationToken) is [.., var agreement])
                latest.Add(agreement);
        return latest.ToImmutable();
    }
}
