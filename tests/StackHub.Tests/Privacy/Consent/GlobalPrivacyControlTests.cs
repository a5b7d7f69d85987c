using StackHub.Privacy.Consent;

namespace StackHub.Tests.Privacy.Consent;

public sealed class GlobalPrivacyControlTests
{
    [Theory]
    [InlineData("1", true)]
    [InlineData(" 1 ", true)]
    [InlineData("0", false)]
    [InlineData("true", false)]
    [InlineData("1, 1", false)]
    [InlineData("1,1", false)]
    [InlineData("?1", false)]
    [InlineData("11", false)]
    [InlineData("\u0661", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void S44_only_one_value_is_a_signal(string? header, bool isOptOut) => Assert.Equal(isOptOut, GlobalPrivacyControl.IsOptOut(header));

    [Theory]
    [InlineData("2026-07-01", "2026-07-22")]
    [InlineData("2026-07-03", "2026-07-24")]
    [InlineData("2026-07-04", "2026-07-24")]
    [InlineData("2026-12-18", "2027-01-08")]
    public void S2_an_opt_out_of_sale_is_due_in_15_weekdays(string received, string due) => Assert.Equal(DateOnly.Parse(due), SaleOptOutDates.DueBy(DateOnly.Parse(received)));

    [Theory]
    [InlineData("2026-03-10", 12, "2027-03-10")]
    [InlineData("2026-03-10", 18, "2027-09-10")]
    [InlineData("2026-03-10", 3, "2027-03-10")]
    [InlineData("2028-02-29", 12, "2029-02-28")]
    public void Row_2c_ccpa_re_ask_no_prompt_before(string optedOut, int months, string from) => Assert.Equal(DateOnly.Parse(from), SaleOptOutDates.MayAskFrom(DateOnly.Parse(optedOut), months));

    [Fact]
    public void The_day_of_receipt_is_californias() => Assert.Equal(new(2026, 6, 30), SaleOptOutDates.CaliforniaDay(new(2026, 7, 1, 6, 59, 0, TimeSpan.Zero)));
}
