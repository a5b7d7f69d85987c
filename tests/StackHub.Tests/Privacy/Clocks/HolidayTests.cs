using StackHub.Privacy;
using StackHub.Privacy.Clocks;

namespace StackHub.Tests.Privacy.Clocks;

public sealed class HolidayTests
{
    private static readonly HolidayBook Book = HolidayBook.Default;

    [Theory]
    [InlineData(1818, 3, 22)] // the earliest there can be
    [InlineData(1943, 4, 25)] // the latest
    [InlineData(1954, 4, 18)] // the two exceptions of the golden number
    [InlineData(1981, 4, 19)]
    [InlineData(2000, 4, 23)]
    [InlineData(2008, 3, 23)]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    [InlineData(2076, 4, 19)]
    public void Easter_is_where_the_tables_have_it(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), Easter.In(year));

    [Theory]
    [InlineData("DE", "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26")]
    [InlineData("FR", "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("IE", "01-01 02-02 03-17 04-06 05-04 06-01 08-03 10-26 12-25 12-26")]
    [InlineData("NL", "01-01 04-06 04-27 05-05 05-14 05-25 12-25 12-26")]
    [InlineData("ES", "01-01 01-06 04-03 05-01 08-15 10-12 11-01 12-06 12-08 12-25")]
    [InlineData("IT", "01-01 01-06 04-06 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26")]
    [InlineData("GB-ENG", "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28")]
    [InlineData("GB-SCT", "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28")]
    [InlineData("GB-NIR", "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28")]
    [InlineData("US-CA", "01-01 01-19 02-12 02-16 03-31 05-25 07-04 09-07 09-09 09-25 10-12 11-11 11-26 12-25")]
    public void The_holidays_of_2026_are_the_published_ones(string calendar, string days) =>
        Assert.Equal(days, string.Join(' ', Book[calendar].In(2026).Select(day => day.ToString("MM-dd"))));

    [Theory]
    [InlineData("GB-ENG", 2022, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27")] // New Year on a Saturday, Christmas on a Sunday
    [InlineData("GB-SCT", 2022, "01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27")]
    [InlineData("GB-ENG", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28")]
    public void British_holidays_on_a_weekend_have_substitutes_of_their_own(string calendar, int year, string days) =>
        Assert.Equal(days, string.Join(' ', Book[calendar].In(year).Select(day => day.ToString("MM-dd"))));

    [Theory]
    [InlineData("NL", "2025-04-26")] // the King's day is never on a Sunday
    [InlineData("IE", "2030-02-01")] // Saint Brigid's stays on a Friday
    [InlineData("US-CA", "2023-11-10")] // Veterans Day on a Saturday is kept on Friday
    [InlineData("US-CA", "2027-07-05")] // a Sunday is kept on Monday
    [InlineData("DE-SN", "2026-11-18")] // Repentance day
    public void Days_that_move_move_by_their_rule(string calendar, string day) => Assert.True(Book[calendar].IsHoliday(DateOnly.Parse(day)));

    [Theory]
    [InlineData("DE-MV", "2022-03-08", "2023-03-08")]
    [InlineData("IT", "2025-10-04", "2026-10-04")]
    public void A_holiday_begins_in_its_first_year(string calendar, string before, string first)
    {
        Assert.False(Book[calendar].IsHoliday(DateOnly.Parse(before)));
        Assert.True(Book[calendar].IsHoliday(DateOnly.Parse(first)));
    }

    [Fact]
    public void A_state_has_the_holidays_of_its_country_and_its_own() =>
        Assert.True(Book["DE"].In(2026).IsProperSubsetOf(Book["DE-NW"].In(2026)));

    [Fact]
    public void Working_time_takes_the_same_days() =>
        Assert.Equal(Book["DE"].In(2026).Count + Book["DE"].In(2027).Count, Book["DE"].ToCalendar(2026, 2027).Dates.Count);

    [Fact]
    public void A_day_ends_at_midnight_where_it_is() =>
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 22, 0, 0, TimeSpan.Zero), Book["DE"].EndOf(new(2026, 7, 1)).ToUniversalTime());

    [Theory]
    [InlineData("easter", "write MM-DD")]
    [InlineData("first monday in may", "write MM-DD")]
    public void A_rule_that_cannot_be_read_says_how_one_is_written(string rule, string cure) =>
        Assert.Contains(cure, Assert.Throws<FormatException>(() => HolidayRule.Parse(rule)).Message, StringComparison.Ordinal);

    [Fact]
    public void Data_that_is_wrong_is_refused_with_the_cure()
    {
        const string Kept = "laws: { x: { name: X, places: [DE], terms: [{ kinds: [access], rule: r, complete: 1 month }] } }";

        Assert.Contains("'Atlantis', which has no calendar", Assert.Throws<ArgumentException>(() => LawBook.Read(Kept.Replace("DE", "Atlantis"), Book)).Message, StringComparison.Ordinal);
        Assert.Contains("write months, days or business days", Assert.Throws<FormatException>(() => LawBook.Read(Kept.Replace("1 month", "soon"), Book)).Message, StringComparison.Ordinal);
        Assert.Contains("'forgetting' is no kind of request", Assert.Throws<FormatException>(() => LawBook.Read(Kept.Replace("access", "forgetting"), Book)).Message, StringComparison.Ordinal);
        Assert.Contains("write one of none, suspend, restart, either", Assert.Throws<FormatException>(() => LawBook.Read(Kept.Replace("terms:", "pauses: { identity: maybe }, terms:"), Book)).Message, StringComparison.Ordinal);
        Assert.Contains("has no zone", Assert.Throws<FormatException>(() => HolidayBook.Read("calendars: { X: { holidays: [] } }")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_has_the_laws_of_where_they_live_and_no_regulators_list()
    {
        Assert.Equal([new("eu-gdpr", "DE-BY")], LawBook.Default.ApplyingIn("DE-BY", PrivacyRequestKind.Erasure));
        Assert.Equal([new("us-ca-ccpa", "US-CA")], LawBook.Default.ApplyingIn("us-ca", PrivacyRequestKind.Erasure));
        Assert.Empty(LawBook.Default.ApplyingIn("US-UT", PrivacyRequestKind.Rectification));
    }

    [Fact]
    public void An_operators_own_reading_replaces_a_law()
    {
        var paused = LawBook.Default["eu-gdpr"] with { Pauses = LawBook.Default["uk-gdpr"].Pauses, Version = 2 };
        var facts = new ClockFacts(PrivacyRequestKind.Erasure, new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero))
        {
            Pauses = [new(PauseReason.Identity, new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero), new(2026, 3, 20, 10, 0, 0, TimeSpan.Zero))],
        };

        var row = RequestClock.Row(facts, new("eu-gdpr", "DE"), LawBook.Default.With([paused]))!;

        Assert.Equal((new DateOnly(2026, 4, 20), 2), (row.Complete.Safe, row.Complete.LawVersion));
    }
}
