using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using StackHub.Calendars;
using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Ledger;
using StackHub.Routing.Pools;
using StackHub.Routing.Simulating;
using StackHub.Rules;
using StackHub.Testing.Connecting;
using StackHub.Testing.Storage;

namespace StackHub.Tests.Routing.Simulating;

/// <summary>What really was routed, by the router itself, is what a simulation under the same rules decides.</summary>
public sealed class SimulationProperties
{
    private static readonly RuleFields Fields = new([new("country", RuleType.Text), new("size", RuleType.Number)]);

    [Fact]
    public void The_rules_in_force_decide_again_what_they_decided_and_a_candidate_equal_to_them_moves_nobody() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (recorded, plan, until) = LivedAsync(seed).GetAwaiter().GetResult();
            var result = Simulation.Of(new(recorded, plan, Plan(seed, "candidate"), DateTimeOffset.MinValue, DateTimeOffset.MinValue, until));
            Assert.Equal((recorded.Count, recorded.Count, 0), (result.Routings, result.Reproduced, result.Unreplayable));
            Assert.Empty(result.Moves);
            Assert.Equal((result.Held.Before, result.Waited.Before, result.Nobodys.Before), (result.Held.After, result.Waited.After, result.Nobodys.After));
            Assert.All(result.Pools, pool => Assert.Equal(pool.Before!.Members, pool.After!.Members));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>Without what one of them was decided from, the others are where they were: its turn was used all the same.</summary>
    [Fact]
    public async Task Whoever_is_erased_keeps_their_turn()
    {
        var (recorded, plan, until) = await LivedAsync(7);
        var erased = recorded.Select(routing => routing.Attempt == 1 && BitConverter.ToInt32(routing.Lead.Value.ToByteArray()) % 10 == 3 ? routing with { Inputs = null } : routing).ToArray();

        var result = Simulation.Of(new(erased, plan, Plan(7, "candidate"), DateTimeOffset.MinValue, DateTimeOffset.MinValue, until));

        Assert.Equal(erased.Count(routing => routing.Inputs is null), result.Unreplayable);
        Assert.True(result.Unreplayable > 0);
        Assert.Empty(result.Moves);
    }

    /// <summary>An hour or two of leads, absences, caps, endings and waiting, a minute for each thing that happens.</summary>
    private static async Task<(IReadOnlyList<RecordedRouting> Recorded, RoutingPlan Plan, DateTimeOffset Until)> LivedAsync(int seed)
    {
        var (random, store, time) = (new Random(seed), new InMemoryTables(), new AdjustableTime());
        time.Hold();
        time.Advance(Start(seed) - time.GetUtcNow());
        var plan = Plan(seed, "present");
        var (ledger, cases) = (new RoutingLedger(store), new Dictionary<RecordId, LeadCase>());
        var router = new LeadRouter(ledger, time);
        var keys = new List<(RecordId Lead, int Attempt)>();
        for (var minute = 0; minute < 120; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await ReleaseAllAsync();
            if (random.Next(3) > 0 || keys.Count == 0)
                await RouteAsync(Lead(keys.Count, random));
            else
                await EndAsync(keys[random.Next(keys.Count)]);
            await ReleaseAllAsync();
        }

        var recorded = new List<RecordedRouting>();
        foreach (var (lead, attempt) in keys)
            recorded.Add(RecordedRouting.Of((await ledger.RecordedAsync(lead, attempt, default))!));
        return (recorded, plan, time.GetUtcNow().AddTicks(1));

        async Task RouteAsync(LeadCase lead)
        {
            cases[lead.Lead] = lead;
            keys.Add((lead.Lead, lead.Attempt));
            await router.RouteAsync(lead, plan, default);
        }

        async Task EndAsync((RecordId Lead, int Attempt) key)
        {
            var stored = (await ledger.FindAsync(key.Lead, key.Attempt, default))!;
            var to = stored.Entry switch
            {
                { State: LedgerState.Held } => LedgerState.Withdrawn,
                { State: LedgerState.Decided, Owner: not null } => random.Next(3) switch { 0 => LedgerState.Refunded, 1 => LedgerState.Released, _ => LedgerState.Closed },
                _ => (LedgerState?)null, // nobody has it, or it ended
            };
            if (to is { } end && await router.EndAsync(stored, end, "told", end == LedgerState.Released && plan.Scope.RefundsReleased, default) && end == LedgerState.Released)
                await RouteAsync(cases[key.Lead] with { Attempt = key.Attempt + 1, Excluded = [.. (stored.Entry.Excluded ?? []).Append(stored.Entry.Owner!).Distinct().Select(owner => new OwnerId(owner))] });
        }

        async Task ReleaseAllAsync()
        {
            foreach (var pool in await ledger.WaitingPoolsAsync(default))
                foreach (var (lead, attempt) in await ledger.HeldAsync(pool, 500, default))
                    if (await router.ReleaseAsync((await ledger.FindAsync(lead, attempt, default))!, cases[lead], plan, default) is null && cases[lead].Excluded.IsEmpty)
                        break;
        }
    }

    private static LeadCase Lead(int number, Random random) =>
        new(new(new Guid(number, 1, 0, new byte[8])), Facts.Read(Fields, field => field == "country" ? random.Next(2) == 0 ? "DE" : "US" : null))
        {
            Company = $"company-{random.Next(20)}",
            AccountOwner = random.Next(10) == 0 ? new(((char)('a' + random.Next(5))).ToString()) : null,
        };

    /// <summary>The same for the same seed, in new objects.</summary>
    private static RoutingPlan Plan(int seed, string version)
    {
        var random = new Random(seed);
        LeadOwner[] owners = [.. Enumerable.Range(0, 5).Select(number => new LeadOwner(new(((char)('a' + number)).ToString()))
        {
            IsActive = random.Next(8) > 0,
            Away = random.Next(3) == 0 ? [new(Start(seed).AddMinutes(random.Next(60)), Start(seed).AddMinutes(60 + random.Next(60)))] : [],
            Hours = random.Next(3) == 0 ? new(DateTimeZone.Utc, WorkingWeek.Weekdays([new(new(9, 0), new(17, 0))]), HolidayCalendar.None) : BusinessCalendar.Always,
        })];
        return new(version, Fields, owners, [Pool("german"), Pool("world")], [new("german", new Condition.Test("country", RuleOperator.Is, ["DE"]), new Destination.ToPool("german"))])
        {
            Fallback = random.Next(10) == 0 ? null : new Destination.ToPool("world"),
            Scope = new(Fields, null, null, null, null) { RefundsReleased = random.Next(2) == 0 },
        };

        RoutingPool Pool(string name) => new(name, (PickStrategy)random.Next(3), [.. owners.Where(_ => random.Next(2) == 0).Select(owner => new PoolMember(owner.Id, 1 + random.Next(5))
        {
            Cap = random.Next(3) == 0 ? new(1 + random.Next(6), (CapWindow)random.Next(3)) : null,
            OpenCap = random.Next(3) == 0 ? 1 + random.Next(6) : null,
        })])
        { Returns = (ReturnPolicy)random.Next(3) };
    }

    /// <summary>In working hours, before them, or at the end of a day.</summary>
    private static DateTimeOffset Start(int seed) => new(2027, 6, 9, (seed % 3) switch { 0 => 12, 1 => 8, _ => 23 }, 10, 0, TimeSpan.Zero);
}
