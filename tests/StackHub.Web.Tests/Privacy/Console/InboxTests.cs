using System.Net;
using StackHub.Privacy;
using StackHub.Privacy.Clocks;
using StackHub.Privacy.Planning;
using StackHub.Privacy.Tasks;
using StackHub.Records;
using StackHub.Security;
using StackHub.Web.Privacy.Console;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed class InboxTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_earliest_safe_date_is_on_top()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var california = await desk.SubmitAsync("erasure", place: "US-CA");
        var germany = await desk.SubmitAsync("access", place: "DE");

        var page = await desk.Officer.PageAsync("privacy");

        Assert.True(page.IndexOf(germany.ToString(), StringComparison.Ordinal) < page.IndexOf(california.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(OfficerDesk.Ada, page, StringComparison.Ordinal);
    }

    /// <summary>The day ends later in California than in UTC; by UTC it would read a day too late.</summary>
    [Fact]
    public async Task The_safe_date_is_the_day_of_where_the_person_lives_and_the_law_has_its_name()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", place: "US-CA");
        var safe = (await desk.FindAsync(id)).Due(LawBook.Default).Single().Row.Complete.Safe;

        var page = await desk.Officer.PageAsync("privacy");

        Assert.Contains(PrivacyPhrases.Day(safe), page, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivacyPhrases.Day(safe.AddDays(1)), page, StringComparison.Ordinal);
        Assert.Contains("CCPA/CPRA, US-CA", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_systems_are_told_by_two_and_how_many_more() =>
        Assert.Equal(["crm", "a, b, c", "a, b and 2 more"], new[] { PrivacyPhrases.Few(["crm"]), PrivacyPhrases.Few(["a", "b", "c"]), PrivacyPhrases.Few(["a", "b", "c", "d"]) });

    [Fact]
    public async Task What_is_past_its_safe_date_says_so_and_can_be_asked_for()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");
        Assert.DoesNotContain(id.ToString(), await desk.Officer.PageAsync("privacy?state=overdue"), StringComparison.Ordinal);

        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(40));
        using var later = await ConsoleVisit.SignedInAsync(desk.Hub, Role.PrivacyOfficer);
        var page = await later.PageAsync("privacy?state=overdue");

        Assert.Contains(id.ToString(), page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"badge bad\">Overdue</span>", page, StringComparison.Ordinal);
        Assert.Contains("You may deny it below", await later.PageAsync($"privacy/requests/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_filter_shows_its_own_and_counts_them()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var unverified = await desk.SubmitAsync("access");
        var planned = await desk.SubmitAsync("erasure", "seen in person");
        var over = await desk.SubmitAsync("portability");
        await desk.DoAsync(over, "cancel");

        var (verify, approve, closed, open) = (await desk.Officer.PageAsync("privacy?state=unverified"), await desk.Officer.PageAsync("privacy?state=approval"), await desk.Officer.PageAsync("privacy?state=closed"), await desk.Officer.PageAsync("privacy"));

        Assert.Equal((true, false, false), Has(verify));
        Assert.Equal((false, true, false), Has(approve));
        Assert.Equal((false, false, true), Has(closed));
        Assert.Equal((true, true, false), Has(open));
        Assert.Contains("All open (2)", open, StringComparison.Ordinal);
        (bool, bool, bool) Has(string page) => (page.Contains(unverified.ToString(), StringComparison.Ordinal), page.Contains(planned.ToString(), StringComparison.Ordinal), page.Contains(over.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_that_is_none_is_refused()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.GetAsync("privacy?state=everything")).StatusCode);
    }

    [Fact]
    public void A_system_that_cannot_be_proven_in_time_is_red_until_it_is_proven()
    {
        var request = new PrivacyRequest(RequestId.New(Noon), PrivacyRequestKind.Erasure, SubjectClaims.None, Noon, "public") { State = PrivacyRequestState.Planned };
        SystemFeasibility[] late = [new("hubspot", Noon, Noon.AddDays(40), InTime: false, "no"), new("crm", Noon, Noon, InTime: true, "yes")];
        var task = new PrivacyTask(request.Id, new SystemId("hubspot"), TaskAction.Erase, 0) { Items = [new("contacts", "1")] };
        InboxLine Line(PrivacyRequestState state, PrivacyTask one) => new(request with { State = state }, [], Noon.AddDays(30), false, [one], "");

        Assert.Equal(["hubspot"], InboxRow.Of(Line(PrivacyRequestState.Planned, task), late, LawBook.Default).Late);
        Assert.Equal(["hubspot"], InboxRow.Of(Line(PrivacyRequestState.InProgress, task), late, LawBook.Default).Late);
        Assert.Empty(InboxRow.Of(Line(PrivacyRequestState.InProgress, task with { Status = PrivacyTaskStatus.Done }), late, LawBook.Default).Late);
        Assert.Single(InboxModel.Of("red", [Line(PrivacyRequestState.Planned, task)], _ => late, [], LawBook.Default).Rows);
        Assert.Empty(InboxModel.Of("red", [Line(PrivacyRequestState.Planned, task)], _ => [late[1]], [], LawBook.Default).Rows);
    }

    [Fact]
    public async Task A_request_is_found_by_its_number_and_by_the_person()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var first = await desk.SubmitAsync("access");
        Assert.EndsWith($"requests/{first}", (await desk.Officer.PostAsync("privacy/find", ("q", OfficerDesk.Ada))).Headers.Location!.ToString(), StringComparison.Ordinal);
        var second = await desk.SubmitAsync("erasure");

        var both = await (await desk.Officer.PostAsync("privacy/find", ("q", OfficerDesk.Ada))).Content.ReadAsStringAsync();

        Assert.Contains(first.ToString(), both, StringComparison.Ordinal);
        Assert.Contains(second.ToString(), both, StringComparison.Ordinal);
        Assert.EndsWith($"requests/{first}", (await desk.Officer.PostAsync("privacy/find", ("q", first.ToString()))).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nobody asked by that", await (await desk.Officer.PostAsync("privacy/find", ("q", "nobody@else.example"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewers_and_operators_see_nothing_of_it_and_no_way_there()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");
        using var visit = await ConsoleVisit.SignedInAsync(desk.Hub, Role.Viewer, Role.Operator);

        foreach (var path in (string[])["privacy", $"privacy/requests/{id}", $"privacy/requests/{id}/receipt", "consent", $"consent/{desk.Person}", "holds", "privacy/new"])
            Assert.Equal(HttpStatusCode.Forbidden, (await visit.GetAsync(path)).StatusCode);
        Assert.DoesNotContain("href=\"privacy\"", await visit.PageAsync("capabilities"), StringComparison.Ordinal);
        Assert.Contains("href=\"privacy\"", await desk.Approver.PageAsync("capabilities"), StringComparison.Ordinal);
    }
}
