using NodaTime;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;

namespace StackHub.Tests.Privacy.Clocks;

/// <summary>Every worked date, by its row.</summary>
public sealed class WorkedDatesTests
{
    private static readonly LawBook Book = LawBook.Default;
    private static readonly LawPlace Germany = new("eu-gdpr", "DE");
    private static readonly LawPlace England = new("uk-gdpr", "GB-ENG");
    private static readonly LawPlace California = new("us-ca-ccpa", "US-CA");
    private static readonly LawPlace Virginia = new("us-va", "US-VA");

    [Theory]
    [InlineData("eu-gdpr/DE")]
    [InlineData("eu-gdpr/DE-BY")]
    public void Row_1_a_month_that_ends_on_a_saturday_is_due_on_monday(string law) =>
        AssertDue(new(2026, 3, 2), LawPlace.Parse(law), At("Europe/Berlin", 2026, 1, 31));

    [Fact]
    public void Row_2_easter_sunday_and_monday_are_passed_over_in_germany() => AssertDue(new(2026, 4, 7), Germany, At("Europe/Berlin", 2026, 3, 5));

    [Theory]
    [InlineData("PT", "Europe/Lisbon")]
    [InlineData("ES", "Europe/Madrid")]
    public void Row_2_a_member_state_without_easter_monday_answers_on_it(string state, string zone) =>
        AssertDue(new(2026, 4, 6), new("eu-gdpr", state), At(zone, 2026, 3, 5));

    [Fact]
    public void Row_3_the_first_of_may_is_a_holiday_in_germany() => AssertDue(new(2026, 5, 4), Germany, At("Europe/Berlin", 2026, 4, 1));

    [Theory]
    [InlineData("GB-ENG")]
    [InlineData("GB-WLS")]
    [InlineData("GB-SCT")]
    [InlineData("GB-NIR")]
    public void Row_3_the_first_of_may_is_a_working_day_in_the_united_kingdom(string nation) =>
        AssertDue(new(2026, 5, 1), new("uk-gdpr", nation), At("Europe/London", 2026, 4, 1));

    [Fact]
    public void Row_4_a_shorter_month_ends_on_its_last_day() => AssertDue(new(2026, 9, 30), Germany, At("Europe/Berlin", 2026, 8, 31));

    [Fact]
    public void Row_5_the_third_of_october_moves_to_monday() => AssertDue(new(2026, 10, 5), England, At("Europe/London", 2026, 9, 3));

    [Fact]
    public void Row_6_waiting_for_identity_restarts_the_british_month_and_not_the_european_one()
    {
        var facts = Erasure(At("Europe/London", 2026, 3, 2)) with
        {
            Pauses = [new(PauseReason.Identity, At("Europe/London", 2026, 3, 4), At("Europe/London", 2026, 3, 20))],
        };

        var british = RequestClock.Row(facts, England, Book)!;
        var european = RequestClock.Row(facts, Germany, Book)!;

        Assert.Equal((new DateOnly(2026, 4, 20), new DateOnly(2026, 4, 20)), (british.Complete.Safe, british.Complete.Legal));
        Assert.Equal((new DateOnly(2026, 4, 2), new DateOnly(2026, 4, 2)), (european.Complete.Safe, european.Complete.Legal));
    }

    [Fact]
    public void Row_7_california_has_two_dates_and_moves_none()
    {
        var facts = Erasure(At("America/Los_Angeles", 2026, 7, 1));

        var row = RequestClock.Row(facts, California, Book)!;

        Assert.Equal(new DateOnly(2026, 7, 15), row.Acknowledge!.Safe);
        Assert.Equal((new DateOnly(2026, 8, 14), new DateOnly(2026, 8, 15)), (row.Complete.Safe, row.Complete.Legal));
        Assert.Equal((new DateOnly(2026, 9, 28), new DateOnly(2026, 9, 29)), (row.IfExtended!.Safe, row.IfExtended.Legal));
    }

    [Fact]
    public void Row_8_virginia_has_45_days_90_when_extended_and_60_for_an_appeal()
    {
        var row = RequestClock.Row(Erasure(At("America/New_York", 2026, 9, 1)), Virginia, Book)!;
        var appeal = RequestClock.Appeal(Virginia, At("America/New_York", 2026, 9, 20), Book)!;

        Assert.Equal((new DateOnly(2026, 10, 16), new DateOnly(2026, 10, 16)), (row.Complete.Safe, row.Complete.Legal));
        Assert.Equal(new DateOnly(2026, 11, 30), row.IfExtended!.Safe);
        Assert.Equal(new DateOnly(2026, 11, 19), appeal.Safe);
    }

    [Fact]
    public void Row_9_the_brokers_list_is_fetched_every_45_days()
    {
        var pull = At("America/Los_Angeles", 2026, 8, 1);
        var next = new List<DateOnly>();

        for (var fetched = 0; fetched < 4; fetched++)
        {
            next.Add(RequestClock.NextPull(new("us-ca-delete", "US-CA"), pull, Book)!.Safe);
            pull = At("America/Los_Angeles", next[^1].Year, next[^1].Month, next[^1].Day);
        }

        Assert.Equal([new(2026, 9, 15), new(2026, 10, 30), new(2026, 12, 14), new(2027, 1, 28)], next);
    }

    [Fact]
    public void Row_9_nothing_is_fetched_before_the_first_day() =>
        Assert.Equal(new DateOnly(2026, 8, 1), RequestClock.NextPull(new("us-ca-delete", "US-CA"), At("America/Los_Angeles", 2026, 1, 5), Book)!.Safe);

    [Fact]
    public void Row_10_californian_records_are_kept_24_months_after_the_answer() =>
        Assert.Equal(new DateOnly(2028, 7, 1), RequestClock.KeepUntil(California, At("America/Los_Angeles", 2026, 7, 1), Book)!.Safe);

    [Fact]
    public void Row_11_nobody_who_opted_out_is_asked_again_for_a_year() =>
        Assert.Equal(new DateOnly(2027, 3, 10), RequestClock.NoOptInBefore(California, At("America/Los_Angeles", 2026, 3, 10), Book)!.Safe);

    internal static void AssertDue(DateOnly expected, LawPlace under, DateTimeOffset received)
    {
        var row = RequestClock.Row(Erasure(received), under, Book)!;

        Assert.Equal((expected, expected), (row.Complete.Safe, row.Complete.Legal));
    }

    internal static ClockFacts Erasure(DateTimeOffset received) => new(PrivacyRequestKind.Erasure, received);

    internal static DateTimeOffset At(string zone, int year, int month, int day, int hour = 10, int minute = 0) =>
        new LocalDateTime(year, month, day, hour, minute).InZoneStrictly(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeOffset();
}
