using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using static StackHub.Tests.Privacy.Clocks.WorkedDatesTests;

namespace StackHub.Tests.Privacy.Clocks;

public sealed class ClockScenarioTests
{
    private static readonly LawBook Book = LawBook.Default;
    private static readonly LawPlace Germany = new("eu-gdpr", "DE");
    private static readonly LawPlace California = new("us-ca-ccpa", "US-CA");

    [Fact]
    public void S1_a_notice_in_the_last_minute_extends_to_three_months_from_receipt()
    {
        var facts = Erasure(At("Europe/Berlin", 2026, 1, 31));

        var decision = RequestClock.Extend(facts, new("eu-gdpr", At("Europe/Berlin", 2026, 3, 2, 23, 59), "four systems"), Germany, Book);

        var row = Assert.IsType<ExtensionDecision.Granted>(decision).Row;
        Assert.Equal(new DateOnly(2026, 4, 30), row.Complete.Safe);
        Assert.Equal(new DateOnly(2026, 3, 2), row.ExtendedOn);
        Assert.Null(row.IfExtended);
    }

    [Fact]
    public void S1_a_minute_later_it_is_refused_as_a_breach_and_the_due_date_stays()
    {
        var facts = Erasure(At("Europe/Berlin", 2026, 1, 31));
        var late = new ExtensionNotice("eu-gdpr", At("Europe/Berlin", 2026, 3, 3, 0, 0), "four systems");

        var refused = Assert.IsType<ExtensionDecision.Refused>(RequestClock.Extend(facts, late, Germany, Book));

        Assert.Equal(ExtensionRefusal.Late, refused.Why);
        Assert.True(refused.IsBreach);
        Assert.Equal(new DateOnly(2026, 3, 2), RequestClock.Row(facts with { Extensions = [late] }, Germany, Book)!.Complete.Safe);
    }

    [Fact]
    public void S2_california_waits_for_no_identity_and_a_denial_is_offered_on_the_safe_date()
    {
        var facts = Erasure(At("America/Los_Angeles", 2026, 7, 1)) with { Pauses = [new(PauseReason.Identity, At("America/Los_Angeles", 2026, 7, 2), null)] };

        var row = RequestClock.Row(facts, California, Book)!;

        Assert.Null(row.StandsFor);
        Assert.Equal(new DateOnly(2026, 8, 14), row.Complete.Safe);
        Assert.Equal(UnverifiedAdvice.Wait, UnverifiedRequest.Advise(row, At("America/Los_Angeles", 2026, 8, 13, 23, 59), Book));
        Assert.Equal(UnverifiedAdvice.OfferDenial, UnverifiedRequest.Advise(row, At("America/Los_Angeles", 2026, 8, 14, 0, 0), Book));
    }

    [Theory]
    [InlineData(PrivacyRequestKind.OptOutOfSale)]
    [InlineData(PrivacyRequestKind.LimitSensitiveData)]
    public void S2_the_opt_out_in_the_same_request_is_due_after_15_weekdays_and_needs_no_verification(PrivacyRequestKind kind)
    {
        var row = RequestClock.Row(new(kind, At("America/Los_Angeles", 2026, 7, 1)), California, Book)!;

        Assert.Equal(new DateOnly(2026, 7, 22), row.Complete.Safe);
        Assert.False(kind.NeedsVerification());
    }

    [Fact]
    public void S3_each_law_keeps_its_row_and_the_earliest_safe_date_is_worked_to()
    {
        var rows = RequestClock.Rows(Erasure(At("America/Los_Angeles", 2026, 7, 1)), [California, Germany], Book);

        Assert.Equal([(California, new DateOnly(2026, 8, 14)), (Germany, new DateOnly(2026, 8, 3))], rows.Select(row => (row.Under, row.Complete.Safe)));
        Assert.Equal(Germany, RequestClock.Earliest(rows)!.Under);
    }

