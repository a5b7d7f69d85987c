using StackHub.Lifecycle.Accounts;
using StackHub.Lifecycle.Findings;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Ledger;
using StackHub.Lifecycle.Machine;
using StackHub.Records;
using StackHub.Sync;
using static StackHub.Tests.Lifecycle.LifecycleScene;

namespace StackHub.Tests.Lifecycle;

/// <summary>R8: an opportunity that is deleted is recomputed, never guessed.</summary>
public sealed class DeletedDealTests : IAsyncDisposable
{
    private readonly LifecycleScene hub = new();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_person_and_the_account_go_back_to_what_the_facts_that_are_left_say()
    {
        var (person, account, deal) = await OpenAsync();
        Assert.Equal(("opportunity", "opportunity"), await StagesAsync(person, account));

        await DeleteAsync(deal, At(5, 20));

        Assert.Equal(("mql", "mql"), await StagesAsync(person, account));
        Assert.Equal("mql", (await hub.HeadAsync(person)).Standing!.HighWater);
        Assert.False((await hub.HeadAsync(person)).Standing!.HasRole);
        Assert.Equal("mql", await hub.ValueAsync(person, "lifecycleStage"));
    }

    [Fact]
    public async Task What_was_believed_before_stays_readable()
    {
        var (person, _, deal) = await OpenAsync();

        await DeleteAsync(deal, At(5, 20));

        var events = (await hub.Get<LifecycleLedger>().ReadAsync(person, default)).Events;
        Assert.Equal(["opportunity", "mql"], new[] { At(5, 19), At(5, 21) }.Select(at => JourneyFold.Of(LifecycleMachine.Default, events, at).Single().Current));
        Assert.Equal([false, true], events.Where(said => said.Deal == deal).OrderBy(said => said.Revision).Select(said => said.Withdrawn));
    }

    [Fact]
    public async Task An_opportunity_that_was_deleted_long_after_it_was_won_makes_nobody_a_customer()
    {
        var (person, account, deal) = await OpenAsync();
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isWon", "true", At(6, 1));
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "true", At(6, 1));
        await hub.HearAsync(deal, At(6, 1));
        Assert.Equal("customer", (await hub.HeadAsync(person)).Standing!.Stage);

        await DeleteAsync(deal, At(9, 1)); // far behind the horizon of seven days

        Assert.Equal(("mql", "mql"), await StagesAsync(person, account));
    }

    [Fact]
    public async Task One_that_comes_back_says_again_what_it_said()
    {
        var (person, account, deal) = await OpenAsync();
        var before = await hub.JourneyAsync(person);
        await DeleteAsync(deal, At(7, 20));

        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "false", At(7, 21)); // seen again
        await hub.HearAsync(deal, At(7, 21));

        Assert.Equal(("opportunity", "opportunity"), await StagesAsync(person, account));
        Assert.Equal(before.Cycles[0].First("opportunity")!.At, (await hub.JourneyAsync(person)).Cycles[0].First("opportunity")!.At);
    }

    [Fact]
    public async Task Another_opportunity_that_is_left_keeps_the_person_where_it_puts_them()
    {
        var (person, account, deal) = await OpenAsync();
        var other = hub.New();
        await DealAsync(other, person, At(5, 12));

        await DeleteAsync(deal, At(5, 20));

        Assert.Equal(("opportunity", "opportunity"), await StagesAsync(person, account));
        Assert.Equal(At(5, 12), (await hub.HeadAsync(person)).Standing!.Since);
    }

    [Fact]
    public async Task A_person_loses_with_the_last_one_that_was_not_deleted()
    {
        var (person, _, deal) = await OpenAsync();
        var other = hub.New();
        await DealAsync(other, person, At(5, 12));
        await hub.ObserveAsync(RecordKind.Opportunity, other, Crm, "isClosed", "true", At(5, 15));
        await hub.HearAsync(other, At(5, 15));
        Assert.Equal("opportunity", (await hub.HeadAsync(person)).Standing!.Stage); // the first is still open

        await DeleteAsync(deal, At(5, 20));

        Assert.Equal("lost", (await hub.HeadAsync(person)).Standing!.Stage);
    }

    [Fact]
    public async Task A_deleted_opportunity_without_a_role_is_no_finding_any_more()
    {
        var deal = hub.New();
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "false", At(5, 2));
        await hub.HearAsync(deal, At(5, 2));
        Assert.Single((await hub.Get<LifecycleFindings>().ListAsync(FindingKind.NoContactRole, null, 10, default)).Findings);

        await DeleteAsync(deal, At(5, 3));

        Assert.Empty((await hub.Get<LifecycleFindings>().ListAsync(FindingKind.NoContactRole, null, 10, default)).Findings);
    }

    private async Task<(RecordId Person, RecordId Account, RecordId Deal)> OpenAsync()
    {
        var (person, account, deal) = (hub.New(), hub.New(), hub.New());
        await hub.ObserveAsync(RecordKind.Person, person, Crm, "account", account.ToString(), At(4, 1));
        await hub.SaysAsync(person, Marketing, "lifecycleStage", "mql", At(5, 1));
        await DealAsync(deal, person, At(5, 10));
        return (person, account, deal);
    }

    private async Task DealAsync(RecordId deal, RecordId person, DateTimeOffset at)
    {
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "contacts", $"{person}:Buyer", at);
        await hub.ObserveAsync(RecordKind.Opportunity, deal, Crm, "isClosed", "false", at);
        await hub.HearAsync(deal, at);
    }

    private async Task DeleteAsync(RecordId deal, DateTimeOffset at)
    {
        await hub.Get<RecordStore>().ChangeAsync(deal, record => Merging.Delete(record!, new(Crm, nameof(RecordKind.Opportunity), deal.ToString()), at), default);
        await hub.HearAsync(deal, at);
    }

    private async Task<(string?, string?)> StagesAsync(RecordId person, RecordId account) =>
        ((await hub.HeadAsync(person)).Standing!.Stage, (await hub.Get<AccountBoard>().FindAsync(account, default)).Stage);
}
