using System.Net;
using System.Text.RegularExpressions;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Receipts;
using StackHub.Privacy.Tasks;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Testing.Snapshots;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed partial class RequestPageTests
{
    [Fact]
    public async Task A_request_is_verified_with_a_reason_and_then_shows_its_plan()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");
        Assert.Contains("Is it really from the person?", await desk.PageAsync(id), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/verify", ("reason", " "))).StatusCode);
        await desk.DoAsync(id, "verify", ("reason", "called back on the number in the contract"));
        await desk.RunAsync(id);
        var page = await desk.PageAsync(id);

        Assert.All(["called back on the number in the contract", "id=\"plan\"", "by hand: contacts/1", "by hand: contacts/9", "0 of 1 given", (await desk.FindAsync(id)).Plan!.Fingerprint], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Dates_are_explained_and_are_not_legal_advice()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access", place: "US-CA");

        var page = await desk.PageAsync(id);

        Assert.All(["CCPA/CPRA, US-CA", "16 Mar 2026", "15 Apr 2026", "16 Apr 2026", "11 CCR 7021", "This is not legal advice."], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_submits_a_request_never_approves_it()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        using var both = await ConsoleVisit.SignedInAsync(desk.Hub, Role.PrivacyOfficer, Role.Approver);
        var id = await desk.SubmitAsync("erasure", "seen in person", by: both);

        var page = await desk.PageAsync(id, both);
        var refused = await desk.ApproveAsync(both, id);

        Assert.Contains("You submitted this request", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/approve\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(PrivacyRequestState.Planned, (await desk.FindAsync(id)).State);
    }

    [Fact]
    public async Task An_approver_sees_whom_and_what_and_approves_exactly_that()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", "seen in person");
        var page = await desk.PageAsync(id, desk.Approver);
        Assert.Contains("Approve: erase in 2 systems", page, StringComparison.Ordinal);
        Assert.Contains(OfficerDesk.Ada, page, StringComparison.Ordinal);
        using var colleague = await ConsoleVisit.SignedInAsync(desk.Hub, Role.PrivacyOfficer);
        Assert.Contains("To approve takes the role approver.", await desk.PageAsync(id, colleague), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Conflict, (await desk.Approver.PostAsync($"privacy/requests/{id}/approve", ("plan", "another"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.ApproveAsync(desk.Approver, id)).StatusCode);
        Assert.Equal(PrivacyRequestState.Approved, (await desk.FindAsync(id)).State);
    }

    [Fact]
    public async Task A_wide_plan_says_why_and_needs_a_second_approver()
    {
        await using var desk = await OfficerDesk.OpenAsync(moreRecords: 20);
        var id = await desk.SubmitAsync("erasure", "seen in person");
        Assert.Contains("22 records are erased, 20 or more.", await desk.PageAsync(id, desk.Approver), StringComparison.Ordinal);

        await desk.ApproveAsync(desk.Approver, id);
        var (first, second) = (await desk.PageAsync(id, desk.Approver), await desk.PageAsync(id, desk.Second));
        await desk.ApproveAsync(desk.Approver, id);
        Assert.Equal(PrivacyRequestState.Planned, (await desk.FindAsync(id)).State);
        await desk.ApproveAsync(desk.Second, id);

        Assert.Contains("You approved it; a second approver is needed.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("/approve\"", first, StringComparison.Ordinal);
        Assert.Contains("Approve: erase in 2 systems", second, StringComparison.Ordinal);
        Assert.Equal(PrivacyRequestState.Approved, (await desk.FindAsync(id)).State);
    }

    [Fact]
    public async Task What_a_connector_cannot_do_is_done_by_hand_and_shown()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");
        var crm = PrivacyTask.IdOf(StackHub.Privacy.Planning.TaskAction.Manual, WebHub.Crm);
        Assert.Contains("crm: to do by hand", await desk.PageAsync(id), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/show", ("task", crm), ("evidence", ""))).StatusCode);
        await desk.DoAsync(id, "show", ("task", crm), ("evidence", "ticket OPS-142"));
        var page = await desk.PageAsync(id);

        Assert.Contains("Shown by hand", page, StringComparison.Ordinal);
        Assert.Contains("ticket OPS-142", page, StringComparison.Ordinal);
        Assert.Equal(PrivacyTaskStatus.Done, (await desk.Hub.Get<PrivacyStore>().FindAsync(id, crm, CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task The_hubs_own_copy_is_never_let_go_before_the_systems()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");
        var hub = PrivacyTask.IdOf(StackHub.Privacy.Planning.TaskAction.Erase, StackHub.Flows.HubAuthor.System);

        var refused = await desk.Officer.PostAsync($"privacy/requests/{id}/release", ("task", hub), ("reason", "in a hurry"));

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.DoesNotContain("Let This hub go", await desk.PageAsync(id), StringComparison.Ordinal);
        Assert.Null((await desk.Hub.Get<PrivacyStore>().FindAsync(id, hub, CancellationToken.None))!.Released);
    }

    [Fact]
    public async Task The_ladder_shows_when_each_rung_was_reached_and_who_came_back()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");
        var at = desk.Hub.Parts.Time.GetUtcNow();
        await desk.Hub.Get<PrivacyStore>().ChangeAsync(id, PrivacyTask.IdOf(StackHub.Privacy.Planning.TaskAction.Manual, WebHub.Crm), task => task with
        {
            Status = PrivacyTaskStatus.Active,
            Reason = null,
            Items = [new("contacts", "1") { Level = ProofLevel.Absent, RequestedAt = at.AddHours(-5), AcceptedAt = at.AddHours(-4), ConfirmedAt = at.AddHours(-3), AbsentAt = at.AddHours(-2), QuietUntil = at.AddHours(22) }],
            Resurrections = [new("contacts", "1", at.AddHours(-6), "webhook crm-77")],
        }, CancellationToken.None);

        var page = await desk.PageAsync(id);

        Assert.All(["5 h ago", "4 h ago", "3 h ago", "2 h ago", "in 22 h", "Being watched", "webhook crm-77", "the person was there again"], text => Assert.Contains(text, page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hold_is_placed_and_lifted_and_a_record_is_kept_by_right()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", "seen in person");

        await desk.DoAsync(id, "hold", ("key", "k"), ("ground", "litigation 24-118"), ("scope", ""));
        await desk.DoAsync(id, "exempt", ("item", "crm/contacts/1"), ("ground", "invoices"), ("until", "2030-01-01"));
        var (page, holds) = (await desk.PageAsync(id), await desk.Officer.PageAsync("holds"));
        var hold = LiftForm().Match(page).Groups[1].Value;
        await desk.Officer.DoAsync($"holds/{hold}/lift", ("request", id.ToString()));

        Assert.All(["litigation 24-118", "everything, in every system", "crm contacts/1", "invoices", "1 Jan 2030"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains(id.ToString(), holds, StringComparison.Ordinal);
        Assert.DoesNotContain(OfficerDesk.Ada, holds, StringComparison.Ordinal);
        Assert.DoesNotMatch(LiftForm(), await desk.PageAsync(id));
        Assert.Contains("Lifted", await desk.Officer.PageAsync("holds"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_is_placed_before_anybody_asks()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        await desk.Officer.DoAsync("holds", ("key", "k"), ("emails", OfficerDesk.Ada), ("ground", "tax audit"), ("scope", "crm"));

        var id = await desk.SubmitAsync("erasure", "seen in person");

        Assert.Contains("tax audit", await desk.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_denied_on_a_ground_with_a_way_to_appeal()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", "seen in person");

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/deny", ("ground", "Art. 17(3)(b)"))).StatusCode);
        await desk.DoAsync(id, "deny", ("ground", "Art. 17(3)(b)"), ("appeal", "reply to this letter"));
        var page = await desk.PageAsync(id);

        Assert.All(["Art. 17(3)(b)", "reply to this letter", "Denied"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("/deny\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_extended_once_and_by_a_reason()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access", "seen in person");

        var (_, said) = await desk.DoAsync(id, "extend", ("law", "eu-gdpr/DE"), ("reason", "many records"));
        var again = await desk.Officer.PostAsync($"privacy/requests/{id}/extend", ("law", "eu-gdpr/DE"), ("reason", "many records"));

        Assert.Contains("Extended: due by", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("extended on 2 Mar 2026", await desk.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_is_forgotten_whom_it_was_about()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");
        Assert.Contains(OfficerDesk.Ada, await desk.PageAsync(id), StringComparison.Ordinal);

        await desk.DoAsync(id, "cancel");

        Assert.DoesNotContain(OfficerDesk.Ada, await desk.PageAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shared_mailbox_is_for_an_officer_to_judge()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var shared = await desk.Hub.SeenAsync(WebHub.Crm, "70", ("Email", "info@acme.example"), ("FirstName", "Ines"));
        var id = await desk.SubmitAsync("erasure", "seen in person", email: "info@acme.example");
        Assert.Equal(PrivacyRequestState.NeedsReview, (await desk.FindAsync(id)).State);
        Assert.Contains($"value=\"{shared}\"", await desk.PageAsync(id), StringComparison.Ordinal);

        await desk.DoAsync(id, "choose", ("record", shared.ToString()), ("reason", "she wrote from it"));
        await desk.RunAsync(id);

        Assert.Equal([shared], (await desk.FindAsync(id)).Plan!.Records);
    }

    [Fact]
    public async Task A_copy_is_made_and_its_link_shown()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("access");

        await desk.DoAsync(id, "package");
        var page = await desk.PageAsync(id);

        Assert.Contains($"privacy/package/{id}/", page, StringComparison.Ordinal);
        Assert.Contains("The copy is made", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_officer_brings_a_copy_over_and_the_evidence_says_who_did()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("access");
        Assert.Equal(HttpStatusCode.NotFound, (await desk.Officer.PostAsync($"privacy/requests/{id}/package/download")).StatusCode);
        await desk.DoAsync(id, "package");

        var copy = await desk.Officer.PostAsync($"privacy/requests/{id}/package/download");

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (copy.StatusCode, copy.Content.Headers.ContentType!.MediaType));
        using var zip = new System.IO.Compression.ZipArchive(await copy.Content.ReadAsStreamAsync());
        Assert.NotNull(zip.GetEntry("manifest.json"));
        var read = Assert.Single((await desk.Hub.Get<EvidenceLedger>().CheckAsync(id.ToString(), null, CancellationToken.None)).Entries, entry => entry.Note.Kind == EvidenceKinds.PackageRead);
        Assert.StartsWith("key:", read.Note.Actor, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Approver.PostAsync($"privacy/requests/{id}/package/download")).StatusCode);
    }

    [Fact]
    public async Task The_receipt_verifies_and_names_nobody()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", "seen in person");
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Officer.GetAsync($"privacy/requests/{id}/receipt")).StatusCode);
        await desk.ApproveAsync(desk.Approver, id);
        await desk.RunAsync(id);

        var response = await desk.Officer.GetAsync($"privacy/requests/{id}/receipt");
        var receipt = await response.Content.ReadAsStringAsync();

        var content = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(receipt, null)).Content;
        Assert.Equal(id.ToString(), content.Request);
        Assert.DoesNotContain("lovelace", content.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal($"receipt-{id}.jws", response.Content.Headers.ContentDisposition!.FileName);
    }

    [Fact]
    public async Task Evidence_that_was_changed_is_located_and_no_receipt_is_signed_on_it()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");
        Assert.Contains("<span class=\"badge good\">Verified</span>", await desk.PageAsync(id), StringComparison.Ordinal);

        await desk.Hub.Get<ITableStore>().DeleteAsync(Tables.Evidence, $"request|{id}", "entry|00000002", null, CancellationToken.None);
        var page = await desk.PageAsync(id);

        Assert.Contains("Entry 2 was written and is gone.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<span class=\"badge good\">Verified</span>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Officer.GetAsync($"privacy/requests/{id}/receipt")).StatusCode);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task What_is_not_there_is_not_found(string id)
    {
        await using var desk = await OfficerDesk.OpenAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await desk.Officer.GetAsync($"privacy/requests/{id}")).StatusCode);
        foreach (var form in (string[])["verify", "cancel", "package", "retry", "hold"])
            Assert.True((await desk.Officer.PostAsync($"privacy/requests/{id}/{form}", ("reason", "x"), ("ground", "x"), ("task", "erase|crm"))).StatusCode == HttpStatusCode.NotFound, form);
    }

    [Fact]
    public async Task A_planned_erasure_reads_as_it_should()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var (_, planned, _) = await OfficerDesk.FillAsync(desk.Hub);

        Snapshot.Match(Words(await desk.PageAsync(planned, desk.Approver)));
    }

    /// <summary>What a person reads, a line each, without ids that differ from run to run.</summary>
    private static string Words(string page)
    {
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];
        var text = Tag().Replace(main, "\n");
        return string.Join('\n', Hex().Replace(text, "…").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [GeneratedRegex("holds/([0-9a-f]+)/lift")]
    private static partial Regex LiftForm();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("[0-9a-f]{8,}")]
    private static partial Regex Hex();
}
