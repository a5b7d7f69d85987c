using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Routing.Pools;
using StackHub.Rules;
using StackHub.Storage;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Routing;

/// <summary>Exactly once, whoever comes together, dies or is told twice (facts, scenarios 24 to 28).</summary>
public sealed class LeadRouterTests
{
    private static readonly RuleFields Fields = new([new("country", RuleType.Text)]);
    private readonly InMemoryTables tables = new();
    private readonly AdjustableTime time = new();

    private sealed class Crash : Exception;

    [Fact]
    public async Task Scenario_24_sixteen_workers_share_seventy_leads_as_the_weights_say()
    {
        var plan = Plan(Pool(("a", 5), ("b", 1), ("c", 1)));
        tables.Before = _ => Task.Delay(1); // so that they do meet

        var entries = await Parallelly(16, Enumerable.Range(0, 70), number => Router().RouteAsync(Lead(number), plan, default));

        Assert.Equal([("a", 50), ("b", 10), ("c", 10)], entries.GroupBy(entry => entry.Owner!).Select(group => (group.Key, group.Count())).Order());
        Assert.Equal(70, await LedgerRowsAsync("pool"));
    }

    [Fact]
    public async Task Scenario_25_a_lead_told_twenty_times_at_once_is_routed_once()
    {
        var plan = Plan(Pool(("a", 1), ("b", 1)));
        tables.Before = _ => Task.Delay(1);

        var entries = await Parallelly(20, Enumerable.Repeat(7, 20), number => Router().RouteAsync(Lead(number), plan, default));

        Assert.Single(entries.Select(entry => (entry.Owner, entry.Trace.Why, entry.Trace.At)).Distinct());
        Assert.Equal(1, (await Ledger().PoolAsync("pool", default)).State.Members.Sum(member => member.Value.Given));
    }

    [Fact]
    public async Task A_decision_costs_at_most_four_storage_operations_and_no_scan()
    {
        var counted = new CountingTableStore(tables);
        var router = new LeadRouter(new(counted), time);
        var plan = Plan(Pool(("a", 1), ("b", 1)));
        await router.RouteAsync(Lead(1), plan, default);

        Assert.Equal("tables.batch 1, tables.get 1, tables.write 1", await CostAsync(Lead(2), plan)); // a pool's turn
        Assert.Equal("tables.write 2", await CostAsync(Lead(3) with { AccountOwner = new("a") }, plan)); // an owner's lead
        var away = Plan(Pool(("a", 1), ("b", 1)), isAway: true);
        Assert.Equal("tables.batch 1, tables.get 1, tables.write 2", await CostAsync(Lead(4), away)); // the first one who waits, where nobody has
        Assert.Equal("tables.batch 1, tables.get 1, tables.write 1", await CostAsync(Lead(5), away));
        Assert.Equal("tables.batch 2, tables.get 1, tables.write 1", await CostAsync(Lead(6), Plan(Pool(("a", 1)) with { Name = "new" }, isAway: true))); // a pool's first decision, which waits
        Assert.Equal("tables.batch 1, tables.get 1, tables.write 2", await CostAsync(Lead(7), Plan(Pool(("a", 1)) with { Name = "other" }))); // one that is made

        async Task<string> CostAsync(LeadCase lead, RoutingPlan rules)
        {
            counted.Counts.Clear();
            await router.RouteAsync(lead, rules, default);
            return counted.Counts.ToString();
        }
    }

