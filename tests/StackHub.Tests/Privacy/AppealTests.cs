using StackHub.Identity;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Testing.Privacy;

namespace StackHub.Tests.Privacy;

/// <summary>A denial that is looked at again.</summary>
public sealed class AppealTests
{
    private const string Ada = "ada.lovelace@example.com";
    private const string Virginia = "us-va/US-VA";
    private static readonly LawBook Book = LawBook.Default;
    private static readonly DateTimeOffset Now = new(2026, 9, 20, 15, 0, 0, TimeSpan.Zero);
    private static readonly Denial Denial = new("59.1-578: a legal obligation", "appeal on this page", "olga", Now.AddDays(-1));

    [Fact]
    public void While_it_is_appealed_its_dates_are_those_of_the_appeal()
    {
        var appealed = Moved(RequestMoves.Appeal(Denied(), "public", Now, Now));

        var due = Assert.Single(appealed.Due(Book));

        Assert.Equal((new DateOnly(2026, 9, 20), new DateOnly(2026, 11, 19)), (due.Row.Received, due.Row.Complete.Safe));
        Assert.Empty((appealed with { Laws = ["us-ut/US-UT"] }).Due(Book));
    }

    [Fact]
    public void Only_what_was_denied_is_appealed_not_before_that_day_and_once()
    {
        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Appeal(Denied() with { State = PrivacyRequestState.Planned }, "public", Now, Now)));
        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Appeal(Denied(), "olga", Now.AddDays(-2), Now)));
        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Appeal(Denied(), "olga", Now.AddHours(1), Now)));
        var appealed = Moved(RequestMoves.Appeal(Denied(), "olga", Now, Now));
        Assert.Same(appealed, Moved(RequestMoves.Appeal(appealed, "olga", Now, Now)));
        var stands = Moved(RequestMoves.Answer(appealed, new(false, "the ground holds", "omar", Now)));
        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Appeal(stands, "public", Now, Now)));
    }

    [Fact]
    public void Who_denied_never_answers_and_an_answer_says_why()
    {
        var appealed = Moved(RequestMoves.Appeal(Denied(), "public", Now, Now));

        Assert.Equal(RequestRefusal.OwnDenial, Refused(RequestMoves.Answer(appealed, new(true, "an error", "Olga", Now))));
        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Answer(appealed, new(true, " ", "omar", Now))));
        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Deny(appealed, Denial)));
        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Answer(Denied(), new(true, "an error", "omar", Now))));
    }

    [Theory]
    [InlineData(true, PrivacyRequestState.Verified)]
    [InlineData(false, PrivacyRequestState.Received)]
    public void Granted_it_goes_on_from_where_it_was_verified_and_nothing_that_was_planned_stands(bool verified, PrivacyRequestState to)
    {
        var denied = Denied() with { Verification = verified ? new("code", "confirmed", Now) : null, Plan = new() { Systems = [], Items = [] } };

        var goesOn = Moved(RequestMoves.Answer(Moved(RequestMoves.Appeal(denied, "public", Now, Now)), new(true, "no invoice is open", "omar", Now)));

        Assert.Equal((to, null, null), (goesOn.State, goesOn.Denial, goesOn.Plan));
        Assert.Equal(to, Moved(RequestMoves.Answer(goesOn, new(true, "no invoice is open", "omar", Now))).State);
    }

    [Fact]
    public async Task An_appeal_that_is_granted_ends_in_an_erasure_whose_receipt_is_the_persons()
    {
        await using var scene = await SceneAsync();
        var id = (await scene.PlannedAsync(Ada)).Id;
        await scene.Desk.DenyAsync(id, "olga", "GDPR 17(3)(e)", "write to us", default);
        Assert.Empty(await scene.Store.OpenAsync(default));

        Moved(await scene.Desk.AppealAsync(id, "public", null, default));
        Assert.Equal([id], await scene.Store.OpenAsync(default));
        Moved(await scene.Desk.AnswerAppealAsync(id, granted: true, "omar", "no claim is left", default));
        await scene.Hub.PumpAsync();
        await scene.ApproveAsync(await scene.RequestAsync(id));
        await scene.PassAsync(TimeSpan.FromDays(40), TimeSpan.FromHours(12));

        Assert.Equal(PrivacyRequestState.Complete, (await scene.RequestAsync(id)).State);
        var content = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify((await scene.Hub.Get<RequestReceipts>().FindAsync(id, default))!, null)).Content;
        Assert.Contains(content.Subject, commitment => commitment.Kind == IdentityKey.Email);
        string[] told = [.. (await scene.Hub.Get<PrivacyTrail>().ListAsync(id, default)).Select(entry => entry.What)];
        Assert.Equal(["denied", "appealed", "verified"], told.Where(what => what is "denied" or "appealed" or "verified").TakeLast(3));
    }

    [Fact]
    public async Task Turned_down_it_is_over_again_and_the_secret_stays_destroyed()
    {
        await using var scene = await SceneAsync();
        var id = (await scene.PlannedAsync(Ada)).Id;
        await scene.Desk.DenyAsync(id, "olga", "GDPR 17(3)(e)", "write to us", default);
        await scene.Desk.AppealAsync(id, "public", null, default);

        Assert.Equal(RequestRefusal.OwnDenial, Refused(await scene.Desk.AnswerAppealAsync(id, granted: true, "olga", "an error", default)));
        var stands = Moved(await scene.Desk.AnswerAppealAsync(id, granted: false, "omar", "a claim is pending", default));

        Assert.Equal((PrivacyRequestState.Denied, false), (stands.State, stands.Appeal!.Answer!.Granted));
        Assert.Empty(await scene.Store.OpenAsync(default));
        Assert.Null(await scene.Hub.Get<RequestSecrets>().FindAsync(id.ToString(), default));
        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.Hub.Get<RequestSecrets>().GetOrMakeAsync(id.ToString(), default));
    }

    [Fact]
    public async Task A_crash_while_it_is_opened_again_is_mended_by_the_timer_or_by_sending_it_again()
    {
        await using var scene = await SceneAsync();
        var id = (await scene.PlannedAsync(Ada)).Id;
        await scene.Desk.DenyAsync(id, "olga", "GDPR 17(3)(e)", "write to us", default);
        scene.Hub.Tables.Before = operation => operation == "tables.write privacy" ? throw new IOException("the process died here") : Task.CompletedTask;
        await Assert.ThrowsAsync<IOException>(() => scene.Desk.AppealAsync(id, "public", null, default));
        scene.Hub.Tables.Before = null;
        Assert.Equal(PrivacyRequestState.Denied, (await scene.RequestAsync(id)).State);

        await scene.WatchAsync();
        Assert.Empty(await scene.Store.OpenAsync(default));
        Moved(await scene.Desk.AppealAsync(id, "public", null, default));

        Assert.Equal([id], await scene.Store.OpenAsync(default));
    }

    private static PrivacyRequest Denied() => new(RequestId.Parse("0198c0de000070008000000000000001"), PrivacyRequestKind.Erasure, new() { Emails = [Ada] }, Now.AddDays(-19), "public")
    {
        State = PrivacyRequestState.Denied,
        Denial = Denial,
        Laws = [Virginia],
    };

    private static PrivacyRequest Moved(MoveAnswer answer) => Assert.IsType<MoveAnswer.Moved>(answer).Request;

    private static RequestRefusal Refused(MoveAnswer answer) => Assert.IsType<MoveAnswer.Refused>(answer).Code;

    private static async Task<PrivacyScene> SceneAsync()
    {
        var scene = new PrivacyScene("salesforce", "zendesk");
        scene.Person("salesforce", Ada);
        await scene.SyncAsync();
        return scene;
    }
}