    [Fact]
    public void S4_a_second_extension_is_refused_and_90_days_stay_the_most()
    {
        var facts = Erasure(At("America/Los_Angeles", 2026, 7, 1)) with { Extensions = [new("us-ca-ccpa", At("America/Los_Angeles", 2026, 8, 10), "volume")] };

        var refused = Assert.IsType<ExtensionDecision.Refused>(RequestClock.Extend(facts, new("us-ca-ccpa", At("America/Los_Angeles", 2026, 9, 1), "still"), California, Book));

        Assert.Equal(ExtensionRefusal.AlreadyExtended, refused.Why);
        Assert.Contains("2026-09-29", refused.Explain, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 9, 29), RequestClock.Row(facts, California, Book)!.Complete.Legal);
    }

    [Fact]
    public void S5_colorado_asks_for_the_opt_out_before_any_deletion() => Assert.Equal(["us-co"], Book.All.Where(law => law.OptOutFirst).Select(law => law.Id));

    [Theory]
    [InlineData("eu-gdpr/FR", "2026-02-05", "2026-04-07", null)] // 5 April is Easter Sunday, then Easter Monday
    [InlineData("uk-gdpr/GB-SCT", "2026-02-05", "2026-04-06", null)] // no Easter Monday in Scotland
    [InlineData("us-ca-ccpa/US-CA", "2026-02-18", "2026-04-04", null)]
    [InlineData("us-ca-delete/US-CA", "2026-02-19", null, null)]
    [InlineData("us-va/US-VA", "2026-02-19", "2026-04-05", "2026-03-06")]
    [InlineData("us-co/US-CO", "2026-02-19", "2026-04-05", "2026-02-19")]
    [InlineData("us-ct/US-CT", "2026-02-19", "2026-04-05", "2026-03-06")]
    [InlineData("us-tx/US-TX", "2026-02-19", "2026-04-05", "2026-03-06")]
    [InlineData("us-or/US-OR", "2026-02-19", "2026-04-05", "2026-02-19")]
    [InlineData("us-ut/US-UT", "2026-02-19", "2026-04-05", null)]
    [InlineData("us-ia/US-IA", "2026-04-05", "2026-05-20", "2026-03-06")]
    public void Every_law_has_its_dates(string law, string due, string? extended, string? appeal)
    {
        var under = LawPlace.Parse(law);
        var received = new DateTimeOffset(2026, 1, 5, 18, 0, 0, TimeSpan.Zero);

        var row = RequestClock.Row(Erasure(received), under, Book)!;

        Assert.Equal((due, extended, appeal), (Day(row.Complete), Day(row.IfExtended), Day(RequestClock.Appeal(under, received, Book))));
    }

    [Fact]
    public void A_notice_without_a_reason_extends_nothing() => Assert.Equal(
        ExtensionRefusal.NoReason,
        Assert.IsType<ExtensionDecision.Refused>(RequestClock.Extend(Erasure(At("Europe/Berlin", 2026, 1, 31)), new("eu-gdpr", At("Europe/Berlin", 2026, 2, 5), " "), Germany, Book)).Why);

    [Fact]
    public void An_opt_out_in_california_cannot_be_extended_and_germany_gives_no_such_right()
    {
        var facts = new ClockFacts(PrivacyRequestKind.OptOutOfSale, At("America/Los_Angeles", 2026, 7, 1));
        var notice = new ExtensionNotice("us-ca-ccpa", At("America/Los_Angeles", 2026, 7, 2), "volume");

        Assert.Equal(ExtensionRefusal.NotExtendable, Assert.IsType<ExtensionDecision.Refused>(RequestClock.Extend(facts, notice, California, Book)).Why);
        Assert.Equal(ExtensionRefusal.NoSuchRight, Assert.IsType<ExtensionDecision.Refused>(RequestClock.Extend(facts, notice, Germany, Book)).Why);
        Assert.Null(RequestClock.Row(facts, Germany, Book));
    }

    [Fact]
    public void A_notice_counts_for_the_law_it_is_decided_under_however_that_is_spelled() => Assert.IsType<ExtensionDecision.Granted>(
        RequestClock.Extend(Erasure(At("Europe/Berlin", 2026, 1, 31)), new("EU-GDPR", At("Europe/Berlin", 2026, 2, 5), "four systems"), new("EU-GDPR", "DE"), Book));

    [Fact]
    public void A_notice_under_one_law_extends_no_other()
    {
        var facts = Erasure(At("America/Los_Angeles", 2026, 7, 1)) with { Extensions = [new("us-ca-ccpa", At("America/Los_Angeles", 2026, 7, 10), "volume")] };

        Assert.Null(RequestClock.Row(facts, Germany, Book)!.ExtendedOn);
    }

    [Fact]
    public void A_british_clock_stands_while_identity_is_awaited()
    {
        var england = new LawPlace("uk-gdpr", "GB-ENG");
        var facts = Erasure(At("Europe/London", 2026, 3, 2)) with { Pauses = [new(PauseReason.Identity, At("Europe/London", 2026, 3, 4), null)] };

        var row = RequestClock.Row(facts, england, Book)!;

        Assert.Equal(PauseReason.Identity, row.StandsFor);
        Assert.Equal(new DateOnly(2026, 4, 7), row.Complete.Safe); // 4 April is a Saturday, then Easter
        Assert.Equal(UnverifiedAdvice.Wait, UnverifiedRequest.Advise(row, At("Europe/London", 2026, 6, 1), Book));
    }

    [Fact]
    public void Waiting_for_a_clarification_is_read_both_ways()
    {
        var facts = Erasure(At("Europe/London", 2026, 6, 1)) with { Pauses = [new(PauseReason.Clarification, At("Europe/London", 2026, 6, 10), At("Europe/London", 2026, 6, 17))] };

        var row = RequestClock.Row(facts, new("uk-gdpr", "GB-ENG"), Book)!;

        Assert.Equal((new DateOnly(2026, 7, 8), new DateOnly(2026, 7, 17)), (row.Complete.Safe, row.Complete.Legal));
    }

    [Fact]
    public void The_day_of_receipt_is_local_to_the_law()
    {
        var moment = new DateTimeOffset(2026, 7, 1, 23, 30, 0, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 7, 2), RequestClock.Row(Erasure(moment), Germany, Book)!.Received);
        Assert.Equal(new DateOnly(2026, 7, 1), RequestClock.Row(Erasure(moment), California, Book)!.Received);
    }

    [Fact]
    public void Ten_business_days_leave_out_a_holiday_only_in_the_legal_date()
    {
        var row = RequestClock.Row(Erasure(At("America/Los_Angeles", 2026, 11, 9)), California, Book)!;

        Assert.Equal((new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 24)), (row.Acknowledge!.Safe, row.Acknowledge.Legal));
    }

    [Fact]
    public void A_date_says_how_it_was_made()
    {
        var date = RequestClock.Row(Erasure(At("Europe/Berlin", 2026, 1, 31)), Germany, Book)!.Complete;

        Assert.Equal("2026-03-02: 1 month from 2026-01-31 (Europe/Berlin), under EU GDPR version 1 (Art. 12(3): one month of receipt; Reg. 1182/71 Art. 3), "
            + "a last day on a weekend or holiday moved on by calendar DE version 1. Computed to plan work; not legal advice.", date.Explain);
        Assert.Equal(("eu-gdpr", 1, "DE", 1), (date.Law, date.LawVersion, date.Calendar, date.CalendarVersion));
    }

    [Fact]
    public void An_assumed_rule_says_so_in_each_of_its_dates()
    {
        var iowa = RequestClock.Row(Erasure(At("America/Chicago", 2026, 1, 5)), new("us-ia", "US-IA"), Book)!;

        Assert.True(iowa.Complete.Assumed);
        Assert.Contains("assumed default", iowa.Complete.Explain, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 4, 5), iowa.Complete.Safe);
    }

    private static string? Day(ComputedDate? date) => date?.Safe.ToString("yyyy-MM-dd");
}
