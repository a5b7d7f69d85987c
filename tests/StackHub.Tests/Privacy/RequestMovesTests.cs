using StackHub.Privacy;
using StackHub.Privacy.Planning;
using StackHub.Records;

namespace StackHub.Tests.Privacy;

public sealed class RequestMovesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RequestPlan Plan = new() { Systems = [new(new("hubspot"), TaskAction.Erase, 0, "")], Items = [new(new("hubspot"), "contacts", "1", new(Guid.Empty), "", ["DELETE /contacts/1"])] };

    [Fact]
    public void A_request_is_verified_planned_approved_and_follows_its_tasks()
    {
        var planned = Planned();

        var approved = Moved(RequestMoves.Approve(planned, planned.Id, "olga", Plan.Fingerprint, Now));
        var begun = Moved(RequestMoves.Follow(approved, PrivacyRequestState.InProgress, "begun", Now));
        var complete = Moved(RequestMoves.Follow(begun, PrivacyRequestState.Complete, "done", Now));

        Assert.Equal(
            [PrivacyRequestState.Verified, PrivacyRequestState.Planned, PrivacyRequestState.Approved, PrivacyRequestState.InProgress, PrivacyRequestState.Complete],
            complete.History.Select(step => step.To));
    }

    [Fact]
    public void S10_An_unverified_request_cannot_be_approved()
    {
        var received = Received();

        Assert.Equal(RequestRefusal.NotVerified, Refused(RequestMoves.Approve(received, null, "olga", "", Now)));
        Assert.Equal(RequestRefusal.NotVerified, Refused(RequestMoves.Plan(received, Plan, Now)));
    }

    [Fact]
    public void Who_submits_never_approves() =>
        Assert.Equal(RequestRefusal.OwnSubmission, Refused(RequestMoves.Approve(Planned(), null, "Form", Plan.Fingerprint, Now)));

    [Fact]
    public void A_wide_plan_needs_two_approvers_who_are_not_the_same()
    {
        var wide = Plan with { Wide = ["40 records"], ApprovalsNeeded = 2 };
        var planned = Planned(wide);

        var once = Moved(RequestMoves.Approve(planned, null, "olga", wide.Fingerprint, Now));
        var same = Moved(RequestMoves.Approve(once, null, "OLGA", wide.Fingerprint, Now));
        var twice = Moved(RequestMoves.Approve(same, null, "omar", wide.Fingerprint, Now));

        Assert.Equal(PrivacyRequestState.Planned, once.State);
        Assert.Same(once, same);
        Assert.Equal(PrivacyRequestState.Approved, twice.State);
    }

    [Fact]
    public void A_new_plan_takes_the_approvals_of_the_old_one_with_it()
    {
        var wide = Plan with { Wide = ["40 records"], ApprovalsNeeded = 2 };
        var once = Moved(RequestMoves.Approve(Planned(wide), null, "olga", wide.Fingerprint, Now));
        var wider = wide with { Wide = ["41 records"] };

        var anew = Moved(RequestMoves.Plan(once, wider, Now));

        Assert.Empty(anew.Approvals);
        Assert.Equal(RequestRefusal.PlanChanged, Refused(RequestMoves.Approve(anew, null, "omar", wide.Fingerprint, Now)));
    }

    [Fact]
    public void A_denial_names_its_ground_and_the_way_to_appeal()
    {
        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Deny(Planned(), new("legal claims", "", "olga", Now))));

        var denied = Moved(RequestMoves.Deny(Planned(), new("GDPR 17(3)(e): legal claims", "privacy@example.com, within 60 days", "olga", Now)));

        Assert.Equal(PrivacyRequestState.Denied, denied.State);
        Assert.Same(denied, Moved(RequestMoves.Deny(denied, new("other", "other", "omar", Now))));
    }

    [Fact]
    public void What_began_cannot_be_denied_or_cancelled()
    {
        var approved = Moved(RequestMoves.Approve(Planned(), null, "olga", Plan.Fingerprint, Now));
        var begun = Moved(RequestMoves.Follow(approved, PrivacyRequestState.InProgress, "begun", Now));

        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Deny(begun, new("ground", "appeal", "olga", Now))));
        Assert.Equal(RequestRefusal.WrongState, Refused(RequestMoves.Cancel(begun, "public", Now)));
    }

    [Fact]
    public void Only_records_that_were_found_can_be_chosen()
    {
        RecordId[] found = [RecordId.New(Now), RecordId.New(Now)];
        var asked = Moved(RequestMoves.Ask(Verified(), "a shared mailbox", found, Now));

        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Choose(asked, [RecordId.New(Now)], "olga", "it is them", Now)));
        Assert.Equal(RequestRefusal.Incomplete, Refused(RequestMoves.Choose(asked, [found[0]], "olga", " ", Now)));
        Assert.Equal([found[1]], Moved(RequestMoves.Choose(asked, [found[1]], "olga", "passport seen", Now)).Chosen);
    }

    [Fact]
    public void Nothing_leaves_a_closed_request_and_a_denial_only_by_an_appeal()
    {
        PrivacyRequestState[] closed = [PrivacyRequestState.Cancelled, PrivacyRequestState.Rejected];

        Assert.DoesNotContain(closed, from => Enum.GetValues<PrivacyRequestState>().Any(to => from.CanBecome(to)));
        Assert.Equal([PrivacyRequestState.Appealed], Enum.GetValues<PrivacyRequestState>().Where(to => PrivacyRequestState.Denied.CanBecome(to)));
    }

    [Fact]
    public void Only_what_was_verified_can_come_to_be_carried_out()
    {
        var reached = new HashSet<PrivacyRequestState> { PrivacyRequestState.Received };
        while (Enum.GetValues<PrivacyRequestState>().Where(to => to != PrivacyRequestState.Verified && reached.Any(from => from.CanBecome(to)) && reached.Add(to)).ToArray().Length > 0)
            continue;

        Assert.DoesNotContain(PrivacyRequestState.InProgress, reached);
        Assert.DoesNotContain(PrivacyRequestState.Approved, reached);
    }

    private static PrivacyRequest Received() => new(RequestId.New(Now), PrivacyRequestKind.Erasure, new() { Emails = ["a@example.com"] }, Now, "form");

    private static PrivacyRequest Verified() => Moved(RequestMoves.Verify(Received(), new("code", "confirmed by code", Now)));

    private static PrivacyRequest Planned(RequestPlan? plan = null) => Moved(RequestMoves.Plan(Verified(), plan ?? Plan, Now));

    private static PrivacyRequest Moved(MoveAnswer answer) => Assert.IsType<MoveAnswer.Moved>(answer).Request;

    private static RequestRefusal Refused(MoveAnswer answer) => Assert.IsType<MoveAnswer.Refused>(answer).Code;
}
