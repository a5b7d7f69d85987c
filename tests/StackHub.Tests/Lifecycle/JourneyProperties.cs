using FsCheck;
using FsCheck.Fluent;
using StackHub.Lifecycle.Journeys;
using StackHub.Lifecycle.Machine;
using static StackHub.Tests.Lifecycle.Story;

namespace StackHub.Tests.Lifecycle;

public sealed class JourneyProperties
{
    private static readonly LifecycleMachine Machine = LifecycleMachine.Default;
    private static readonly string[] Stages = [.. Machine.Stages.Select(stage => stage.Name), "unheard-of"];

    /// <summary>Few moments, so that ties are common.</summary>
    private static readonly Gen<LifecycleEvent[]> Histories = (
        from stage in Gen.Elements(Stages)
        from authority in Gen.Elements("privacy", "billing", "crm", "cs", "hub", "map")
        from day in Gen.Choose(1, 28)
        from heard in Gen.Choose(0, 3)
        select Event("", stage, authority, At(5, day)) with { RecordedAt = At(5, day, heard), Reason = "r", RevisitAt = At(6, 1), EngagedAt = At(5, day), ExpiresAt = At(5, day, 1) })
        .ArrayOf().Select(events => events.Select((said, number) => said with { Id = $"e{number:D3}" }).ToArray());

    [Fact]
    public void The_order_and_number_of_deliveries_make_no_difference() => Prop.ForAll(
        (from events in Histories from shuffled in Gen.Shuffle(events.Concat(events).ToArray()) select (events, shuffled)).ToArbitrary(),
        pair => Shown(pair.events) == Shown(pair.shuffled)).QuickCheckThrowOnFailure();

    [Fact]
    public void Within_a_cycle_nobody_goes_back_but_where_the_machine_says_so() => Prop.ForAll(Histories.ToArbitrary(), events =>
        JourneyFold.Of(Machine, events).SelectMany(journey => journey.Cycles).All(cycle => cycle.Entries.Zip(cycle.Entries.Skip(1)).All(pair =>
            Machine[pair.First.Stage].Next.Contains(pair.Second.Stage) || Machine[pair.Second.Stage].Order > Machine[pair.First.Stage].Order))).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_event_is_in_the_history_or_a_proposal_or_says_what_was_known() => Prop.ForAll(Histories.ToArbitrary(), events =>
    {
        var journey = JourneyFold.Of(Machine, events).SingleOrDefault();
        return events.Length == 0 || journey!.Proposals.Select(proposal => proposal.Event).Distinct().Count() == journey.Proposals.Length;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_known_then_does_not_change_by_what_is_heard_later() => Prop.ForAll(Histories.ToArbitrary(), events =>
    {
        var then = At(5, 14);
        return Shown(events, then) == Shown(events.Where(said => said.RecordedAt <= then), then);
    }).QuickCheckThrowOnFailure();

    private static string Shown(IEnumerable<LifecycleEvent> events, DateTimeOffset? knownAt = null) => string.Join('|', JourneyFold.Of(Machine, events, knownAt).Select(journey =>
        $"{journey.HighWater} {string.Join(',', journey.Cycles.SelectMany(cycle => cycle.Entries))} {string.Join(',', journey.Proposals)}"));
}
