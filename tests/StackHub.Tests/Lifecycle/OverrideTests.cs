using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Overrides;
using StackHub.Records;
using StackHub.Suppression;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>Two people let somebody begin anew who was ruled out.</summary>
public sealed class OverrideTests : IAsyncDisposable
{
    private readonly LifecycleScene hub = new();

    private sealed class Crash : Exception;

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    private OverrideDesk Desk => hub.Get<OverrideDesk>();

    [Fact]
    public async Task One_person_alone_moves_nobody_and_a_second_one_opens_the_next_cycle()
    {
        var person = await RuledOutAsync();
        hub.Time.Advance(TimeSpan.FromDays(1));

        var proposed = Done(await Desk.ProposeAsync(person, null, "key:ann", "the student founded a company", default));
        var alone = await Desk.ApproveAsync(proposed.Id, "key:ann", "I am sure", default);
        Assert.Equal("disqualified", (await hub.HeadAsync(person)).Standing!.Stage);
        var approved = Done(await Desk.ApproveAsync(proposed.Id, "key:max", "seen in the register", default));
        await hub.PumpAsync();

        Assert.Equal("same-person", Assert.IsType<OverrideAnswer.Refused>(alone).Code);
        Assert.Equal(("disqualified", "inquiry", OverrideState.Approved), (approved.From, approved.To, approved.State));
        Assert.Equal([("key:ann", "the student founded a company"), ("key:max", "seen in the register")], new[] { approved.Proposed, approved.Decided! }.Select(signed => (signed.By, signed.Reason)));
        var journey = await hub.JourneyAsync(person);
        Assert.Equal((2, "inquiry"), (journey.Cycles.Length, journey.Current));
        Assert.Equal("disqualified", journey.Cycles[0].Current); // it lowers nothing
        Assert.Equal("inquiry", await hub.ValueAsync(person, "lifecycleStage"));
    }

    [Fact]
    public async Task The_same_approval_ten_times_at_once_is_one_event()
    {
        var person = await RuledOutAsync();
        var proposed = Done(await Desk.ProposeAsync(person, null, "key:ann", "why", default));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Desk.ApproveAsync(proposed.Id, "key:max", "agreed", default))));

        Assert.Contains(answers, answer => answer is OverrideAnswer.Done);
        Assert.Single((await hub.Get<LifecycleLedger>().ReadAsync(person, default)).Events, said => said.IsOverride);
        Assert.Equal(2, (await hub.JourneyAsync(person)).Cycles.Length);
        Assert.IsType<OverrideAnswer.Done>(await Desk.ApproveAsync(proposed.Id, "key:max", "agreed", default));
        Assert.Equal("override-over", Assert.IsType<OverrideAnswer.Refused>(await Desk.ApproveAsync(proposed.Id, "key:zoe", "me too", default)).Code);
    }

    [Fact]
    public async Task An_approval_that_was_kept_by_somebody_who_died_is_followed_by_the_queue()
    {
        var person = await RuledOutAsync();
        var proposed = Done(await Desk.ProposeAsync(person, null, "key:ann", "why", default));
        hub.Tables.After = step => step.StartsWith("tables.batch", StringComparison.Ordinal) ? throw new Crash() : Task.CompletedTask;

        await Assert.ThrowsAsync<Crash>(() => Desk.ApproveAsync(proposed.Id, "key:max", "agreed", default));
        hub.Tables.After = null;
        Assert.Single((await hub.JourneyAsync(person)).Cycles);
        hub.Time.Advance(TimeSpan.FromMinutes(2));
        await hub.PumpAsync();

        Assert.Equal(2, (await hub.JourneyAsync(person)).Cycles.Length);
    }

    [Fact]
    public async Task A_rejected_one_moves_nobody_and_may_be_proposed_again_with_all_that_was_said_kept()
    {
        var person = await RuledOutAsync();
        var proposed = Done(await Desk.ProposeAsync(person, null, "key:ann", "first try", default));
        Assert.Equal("proposed-already", Assert.IsType<OverrideAnswer.Refused>(await Desk.ProposeAsync(person, null, "key:bob", "second try", default)).Code);

        var rejected = Done(await Desk.RejectAsync(proposed.Id, "key:max", "no proof", default));
        Assert.Equal("disqualified", (await hub.HeadAsync(person)).Standing!.Stage);
        var again = Done(await Desk.ProposeAsync(person, null, "key:bob", "second try", default));

        Assert.Equal((OverrideState.Rejected, OverrideState.Proposed), (rejected.State, again.State));
        Assert.Equal(["first try", "no proof"], again.Before.Select(signed => signed.Reason));
        Assert.Equal(again.Id, Assert.Single(await hub.Get<OverrideStore>().ListAsync(10, default)).Id);
    }

    [Fact]
    public async Task Who_is_not_ruled_out_or_unknown_or_moved_meanwhile_is_refused()
    {
        var (other, person) = (hub.New(), await RuledOutAsync());
        await hub.SaysAsync(other, Marketing, "lifecycleStage", "mql", At(5, 1));
        var proposed = Done(await Desk.ProposeAsync(person, null, "key:ann", "why", default));
        await hub.Get<SuppressionList>().AddAsync("record", person.ToString(), "erased", default);
        await hub.HearAsync(person, At(5, 9));

        Assert.Equal(["not-ruled-out", "no-person", "unknown-override", "override-over"], new[]
        {
            await Desk.ProposeAsync(other, null, "key:ann", "why", default),
            await Desk.ProposeAsync(hub.New(), null, "key:ann", "why", default),
            await Desk.ApproveAsync("nothing", "key:max", "agreed", default),
            await Desk.ApproveAsync(proposed.Id, "key:max", "agreed", default),
        }.Select(answer => Assert.IsType<OverrideAnswer.Refused>(answer).Code));
    }

    [Fact]
    public async Task Of_somebody_erased_nothing_is_left_that_anybody_said()
    {
        var person = await RuledOutAsync();
        await Desk.ProposeAsync(person, null, "key:ann", "why", default);
        await hub.Get<SuppressionList>().AddAsync("record", person.ToString(), "erased", default);

        foreach (var store in hub.Get<IEnumerable<ISubjectStore>>().OfType<StackHub.Lifecycle.LifecycleCopies>())
            await store.EraseAsync(new([person], [], []), default);

        Assert.Empty(await hub.Get<OverrideStore>().ListAsync(10, default));
        Assert.Empty(await hub.Get<OverrideStore>().OfAsync(person, default));
        Assert.All((await hub.Get<LifecycleLedger>().ReadAsync(person, default)).Events, said => Assert.Null(said.Reason));
    }

    private static StageOverride Done(OverrideAnswer answer) => Assert.IsType<OverrideAnswer.Done>(answer).Override;

    private async Task<RecordId> RuledOutAsync()
    {
        var person = hub.New();
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 1));
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "reason", "student", At(5, 3));
        await hub.SaysAsync(person, Crm, "leadStatus", "Unqualified", At(5, 3));
        Assert.Equal("disqualified", (await hub.HeadAsync(person)).Standing!.Stage);
        return person;
    }
}