    [Fact]
    public async Task Scenario_28_whom_nobody_can_take_waits_and_the_oldest_is_released_first()
    {
        var away = Plan(Pool(("a", 1)), isAway: true);
        foreach (var number in new[] { 3, 1, 2 })
        {
            Assert.Equal(LedgerState.Held, (await Router().RouteAsync(Lead(number), away, default)).State);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var capped = Plan(Pool(("a", 1)) with { Members = [new(new("a"), 1) { OpenCap = 2 }] });
        var released = await ReleaseAllAsync(capped);

        Assert.Equal([3, 1], released.Select(entry => entry.Lead.Value).Select(NumberOf));
        Assert.Equal([(Lead(2).Lead, 1)], await Ledger().HeldAsync("pool", 10, default));
        Assert.Empty(await ReleaseAllAsync(capped));
    }

    [Fact]
    public async Task Whom_no_rule_decides_waits_until_a_rule_does()
    {
        var nothing = new RoutingPlan("v1", Fields, Plan(Pool(("a", 1))).Owners.Values, [Pool(("a", 1))], []);
        Assert.Equal("no_rule", (await Router().RouteAsync(Lead(1), nothing, default)).Reason);

        var held = (await Ledger().FindAsync(Lead(1).Lead, 1, default))!;
        var moved = await Router().ReleaseAsync(held, Lead(1), Plan(Pool(("a", 1))), default);

        Assert.Equal(("a", 2), (moved!.Owner, moved.Attempt));
        Assert.Empty(await Ledger().HeldAsync(RoutingLedger.Holding, 10, default));
        Assert.Equal([LedgerState.Moved, LedgerState.Decided], (await Ledger().OfAsync(Lead(1).Lead, default)).Select(entry => entry.State));
    }

    [Fact]
    public async Task A_turn_is_given_back_once()
    {
        var plan = Plan(Pool(("a", 1), ("b", 1)) with { Strategy = PickStrategy.Load });
        await Router().RouteAsync(Lead(1), plan, default);
        var entry = (await Ledger().FindAsync(Lead(1).Lead, 1, default))!;

        var refunds = await Parallelly(8, Enumerable.Repeat(entry, 8), one => Router().EndAsync(one, LedgerState.Refunded, "taken", refund: true, default));

        Assert.Single(refunds, refunded => refunded);
        Assert.Equal((0, 0), ((await Ledger().PoolAsync("pool", default)).State.Of(new("a")).Given, (await Ledger().PoolAsync("pool", default)).State.Of(new("a")).Open));
        Assert.Equal("a", (await Router().RouteAsync(Lead(2), plan, default)).Owner);
    }

    /// <summary>The law: one decision for each lead, as many turns as decisions, no cap exceeded, nobody lost.</summary>
    [Fact]
    public void Whatever_the_schedule_and_whoever_dies_each_lead_has_one_decision() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => LawAsync(seed).GetAwaiter().GetResult()).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static async Task<bool> LawAsync(int seed)
    {
        var random = new Random(seed);
        var (store, time) = (new InMemoryTables(), new AdjustableTime());
        var pool = Pool(("a", random.Next(1, 6)), ("b", random.Next(1, 6)), ("c", random.Next(1, 6))) with { Strategy = random.Next(3) switch { 0 => PickStrategy.Weighted, 1 => PickStrategy.Load, _ => PickStrategy.Sticky } };
        var cap = random.Next(2) == 0 ? random.Next(1, 5) : (int?)null;
        var plan = Plan(pool with { Members = [.. pool.Members.Select(member => member with { Cap = cap is { } count ? new(count, CapWindow.Day) : null })] });
        var leads = Enumerable.Range(0, random.Next(1, 25)).ToArray();
        var told = leads.Concat(leads.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next()).ToArray();
        var seen = new System.Collections.Concurrent.ConcurrentBag<(int Lead, string? Owner)>();
        var (left, isAfter) = (random.Next(5, 80), random.Next(2) == 0);
        async Task Step(string _)
        {
            if (Interlocked.Decrement(ref left) is var now && now < 0 && now % 7 == 0)
                throw new Crash();
            await Task.Yield();
        }

        if (isAfter)
            store.After = Step;
        else
            store.Before = Step;
        await Parallelly(random.Next(1, 8), told, async number =>
        {
            try
            {
                seen.Add((number, (await new LeadRouter(new(store), time).RouteAsync(Lead(number), plan, default)).Owner));
            }
            catch (Crash)
            {
            }

            return 0;
        });
        (store.Before, store.After) = (null, null);
        var entries = new List<LedgerEntry>();
        foreach (var number in leads) // the queue gives out again what was not done
            entries.Add(await new LeadRouter(new(store), time).RouteAsync(Lead(number), plan, default));
        var state = (await new RoutingLedger(store).PoolAsync("pool", default)).State;
        var assigned = entries.Where(entry => entry.Owner is not null).ToLookup(entry => entry.Owner!);
        return seen.All(one => entries[one.Lead].Owner == one.Owner)
            && pool.Members.All(member => state.Of(member.Owner).Given == assigned[member.Owner.Name].Count() && (cap is null || assigned[member.Owner.Name].Count() <= cap))
            && (await new RoutingLedger(store).HeldAsync("pool", 100, default)).Count == entries.Count(entry => entry.State == LedgerState.Held)
            && (cap is not null || entries.All(entry => entry.Owner is not null));
    }

    private async Task<List<LedgerEntry>> ReleaseAllAsync(RoutingPlan plan)
    {
        var released = new List<LedgerEntry>();
        foreach (var (lead, attempt) in await Ledger().HeldAsync("pool", 10, default))
            if (await Router().ReleaseAsync((await Ledger().FindAsync(lead, attempt, default))!, Lead(NumberOf(lead.Value)), plan, default) is { } entry)
                released.Add(entry);
        return released;
    }

    private async Task<int> LedgerRowsAsync(string pool) => (await tables.QueryAsync(Tables.Routing, TableRange.Prefix($"pool|{pool}", "lead|"), 1000, null, default)).Rows.Count;

    private RoutingLedger Ledger() => new(tables);

    private LeadRouter Router() => new(new(tables), time);

    private static async Task<List<T>> Parallelly<TItem, T>(int workers, IEnumerable<TItem> items, Func<TItem, Task<T>> work)
    {
        var done = new System.Collections.Concurrent.ConcurrentBag<T>();
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = workers }, async (item, _) => done.Add(await work(item)));
        return [.. done];
    }

    private static LeadCase Lead(int number) => new(new RecordId(new Guid(number, 1, 0, new byte[8])), Facts.Read(Fields, _ => null)) { Company = $"company-{number}" };

    private static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    private static RoutingPool Pool(params (string Name, int Weight)[] members) => new("pool", PickStrategy.Weighted, [.. members.Select(member => new PoolMember(new(member.Name), member.Weight))]);

    private static RoutingPlan Plan(RoutingPool pool, bool isAway = false) => new("v1", Fields,
        [.. pool.Members.Select(member => new LeadOwner(member.Owner) { Away = isAway ? [new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)] : ImmutableArray<Absence>.Empty })], [pool], [])
    { Fallback = new Destination.ToPool(pool.Name) };
}
