using FsCheck;
using FsCheck.Fluent;
using StackHub.Records;

namespace StackHub.Tests.Records;

public sealed class CellTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly SystemId Crm = new("crm");

    private static Observation Seen(int second, string? value) => new(Start.AddSeconds(second), new(value));

    private static HubWrite Wrote(int second, string value, string? stored = null, int length = 0) => new(Start.AddSeconds(second), new(value))
    {
        Stored = new(stored ?? value),
        Until = Start.AddSeconds(second + length),
        Author = new(Crm, Start.AddSeconds(second - 1)),
    };

    private static Cell Of(IEnumerable<Observation> seen, params HubWrite[] written)
    {
        var cell = Cell.Empty;
        foreach (var observation in seen)
            cell = cell.With(observation, Horizon.Default);
        foreach (var write in written)
            cell = cell.With(write, Horizon.Default);
        return cell;
    }

    [Fact]
    public void An_unrelated_edit_does_not_make_a_stale_value_look_new()
    {
        var cell = Of([Seen(1, "555-1"), Seen(60, "555-1")]);

        Assert.Equal(Seen(1, "555-1"), cell.State.Claim);
    }

    [Fact]
    public void A_late_old_observation_sharpens_the_date_and_revives_nothing()
    {
        var cell = Of([Seen(10, "new"), Seen(5, "old"), Seen(8, "new")]);

        Assert.Equal(Seen(8, "new"), cell.State.Claim);
    }

    [Fact]
    public void A_late_other_value_inside_a_run_splits_it()
    {
        var cell = Of([Seen(1, "a"), Seen(9, "a"), Seen(5, "b")]);

        Assert.Equal(Seen(9, "a"), cell.State.Claim);
    }

    [Fact]
    public void An_echo_of_our_own_write_is_no_claim()
    {
        var cell = Of([Seen(1, "old"), Seen(5, "new")], Wrote(5, "new"));

        Assert.Equal(Seen(1, "old"), cell.State.Claim);
        Assert.Equal("new", cell.State.Held?.Text);
    }

    [Fact]
    public void A_value_the_system_normalised_is_its_form_of_what_we_wrote()
    {
        var cell = Of([Seen(1, "x"), Seen(6, "ada@x.com")], Wrote(5, "Ada@X.com", length: 2));

        Assert.Equal("ada@x.com", cell.State.Held?.Text);
        Assert.Equal("Ada@X.com", cell.State.HeldWrite?.Value.Text);
        Assert.Equal(Seen(1, "x"), cell.State.Claim);
    }

    [Theory]
    [InlineData("Analyst", "Countess")]
    [InlineData("VP Sales", "VP")]
    [InlineData("true", "false")]
    [InlineData("1200", "1300")]
    [InlineData("Analyst", null)]
    public void An_edit_within_the_second_of_our_write_is_a_claim(string written, string? edited)
    {
        var cell = Of([Seen(1, "x"), Seen(6, edited)], Wrote(5, written, length: 2));

        Assert.Equal(Seen(6, edited), cell.State.Claim);
    }

    [Theory]
    [InlineData("Zoë  O'Neill", "ZOË ONEILL")]
    [InlineData("+1 (415) 555-0100", "4155550100")]
    [InlineData("Director of Everything and Then Some", "Director of Everything and")]
    [InlineData("12.345", "12.35")]
    [InlineData("***", "***")]
    public void A_systems_own_form_within_the_second_of_our_write_is_no_claim(string written, string stored)
    {
        var cell = Of([Seen(1, "x"), Seen(6, stored)], Wrote(5, written, length: 2));

        Assert.Equal(Seen(1, "x"), cell.State.Claim);
        Assert.Equal(stored, cell.State.Held?.Text);
    }

    [Fact]
    public void When_the_answer_told_what_was_stored_another_value_in_that_second_is_a_claim()
    {
        var cell = Of([Seen(1, "x"), Seen(6, "ADA")], Wrote(5, "Ada", length: 2) with { Form = OwnForm.Exact });

        Assert.Equal(Seen(6, "ADA"), cell.State.Claim);
    }

    [Fact]
    public void An_edit_before_our_write_in_the_same_second_is_a_claim_and_our_write_is_what_is_held()
    {
        var cell = Of([Seen(1, "x"), Seen(5, "edited"), Seen(7, "ours")], Wrote(6, "ours", length: 2) with { Since = Start.AddSeconds(5) });

        Assert.Equal(Seen(5, "edited"), cell.State.Claim);
        Assert.Equal("ours", cell.State.Held?.Text);
    }

    [Fact]
    public void An_echo_that_a_coarse_clock_puts_before_our_write_is_no_claim()
    {
        var cell = Of([Seen(1, "x"), Seen(5, "ours")], Wrote(6, "ours") with { Since = Start.AddSeconds(5) });

        Assert.Equal(Seen(1, "x"), cell.State.Claim);
        Assert.Equal("ours", cell.State.Held?.Text);
    }

    [Fact]
    public void What_was_held_before_a_write_and_has_the_same_time_is_from_before()
    {
        var cell = Of([Seen(1, "x"), Seen(6, "x")], Wrote(6, "ours"));

        Assert.Equal(Seen(1, "x"), cell.State.Claim);
        Assert.Equal("ours", cell.State.Held?.Text);
    }

    [Fact]
    public void Of_two_writes_in_one_second_the_one_that_was_answered_later_is_held()
    {
        Assert.Equal("a", Of([], Wrote(5, "z", length: 2), Wrote(5, "a", length: 3)).State.Held?.Text);
        Assert.Equal("z", Of([], Wrote(5, "z", length: 3), Wrote(5, "a", length: 2)).State.Held?.Text);
    }

    [Fact]
    public void A_write_without_an_answer_is_held_only_when_it_is_seen()
    {
        var sent = Wrote(5, "ours", length: 60) with { Unanswered = true };

        Assert.Equal("x", Of([Seen(1, "x")], sent).State.Held?.Text);
        Assert.Equal("ours", Of([Seen(1, "x"), Seen(7, "ours")], sent).State.Held?.Text);
        Assert.Equal(Seen(1, "x"), Of([Seen(1, "x"), Seen(7, "ours")], sent).State.Claim);
    }

    [Fact]
    public void An_edit_after_a_write_without_an_answer_is_a_claim()
    {
        var cell = Of([Seen(1, "x"), Seen(7, "edited")], Wrote(5, "ours", length: 60) with { Unanswered = true });

        Assert.Equal(Seen(7, "edited"), cell.State.Claim);
    }

    [Fact]
    public void A_return_to_the_value_of_an_old_write_without_an_answer_is_a_claim()
    {
        var sent = Wrote(5, "ours", length: 10) with { Unanswered = true };

        Assert.Equal(Seen(90, "ours"), Of([Seen(1, "x"), Seen(80, "edited"), Seen(90, "ours")], sent).State.Claim);
        Assert.Equal(Seen(90, "ours"), Of([Seen(1, "x"), Seen(90, "ours")], sent, Wrote(40, "later")).State.Claim);
    }

    [Fact]
    public void A_persons_edit_that_our_write_ran_over_is_still_their_claim()
    {
        var cell = Of([Seen(1, "old"), Seen(4, "edited")], Wrote(5, "ours"));

        Assert.Equal(Seen(4, "edited"), cell.State.Claim);
        Assert.Equal("ours", cell.State.Held?.Text);
    }

    [Fact]
    public void A_persons_return_to_the_old_value_after_our_write_is_a_claim()
    {
        var cell = Of([Seen(1, "old"), Seen(9, "old")], Wrote(5, "ours"));

        Assert.Equal(Seen(9, "old"), cell.State.Claim);
    }

    [Fact]
    public void A_field_that_never_had_a_value_was_not_cleared()
    {
        Assert.Null(Of([Seen(1, null), Seen(9, null)]).State.Claim);
        Assert.Equal(Seen(9, null), Of([Seen(1, "x"), Seen(9, null)]).State.Claim);
    }

    [Fact]
    public void Any_order_and_repetition_of_the_same_facts_gives_the_same_cell()
    {
        var facts = Gen.Choose(0, 12).SelectMany(second => Gen.Elements("a", "b", "c", null).Select(value => Seen(second, value))).ListOf(12);
        var writes = Gen.Choose(0, 12).SelectMany(second => Gen.Elements("a", "b", "d").SelectMany(value => Gen.Choose(0, 3).Select(kind => Wrote(second, value, length: kind) with { Unanswered = kind == 3 }))).ListOf(3);
        var cases = facts.SelectMany(seen => writes.SelectMany(written => Gen.Choose(0, int.MaxValue).Select(seed => (seen, written, seed)))).ToArbitrary();

        Prop.ForAll(cases, facts =>
        {
            var random = new Random(facts.seed);
            var once = Steps(facts.seen, facts.written).ToArray();
            var shuffled = once.Concat(once.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(shuffled);
            var (straight, mixed) = (Apply(once), Apply(shuffled));
            return straight.Equals(mixed) && straight.State.Claim == mixed.State.Claim && straight.State.Held == mixed.State.Held
                && Apply(once[..6]).Union(Apply(once[6..]), Horizon.Default).Equals(straight);
        }).QuickCheckThrowOnFailure();

        static IEnumerable<object> Steps(IEnumerable<Observation> seen, IEnumerable<HubWrite> written) => seen.Cast<object>().Concat(written.Distinct().Cast<object>());

        static Cell Apply(IEnumerable<object> steps) => steps.Aggregate(Cell.Empty, (cell, step) => step is Observation observation
            ? cell.With(observation, Horizon.Default)
            : cell.With((HubWrite)step, Horizon.Default));
    }

    [Fact]
    public void Behind_the_horizon_the_claim_and_what_is_held_stay()
    {
        var horizon = new Horizon(TimeSpan.FromMinutes(1), 8);
        var cell = Enumerable.Range(0, 500).Aggregate(Cell.Empty, (cell, index) => cell.With(Seen(index * 10, $"v{index / 50}"), horizon));

        Assert.Equal("v9", cell.State.Claim?.Value.Text);
        Assert.Equal("v0", cell.State.Authored[0].Value.Text);
        Assert.InRange(cell.Seen.Length, 2, 12);
    }

    [Fact]
    public void A_long_run_keeps_its_start_however_often_it_is_seen()
    {
        var cell = Enumerable.Range(0, 1_000).Aggregate(Cell.Empty, (cell, day) => cell.With(new Observation(Start.AddDays(day), new("same")), Horizon.Default));

        Assert.Equal(Start, cell.State.Claim?.At);
        Assert.True(cell.Seen.Length <= 64);
    }
}
