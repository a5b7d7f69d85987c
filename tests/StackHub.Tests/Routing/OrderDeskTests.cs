using StackHub.Records;
using StackHub.Routing;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Suppression;

namespace StackHub.Tests.Routing;

/// <summary>A person moves leads by hand: out of the queue, away from an owner, to somebody they name.</summary>
public sealed class OrderDeskTests : IAsyncDisposable
{
    private const string OneAWeek = "  pools: { sales: { members: { ann: 1 }, cap: 1/week } }\n  fallback: pool sales\n";
    private static readonly RoutingOrder Next = new("key:k1", "bob knows the customer", null);

    private RoutingScene scene = new(RoutingScene.Owners + RoutingScene.TwoInTurn);

    private sealed class Crash : Exception;

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_lead_taken_from_its_owner_goes_to_the_next_and_who_and_why_stay_in_the_ledger()
    {
        var (lead, id) = await RoutedAsync();

        var answer = await MoveAsync(id, Next);
        await scene.Hub.SettleAsync();

        Assert.Equal("bob", Assert.IsType<OrderAnswer.Done>(answer).Last.Owner);
        var (first, second) = ((await scene.Ledger.OfAsync(id, default))[0], (await scene.Ledger.OfAsync(id, default))[1]);
        Assert.Equal((LedgerState.Released, "by_hand", Next, null), (first.State, first.Ended, first.EndedBy, first.Order));
        Assert.Equal((LedgerState.Decided, "bob", Next), (second.State, second.Owner, second.Order));
        Assert.Equal("005B", RoutingScene.OwnerIn(scene.Crm, lead));
        Assert.Equal((0, 0), await GivenAsync("ann")); // they did not let it lie
    }

