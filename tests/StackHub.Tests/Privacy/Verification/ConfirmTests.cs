using StackHub.Privacy.Verification;

namespace StackHub.Tests.Privacy.Verification;

public sealed class ConfirmTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Challenge Sent = new("r1", "c1", "code", "token", Now.AddMinutes(-5), Now.AddMinutes(25));
    private static readonly Attempt Right = new(IsPost: true, IsTyped: true, BelongsToRequest: true, Matches: true);

    [Fact]
    public void The_right_code_by_post_confirms_once() =>
        Assert.Equal(Now, Assert.IsType<Confirmation.Confirmed>(Confirm.Decide(Sent, Right, Now)).After.ConfirmedAt);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void S7_a_get_decides_nothing_whatever_it_presents(int tries) =>
        Assert.IsType<Confirmation.FormOnly>(Confirm.Decide(Sent with { Tries = tries }, Right with { IsPost = false }, Now));

    [Fact]
    public void S7_a_second_post_is_a_conflict() =>
        Assert.IsType<Confirmation.UsedBefore>(Confirm.Decide(Sent with { ConfirmedAt = Now }, Right with { IsTyped = false }, Now));

    [Fact]
    public void S8_the_fourth_code_is_locked_even_when_it_is_right()
    {
        var challenge = Sent;
        for (var wrong = 0; wrong < 3; wrong++)
            challenge = Assert.IsType<Confirmation.Wrong>(Confirm.Decide(challenge, Right with { Matches = false }, Now)).After;

        Assert.IsType<Confirmation.Locked>(Confirm.Decide(challenge, Right, Now));
    }

    [Fact]
    public void S8_guesses_of_somebody_else_do_not_stop_the_persons_own_link() =>
        Assert.IsType<Confirmation.Confirmed>(Confirm.Decide(Sent with { Tries = 3 }, Right with { IsTyped = false }, Now));

    [Fact]
    public void S8_wrong_old_locked_and_never_sent_have_one_public_answer()
    {
        Confirmation[] refused = [new Confirmation.Wrong(Sent), new Confirmation.Expired(), new Confirmation.Locked(), new Confirmation.NothingSent()];

        Assert.Single(refused.Select(PublicAnswer.To).Distinct());
    }

    [Fact]
    public void S11_a_token_of_another_request_is_forbidden_and_counts_no_try() =>
        Assert.IsType<Confirmation.OtherRequest>(Confirm.Decide(Sent, new(IsPost: true, IsTyped: false, BelongsToRequest: false, Matches: true), Now));

    [Theory]
    [InlineData(-1, typeof(Confirmation.Confirmed))]
    [InlineData(0, typeof(Confirmation.Expired))]
    public void A_code_is_good_until_its_last_moment(int seconds, Type expected) =>
        Assert.IsType(expected, Confirm.Decide(Sent, Right, Sent.ExpiresAt.AddSeconds(seconds)));

    [Fact]
    public void Statuses_are_those_the_web_knows() => Assert.Equal(
        [200, 200, 409, 403, 422],
        new Confirmation[] { new Confirmation.Confirmed(Sent), new Confirmation.FormOnly(), new Confirmation.UsedBefore(), new Confirmation.OtherRequest(), new Confirmation.Locked() }.Select(confirmation => PublicAnswer.To(confirmation).Status));
}
