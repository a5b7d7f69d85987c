using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;

namespace StackHub.Tests.Privacy.Clocks;

/// <summary>What holds of every law, place, kind and moment.</summary>
public sealed class ClockProperties
{
    private static readonly LawBook Book = LawBook.Default;

    private static readonly (LawPlace Under, PrivacyRequestKind Kind)[] Cases =
        [.. from law in Book.All from place in law.Places from kind in law.Terms.SelectMany(term => term.Kinds) select (new LawPlace(law.Id, place), kind)];

    private static readonly Arbitrary<(LawPlace Under, PrivacyRequestKind Kind)> Any = Gen.Elements(Cases).ToArbitrary();

    private static readonly Arbitrary<(int First, int Second)> Minutes =
        Gen.Choose(0, 60 * 24 * 365 * 12).Two().Select(pair => (pair.Item1, pair.Item2)).ToArbitrary();

    [Fact]
    public void Nothing_is_due_before_it_came_and_the_safe_date_is_never_after_the_legal_one() => Prop.ForAll(Any, Minutes, (of, at) =>
    {
        var row = Row(of, at.First);
        ComputedDate?[] dates = [row.Acknowledge, row.Complete, row.IfExtended];
        return dates.OfType<ComputedDate>().All(date => date.Safe >= row.Received && date.Safe <= date.Legal) && (row.IfExtended is null || row.IfExtended.Safe > row.Complete.Safe);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_comes_later_is_never_due_earlier() => Prop.ForAll(Any, Minutes, (of, at) =>
    {
        var (earlier, later) = (Row(of, Math.Min(at.First, at.Second)), Row(of, Math.Max(at.First, at.Second)));
        return earlier.Complete.Safe <= later.Complete.Safe && earlier.Complete.Legal <= later.Complete.Legal && !(earlier.Acknowledge?.Safe > later.Acknowledge?.Safe);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_answer_awaited_makes_a_date_earlier_and_a_later_answer_never_either() => Prop.ForAll(Any, Minutes, (of, waits) =>
    {
        var received = Moment(0);
        var facts = new ClockFacts(of.Kind, received);
        var (asked, answered) = (waits.First % 40_000, waits.Second % 40_000);
        ClockRow Paused(int until) => RequestClock.Row(facts with { Pauses = [.. Enum.GetValues<PauseReason>().Select(reason => new ClockPause(reason, received.AddMinutes(asked), received.AddMinutes(asked + until)))] }, of.Under, Book)!;
        var (plain, paused, longer) = (RequestClock.Row(facts, of.Under, Book)!, Paused(answered), Paused(answered + 3_000));
        return plain.Complete.Safe <= paused.Complete.Safe && paused.Complete.Safe <= longer.Complete.Safe && paused.Complete.Safe <= paused.Complete.Legal;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Where_last_days_move_none_is_on_a_weekend_or_holiday() => Prop.ForAll(Any, Minutes, (of, at) =>
        !Book[of.Under.Law].Rolls || Book.Holidays[of.Under.Place].IsWorkingDay(Row(of, at.First).Complete.Safe)).QuickCheckThrowOnFailure();

    [Fact]
    public void No_culture_changes_a_date_or_a_word_of_its_explanation()
    {
        var before = CultureInfo.CurrentCulture;
        var expected = Cases.Select(of => Row(of, 500_000).Complete).ToArray();
        var persian = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        persian.DateTimeFormat = new DateTimeFormatInfo { DateSeparator = "~", TimeSeparator = "!", FirstDayOfWeek = DayOfWeek.Saturday };
        persian.NumberFormat = new NumberFormatInfo { NegativeSign = "minus" };
        try
        {
            CultureInfo.CurrentCulture = persian;

            Assert.Equal(expected, Cases.Select(of => Row(of, 500_000).Complete));
            Assert.NotEmpty(HolidayBook.Read("calendars: { X: { zone: Europe/Berlin, holidays: [easter-2, 01-01 sunday-1] } }")["X"].In(2026));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ClockRow Row((LawPlace Under, PrivacyRequestKind Kind) of, int minutes) => RequestClock.Row(new(of.Kind, Moment(minutes)), of.Under, Book)!;

    private static DateTimeOffset Moment(int minutes) => new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
}
