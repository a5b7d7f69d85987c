using FsCheck;
using FsCheck.Fluent;
using StackHub.Flows;
using StackHub.Permissions;
using StackHub.Records;
using StackHub.Sync;

namespace StackHub.Tests.Privacy.Consent;

/// <summary>The laws of the fold, over few sources and times so that they meet often.</summary>
public sealed class ConsentStandingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Arbitrary<ConsentMark[]> Said =
        (from source in Gen.Elements("crm", "marketing", "support", ConsentMark.Person)
         from isOptIn in Gen.Elements(true, false)
         from minute in Gen.Choose(0, 6)
         select new ConsentMark("news", source, isOptIn, Start.AddMinutes(minute))).ArrayOf().ToArbitrary();

    [Fact]
    public void Any_order_and_any_repetition_give_the_same_state() => Prop.ForAll(Said, Gen.Choose(0, int.MaxValue).ToArbitrary(), (said, seed) =>
    {
        var random = new Random(seed);
        var mixed = said.Concat(said.Where(_ => random.Next(2) == 0)).OrderBy(_ => random.Next());

        return ConsentStanding.Of(mixed) == ConsentStanding.Of(said);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_newest_word_of_each_source_says_as_much_as_all_of_them() => Prop.ForAll(Said, said =>
        ConsentStanding.Of(ConsentStanding.Newest(said)) == ConsentStanding.Of(said)
        && ConsentStanding.Of(ConsentStanding.Newest(said.Take(said.Length / 2)).Concat(ConsentStanding.Newest(said.Skip(said.Length / 2)))) == ConsentStanding.Of(said)).QuickCheckThrowOnFailure();

    [Fact]
    public void One_more_opt_out_never_allows_more_and_one_more_opt_in_never_less() => Prop.ForAll(Said, Said, (said, more) =>
        more.Length == 0 || (more[0].IsOptIn
            ? Strictness(ConsentStanding.Of(said.Append(more[0]))) <= Strictness(ConsentStanding.Of(said.Append(more[0] with { IsOptIn = false })))
            : Strictness(ConsentStanding.Of(said.Append(more[0]))) >= Strictness(ConsentStanding.Of(said)))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_late_opt_in_never_overrides_a_newer_opt_out() => Prop.ForAll(Said, Said, (said, late) =>
    {
        var last = said.Where(mark => !mark.IsOptIn).Select(mark => mark.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        var arriving = late.Select(mark => mark with { IsOptIn = true }).Where(mark => mark.At <= last);

        return ConsentStanding.Of(said).State != ConsentState.Refused || ConsentStanding.Of(said).By!.Value.At < last || ConsentStanding.Of(said.Concat(arriving)).State == ConsentState.Refused;
    }).QuickCheckThrowOnFailure();

    /// <summary>The record's cells are the ledger's state: whatever order the writes come in, and however often, they fold to the same.</summary>
    [Fact]
    public void Marks_on_a_record_fold_like_the_events_themselves() => Prop.ForAll(Said, Gen.Choose(0, int.MaxValue).ToArbitrary(), (said, seed) =>
    {
        var random = new Random(seed);
        HubRecord record = new(new(Guid.Empty), RecordKind.Person);
        foreach (var mark in said.Concat(said).OrderBy(_ => random.Next()))
            record = Merging.See(record, record.Id, new(HubAuthor.Of(record.Id, record.Kind), record.Kind, mark.At, Complete: false, [(mark.Field, new(mark.Value), mark.At)]), Horizon.Default);

        return ConsentStanding.Of(ConsentMark.Of(record)) == ConsentStanding.Of(said);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void At_the_same_time_the_opt_out_wins() =>
        Assert.Equal(ConsentState.Refused, ConsentStanding.Of([new("news", ConsentMark.Person, true, Start), new("news", ConsentMark.Person, false, Start)]).State);

    [Fact]
    public void One_system_cannot_take_back_what_another_said_but_the_person_can()
    {
        ConsentMark refusal = new("news", "crm", false, Start);

        Assert.Equal(ConsentState.Refused, ConsentStanding.Of([refusal, new("news", "marketing", true, Start.AddDays(1))]).State);
        Assert.Equal(ConsentState.Granted, ConsentStanding.Of([refusal, new("news", "crm", true, Start.AddDays(1))]).State);
        Assert.Equal(ConsentState.Granted, ConsentStanding.Of([refusal, new("news", ConsentMark.Person, true, Start.AddDays(1))]).State);
    }

    private static int Strictness(ConsentStanding standing) => standing.State == ConsentState.Refused ? 1 : 0;
}
