using System.Globalization;
using NodaTime;
using StackHub.Calendars;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Pools;
using StackHub.Rules;

namespace StackHub.Benchmarks.Micro;

/// <summary>Pure decisions on one core: 500 rules, 200 people with working hours and caps in 20 pools, each decision with its whole trace.</summary>
internal static class RoutingBenchmark
{
    private const int Rules = 500;
    private const int People = 200;
    private const int Pools = 20;
    private const int Leads = 20_000;
    private static readonly RuleFields Fields = new([new("country", RuleType.Text), new("leadScore", RuleType.Number), new("account.industry", RuleType.Text)]);
    private static readonly DateTimeOffset Now = new(2026, 6, 10, 12, 0, 0, TimeSpan.Zero); // a Wednesday in working hours

    public static IReadOnlyList<Figure> Run(int runs)
    {
        var plan = Plan(Pools);
        return
        [
            Figure.AtLeast($"routing decisions, {Rules} rules, {People} people in {Pools} pools", Measure(plan, runs), 20_000, "/s"),
            Figure.Only($"routing decisions, {Rules} rules, {People} people in one pool", $"{Measure(Plan(1), runs):N0} /s"),
        ];
    }

    private static double Measure(RoutingPlan plan, int runs)
    {
        LeadCase[] leads = [.. Enumerable.Range(0, Leads).Select(Lead)];
        var rates = new List<double>();
        for (var run = 0; run <= runs; run++)
        {
            var states = plan.Pools.Keys.ToDictionary(pool => pool, _ => PoolState.Empty);
            var started = Environment.CpuUsage.TotalTime; // of one core, collections included, however busy the machine is
            foreach (var lead in leads)
            {
                var pool = RouteLead.PoolOf(lead, plan)!;
                states[pool] = RouteLead.Decide(lead, plan, states[pool], Now).State!;
            }

            if (run > 0) // the first one warms up
                rates.Add(Leads / (Environment.CpuUsage.TotalTime - started).TotalSeconds);
        }

        return Figure.Median(rates);
    }

    private static RoutingPlan Plan(int pools)
    {
        var berlin = new BusinessCalendar(DateTimeZoneProviders.Tzdb["Europe/Berlin"], WorkingWeek.Weekdays([new(new(9, 0), new(17, 0))]), HolidayCalendar.None);
        LeadOwner[] owners = [.. Enumerable.Range(0, People).Select(number => new LeadOwner(new($"owner-{number:000}")) { Hours = berlin })];
        RoutingPool[] all = [.. Enumerable.Range(0, pools).Select(number => new RoutingPool($"pool-{number}", PickStrategy.Weighted,
            [.. owners.Where((_, place) => place % pools == number).Select((owner, place) => new PoolMember(owner.Id, 1 + (place % 5)) { Cap = new(1_000_000, CapWindow.Day) })]))];
        return new("v1", Fields, owners, all, Enumerable.Range(0, Rules).Select(number => Rule(number, all[number % pools].Name))) { Fallback = new Destination.ToPool(all[0].Name) };
    }

    private static RoutingRule Rule(int number, string pool) => new($"rule-{number}",
        new Condition.All([new Condition.Test("country", RuleOperator.Is, [$"country-{number / 5}"]), new Condition.Test("leadScore", RuleOperator.AtLeast, [(number % 5 * 20).ToString(CultureInfo.InvariantCulture)]), new Condition.Test("account.industry", RuleOperator.In, [$"industry-{number % 3}", "bank"])]),
        new Destination.ToPool(pool));

    private static LeadCase Lead(int number) => new(new RecordId(new Guid(number, 0, 0, new byte[8])), Facts.Read(Fields, field => field switch
    {
        "country" => $"country-{number * 7 % 120}",
        "leadScore" => (number % 100).ToString(CultureInfo.InvariantCulture),
        _ => $"industry-{number % 4}",
    }))
    { Company = $"company-{number}" };
}