    [Fact]
    public async Task The_same_order_twenty_times_at_once_is_carried_out_once()
    {
        var (_, id) = await RoutedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => MoveAsync(id, Next))));
        var again = await MoveAsync(id, Next);
        await scene.Hub.SettleAsync();

        var kept = await scene.Ledger.OfAsync(id, default);
        Assert.True(kept.Count == 2, string.Join("; ", kept.Select(entry => $"{entry.Attempt} {entry.State} {entry.Owner} by {entry.Order?.Reason}, ended {entry.Ended} by {entry.EndedBy?.Reason}")));
        Assert.All(answers.Append(again), answer => Assert.Equal(("bob", 2), (Assert.IsType<OrderAnswer.Done>(answer).Last.Owner, ((OrderAnswer.Done)answer).Last.Attempt)));
        Assert.Equal((1, 1), await GivenAsync("bob"));
    }

    [Fact]
    public async Task Two_people_who_order_different_things_at_once_are_carried_out_one_of_them()
    {
        var (_, id) = await RoutedAsync();
        RoutingOrder[] orders = [new("key:a", "one", new("bob")), new("key:b", "other", new("max"))];

        var answers = await Task.WhenAll(orders.Select(order => Task.Run(() => scene.Hub.Get<OrderDesk>().MoveAsync(id, order, 1, default))));

        var done = Assert.Single(answers.OfType<OrderAnswer.Done>());
        Assert.Equal("changed", Assert.Single(answers.OfType<OrderAnswer.Refused>()).Code);
        Assert.Equal(done.Last.Order!.To!.Value.Name, (await scene.Ledger.OfAsync(id, default))[^1].Owner);
        Assert.Equal(2, (await scene.Ledger.OfAsync(id, default)).Count);
    }

    [Fact]
    public async Task What_follows_an_order_and_was_begun_before_a_crash_is_decided_by_whoever_looks_next()
    {
        var (lead, id) = await RoutedAsync();
        var died = 0;
        scene.Hub.Tables.Before = operation => operation == "tables.batch routing" && ++died == 2 ? throw new IOException("the process died here") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => MoveAsync(id, Next));
        scene.Hub.Tables.Before = null;
        Assert.Equal(1, (await scene.Ledger.LastAsync(id, default)).Attempt); // ended; the next one is bound to its pool and not decided

        await scene.Hub.Get<RoutingDesk>().RouteAsync([id], default);
        await scene.Hub.SettleAsync();

        Assert.Equal([(LedgerState.Released, "ann"), (LedgerState.Decided, "bob")], (await scene.Ledger.OfAsync(id, default)).Select(entry => (entry.State, entry.Owner)));
        Assert.Equal("005B", RoutingScene.OwnerIn(scene.Crm, lead));
    }

    [Fact]
    public async Task What_another_ordered_a_moment_ago_is_not_ordered_otherwise_before_it_is_carried_out()
    {
        var (_, id) = await RoutedAsync();
        var (_, last) = await scene.Ledger.LastAsync(id, default);
        Assert.True(await scene.Hub.Get<LeadRouter>().TakeAsync(last!, new("key:a", "one", new("max")), default)); // and then it died

        var atOnce = await scene.Hub.Get<OrderDesk>().MoveAsync(id, Next, 1, default);
        scene.Time.Advance(TimeSpan.FromMinutes(2));
        var later = await scene.Hub.Get<OrderDesk>().MoveAsync(id, Next, 1, default);

        Assert.Equal("changed", Assert.IsType<OrderAnswer.Refused>(atOnce).Code);
        Assert.Equal("bob", Assert.IsType<OrderAnswer.Done>(later).Last.Owner);
    }

    [Fact]
    public async Task Who_waits_is_given_to_whoever_is_named_and_waits_no_longer()
    {
        var (waiting, id) = await WaitingAsync();
        var order = new RoutingOrder("key:k1", "trade fair", new("max"));

        var last = Assert.IsType<OrderAnswer.Done>(await MoveAsync(id, order)).Last;
        await scene.Hub.SettleAsync();

        Assert.Equal((LedgerState.Decided, "max", "by-hand", order, 1), (last.State, last.Owner, last.Step, last.Order, last.Attempt));
        Assert.Equal("005M", RoutingScene.OwnerIn(scene.Crm, waiting));
        Assert.Empty(await scene.Ledger.HeldAsync("sales", 10, default));
        Assert.Equal(0, (await scene.Ledger.PoolAsync("sales", default)).State.Waiting);
    }

    [Fact]
    public async Task Who_waits_goes_on_waiting_where_nobody_can_take_them_and_keeps_the_place()
    {
        var (_, id) = await WaitingAsync();

        var answer = await MoveAsync(id, Next);

        Assert.Equal("nobody-can", Assert.IsType<OrderAnswer.Refused>(answer).Code);
        Assert.Equal([(id, 1)], await scene.Ledger.HeldAsync("sales", 10, default));
    }

    [Fact]
    public async Task Who_waits_longest_stays_behind_whoever_is_released_by_hand()
    {
        await UseAsync(RoutingScene.Owners + OneAWeek);
        await scene.StartAsync();
        for (var made = 0; made < 3; made++)
        {
            scene.Lead();
            await scene.Hub.SettleAsync();
            scene.Time.Advance(TimeSpan.FromSeconds(5));
        }

        var held = await scene.Ledger.HeldAsync("sales", 10, default);
        scene.Time.Advance(TimeSpan.FromDays(8)); // a new window, and the timer has not come yet
        var last = Assert.IsType<OrderAnswer.Done>(await MoveAsync(held[1].Lead, Next)).Last;

        Assert.Equal(("ann", Next), (last.Owner, last.Order));
        Assert.Equal([held[0]], await scene.Ledger.HeldAsync("sales", 10, default));
    }

    [Fact]
    public async Task Who_was_taken_by_a_person_in_a_tool_is_given_away_by_hand_all_the_same()
    {
        var (lead, id) = await RoutedAsync();
        scene.Time.Advance(TimeSpan.FromMinutes(5));
        scene.Crm.Edit(lead, "owner", "005M");
        await scene.Hub.SettleAsync();
        scene.Time.Advance(TimeSpan.FromMinutes(5));

        var answer = await MoveAsync(id, Next with { To = new("bob") });
        await scene.Hub.SettleAsync();

        Assert.Equal("bob", Assert.IsType<OrderAnswer.Done>(answer).Last.Owner);
        Assert.Equal([(LedgerState.Closed, "ann"), (LedgerState.Released, null), (LedgerState.Decided, "bob")], (await scene.Ledger.OfAsync(id, default)).Select(entry => (entry.State, entry.Owner)));
        Assert.Equal("005B", RoutingScene.OwnerIn(scene.Crm, lead));
    }

    [Fact]
    public async Task Who_has_an_owner_whom_no_rule_chose_is_given_to_another()
    {
        var lead = scene.Lead(("owner", "005M"));
        await scene.StartAsync();
        var id = (await scene.RecordAsync(scene.Crm, lead)).Id;
        scene.Time.Advance(TimeSpan.FromMinutes(5));

        await MoveAsync(id, Next with { To = new("ann") });
        await scene.Hub.SettleAsync();

        Assert.Equal("005A", RoutingScene.OwnerIn(scene.Crm, lead));
        Assert.Equal([LedgerState.Released, LedgerState.Decided], (await scene.Ledger.OfAsync(id, default)).Select(entry => entry.State));
    }

    [Fact]
    public async Task Who_takes_it_in_a_tool_before_it_is_written_has_it_until_the_order_is_given_again()
    {
        var (lead, id) = await RoutedAsync();
        scene.Crm.BeforeRead = () =>
        {
            scene.Crm.BeforeRead = null;
            scene.Crm.Edit(lead, "owner", "005M");
            scene.Crm.Edits.Clear(); // the tool's message is late
            return Task.CompletedTask;
        };

        var first = await MoveAsync(id, Next with { To = new("bob") });
        await scene.Hub.SettleAsync();
        Assert.Equal(("taken", "005M"), (Assert.IsType<OrderAnswer.Refused>(first).Code, RoutingScene.OwnerIn(scene.Crm, lead)));
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        var second = await MoveAsync(id, Next with { To = new("bob") });
        await scene.Hub.SettleAsync();

        Assert.Equal("bob", Assert.IsType<OrderAnswer.Done>(second).Last.Owner);
        Assert.Equal("005B", RoutingScene.OwnerIn(scene.Crm, lead));
    }

    [Theory]
    [InlineData("zoe", "unknown-owner")]
    [InlineData("house", "unknown-owner")]
    [InlineData("ann", "has-it")]
    public async Task An_order_that_cannot_be_is_refused_and_changes_nothing(string to, string code)
    {
        var (_, id) = await RoutedAsync();

        var answer = await MoveAsync(id, Next with { To = new(to) });

        Assert.Equal(code, Assert.IsType<OrderAnswer.Refused>(answer).Code);
        Assert.Equal(LedgerState.Decided, Assert.Single(await scene.Ledger.OfAsync(id, default)).State);
    }

    [Fact]
    public async Task An_order_about_an_older_routing_somebody_unknown_or_nobody_who_may_be_written_to_is_refused()
    {
        var (lead, id) = await RoutedAsync();
        await scene.Hub.Get<OrderDesk>().MoveAsync(id, Next, 1, default);
        var stale = await scene.Hub.Get<OrderDesk>().MoveAsync(id, Next with { Reason = "another" }, 1, default);
        var nobody = await MoveAsync(RecordId.Parse("0198c0de00007000800000000000dead"), Next);
        scene.Crm.Edit(lead, "optout", "true");
        await scene.Hub.SettleAsync();
        var suppressed = await MoveAsync(id, Next with { Reason = "once more" });
        await scene.Hub.Get<SuppressionList>().AddAsync("record", id.ToString(), "erased", default);
        var erased = await MoveAsync(id, Next with { Reason = "and again" });

        Assert.Equal(["changed", "no-person", "suppressed", "no-person"], new[] { stale, nobody, suppressed, erased }.Select(answer => Assert.IsType<OrderAnswer.Refused>(answer).Code));
    }

    [Fact]
    public async Task Whoever_dies_at_any_step_leaves_an_order_that_is_carried_out_once_or_not_at_all()
    {
        var order = Next with { To = new("bob") };
        for (var (step, died) = (1, true); died; step++)
        {
            await UseAsync(RoutingScene.Owners + RoutingScene.TwoInTurn);
            var (lead, id) = await RoutedAsync();
            var left = step;
            scene.Hub.Tables.After = _ => --left == 0 ? throw new Crash() : Task.CompletedTask;
            died = await Record.ExceptionAsync(() => MoveAsync(id, order)) is not null;
            scene.Hub.Tables.After = null;
            scene.Time.Advance(TimeSpan.FromMinutes(2)); // the queue goes on by itself
            await scene.Hub.SettleAsync();

            var entries = await scene.Ledger.OfAsync(id, default);
            var owner = RoutingScene.OwnerIn(scene.Crm, lead);
            Assert.Equal(entries.Count == 1 ? "005A" : "005B", owner);
            Assert.True(entries.Count <= 2, $"{entries.Count} routings after dying at step {step}");
            Assert.True(died || entries.Count == 2);
            await MoveAsync(id, order);
            await scene.Hub.SettleAsync();
            Assert.Equal(("005B", 2), (RoutingScene.OwnerIn(scene.Crm, lead), (await scene.Ledger.OfAsync(id, default)).Count));
        }
    }

    private Task<OrderAnswer> MoveAsync(RecordId id, RoutingOrder order) => scene.Hub.Get<OrderDesk>().MoveAsync(id, order, null, default);

    private async Task<(string Lead, RecordId Id)> RoutedAsync()
    {
        var lead = scene.Lead();
        await scene.StartAsync();
        Assert.Equal("ann", (await scene.RoutingAsync(lead)).Owner);
        scene.Time.Advance(TimeSpan.FromMinutes(1));
        return (lead, (await scene.RecordAsync(scene.Crm, lead)).Id);
    }

    private async Task<(string Lead, RecordId Id)> WaitingAsync()
    {
        await UseAsync(RoutingScene.Owners + OneAWeek);
        await scene.StartAsync();
        var (first, second) = (scene.Lead(), scene.Lead());
        await scene.Hub.SettleAsync();
        var waiting = RoutingScene.OwnerIn(scene.Crm, first) is null ? first : second;
        return (waiting, (await scene.RecordAsync(scene.Crm, waiting)).Id);
    }

    private async Task UseAsync(string routing)
    {
        await scene.DisposeAsync();
        scene = new(routing);
    }

    private async Task<(long Given, int Open)> GivenAsync(string owner)
    {
        var state = (await scene.Ledger.PoolAsync("sales", default)).State.Of(new(owner));
        return (state.Given, state.Open);
    }
}
