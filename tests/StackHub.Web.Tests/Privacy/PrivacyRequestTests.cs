using System.Net;
using System.Text;
using StackHub.Privacy.Receipts;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

public sealed class PrivacyRequestTests
{
    [Fact]
    public async Task An_officer_files_and_verifies_and_somebody_else_approves_the_plan_that_was_looked_at()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");

        Assert.Equal("verification", (await desk.ShowAsync(id)).GetProperty("request").GetProperty("needs").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "verify", new { reason = "called back, ticket 4711" })).StatusCode);
        var plan = await WebHub.JsonOf(await desk.DoAsync(id, "plan"));
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "plan-changed", await desk.DoAsync(id, "approve", new { plan = "0000" }, Role.Approver));
        var approved = await desk.DoAsync(id, "approve", new { plan = plan.GetProperty("fingerprint").GetString() }, Role.Approver);

        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        Assert.Equal(["crm", "mail"], plan.GetProperty("systems").EnumerateArray().Select(system => system.GetProperty("system").GetString()).Order());
        Assert.Equal("approved", (await desk.ShowAsync(id)).GetProperty("request").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_submits_a_request_never_approves_it()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        using var both = await desk.Hub.SomebodyAsync(Role.PrivacyOfficer, Role.Approver);
        var filed = await WebHub.JsonOf(await PrivacyDesk.PostAsync(both, "api/privacy/requests", new { kinds = new[] { "erasure" }, emails = new[] { PrivacyDesk.Ada }, verifiedBecause = "seen in person" }));
        var id = filed.GetProperty("requests")[0].GetString()!;
        var plan = await WebHub.JsonOf(await desk.DoAsync(id, "plan"));

        var response = await PrivacyDesk.PostAsync(both, $"api/privacy/requests/{id}/approve", new { plan = plan.GetProperty("fingerprint").GetString() });

        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "four-eyes", response);
    }

    [Fact]
    public async Task S10_nothing_is_approved_before_it_was_verified()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");

        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "not-verified", await desk.DoAsync(id, "plan"));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "not-verified", await desk.DoAsync(id, "approve", new { plan = "x" }, Role.Approver));
    }

    [Fact]
    public async Task The_inbox_is_read_page_by_page_the_earliest_safe_date_first()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var later = await desk.SubmitAsync("erasure", "US-CA", email: "b@two.example");
        var sooner = await desk.SubmitAsync("erasure", "DE", email: "c@three.example");
        var never = await desk.SubmitAsync("erasure", null, email: "d@four.example");

        var ids = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await desk.Hub.JsonAsync($"api/privacy/requests?take=1{(next.Length > 0 ? $"&cursor={next}" : "")}", Role.Approver);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(line => line.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }

        Assert.Equal([sooner, later, never], ids);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await (await desk.Hub.ClientAsync(Role.Approver)).GetAsync(new Uri("api/privacy/requests?cursor=x", UriKind.Relative)));
    }

    [Fact]
    public async Task The_same_submission_under_one_key_is_one_request()
    {
        await using var desk = await PrivacyDesk.OpenAsync();

        Assert.Equal(await desk.SubmitAsync("erasure", key: "form-1"), await desk.SubmitAsync("erasure", key: "form-1"));
        Assert.NotEqual(await desk.SubmitAsync("erasure"), await desk.SubmitAsync("erasure"));
    }

    [Fact]
    public async Task Each_date_comes_with_its_rule_and_calendar()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        desk.Hub.Parts.Time.Advance(new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero) - desk.Hub.Parts.Time.GetUtcNow());

        var clock = (await desk.ShowAsync(await desk.SubmitAsync("erasure"))).GetProperty("clocks")[0];

        Assert.Equal("2026-04-07", clock.GetProperty("complete").GetProperty("safe").GetString());
        Assert.Contains("calendar DE", clock.GetProperty("complete").GetProperty("explain").GetString(), StringComparison.Ordinal);
        Assert.Contains("not legal advice", clock.GetProperty("complete").GetProperty("explain").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_repeats_nothing_of_what_was_sent()
    {
        await using var desk = await PrivacyDesk.OpenAsync();

        foreach (var body in new object[] { new { kinds = new[] { "erasure" }, emails = new[] { "lovelace-at-nowhere" } }, new { kinds = new[] { "lovelace" } }, new { kinds = new[] { "erasure" }, records = new[] { "lovelace" } }, new { kinds = new[] { "erasure" }, emails = new[] { PrivacyDesk.Ada }, place = "Lovelace" }, new { } })
        {
            var response = await desk.Hub.PostAsync("api/privacy/requests", Role.PrivacyOfficer, body);
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.DoesNotContain("lovelace", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_term_is_extended_in_time_once_and_explained()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");

        var extended = await WebHub.JsonOf(await desk.DoAsync(id, "extend", new { law = "eu-gdpr/DE", reason = "a vendor needs thirty days" }));

        Assert.Contains("extended", extended.GetProperty("complete").GetProperty("rule").GetString(), StringComparison.Ordinal);
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "extension-already-extended", await desk.DoAsync(id, "extend", new { law = "eu-gdpr/DE", reason = "again" }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "extend", new { law = "uk-gdpr/GB-ENG", reason = "other" }));
    }

    [Fact]
    public async Task A_denial_names_its_ground_and_the_way_to_appeal()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "incomplete", await desk.DoAsync(id, "deny", new { ground = "Art. 17(3)(e)" }));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "deny", new { ground = "Art. 17(3)(e)", appeal = "Write to the board." })).StatusCode);
        Assert.Equal("Write to the board.", (await desk.ShowAsync(id)).GetProperty("denial").GetProperty("appeal").GetString());
    }

    [Fact]
    public async Task What_people_do_by_hand_is_shown_and_the_receipt_proves_it_offline()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-privacy-task", await desk.DoAsync(id, "tasks/erase%7Cnone/evidence", new { text = "done" }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "tasks/erase%7Ccrm/evidence", new { text = " " }));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "tasks/erase%7Ccrm/evidence", new { text = "deleted by hand, ticket 4711" })).StatusCode);
        var receipt = (await desk.Hub.JsonAsync($"api/privacy/requests/{id}/receipt", Role.PrivacyOfficer)).GetProperty("receipt").GetString()!;
        var keys = ReceiptKeySet.Parse((await desk.Hub.JsonAsync("api/privacy/receipt-keys", Role.PrivacyOfficer)).GetRawText());

        var valid = Assert.IsType<ReceiptVerdict.Valid>(ReceiptVerifier.Verify(receipt, keys));
        Assert.True(valid.Trusted);
        Assert.Equal("shown-by-hand", valid.Content.Systems.Single(system => system.System == "crm").Level);
        Assert.Equal("email", Assert.Single(valid.Content.Subject).Kind);
        Assert.DoesNotContain("lovelace", Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(receipt.Split('.')[1])), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_receipt_is_the_same_until_more_has_happened_and_is_refused_on_changed_evidence()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");
        async Task<string> ReceiptAsync() => (await desk.Hub.JsonAsync($"api/privacy/requests/{id}/receipt", Role.PrivacyOfficer)).GetProperty("receipt").GetString()!;

        var first = await ReceiptAsync();
        var again = await ReceiptAsync();
        await desk.DoAsync(id, "tasks/erase%7Ccrm/evidence", new { text = "deleted by hand" });
        var later = await ReceiptAsync();
        TableRow? entry = null;
        await foreach (var row in desk.Hub.Parts.Tables.RowsAsync(Tables.Evidence, TableRange.All, CancellationToken.None))
            if (row.Partition.Contains(id, StringComparison.Ordinal) && row.Row.Contains("00002", StringComparison.Ordinal))
                entry = row;
        await desk.Hub.Parts.Tables.DeleteAsync(Tables.Evidence, entry!.Partition, entry.Row, null, CancellationToken.None);

        Assert.Equal(first, again);
        Assert.NotEqual(first, later);
        using var officer = await desk.Hub.ClientAsync(Role.PrivacyOfficer);
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "evidence-changed", await officer.GetAsync(new Uri($"api/privacy/requests/{id}/receipt", UriKind.Relative)));
        Assert.False((await desk.Hub.JsonAsync($"api/privacy/requests/{id}/evidence", Role.PrivacyOfficer)).GetProperty("intact").GetBoolean());
    }

    [Fact]
    public async Task A_hold_stands_at_the_request_until_it_is_lifted()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");

        var hold = await WebHub.JsonOf(await desk.Hub.PostAsync("api/privacy/holds", Role.PrivacyOfficer, new { emails = new[] { PrivacyDesk.Ada }, ground = "claim 12/2026" }));
        var held = await desk.ShowAsync(id);
        var lifted = await desk.Hub.PostAsync($"api/privacy/holds/{hold.GetProperty("id").GetString()}/lift", Role.PrivacyOfficer);

        Assert.Equal("claim 12/2026", held.GetProperty("holds")[0].GetProperty("ground").GetString());
        Assert.Equal(HttpStatusCode.NoContent, lifted.StatusCode);
        Assert.Empty((await desk.ShowAsync(id)).GetProperty("holds").EnumerateArray());
        Assert.DoesNotContain("lovelace", (await desk.Hub.JsonAsync("api/privacy/holds", Role.Approver)).GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_record_is_kept_by_right_with_a_ground_and_an_end()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("erasure");

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "exemptions", new { system = "crm", objectType = "contacts", id = "1", ground = "invoices" }));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "exemptions", new { system = "crm", objectType = "contacts", id = "1", ground = "invoices", until = "2033-01-01T00:00:00Z" })).StatusCode);
        Assert.Equal("crm/contacts/1", (await desk.ShowAsync(id)).GetProperty("exemptions")[0].GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Codes_to_bring_over_are_for_officers_alone()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure");

        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "code")).StatusCode);

        Assert.Equal(8, (await desk.ShowAsync(id)).GetProperty("byHand")[0].GetProperty("code").GetString()!.Length);
        Assert.Empty((await desk.ShowAsync(id, Role.Approver)).GetProperty("byHand").EnumerateArray());
    }

    [Fact]
    public async Task What_a_system_can_do_is_told_before_anything_is_promised()
    {
        await using var hub = await WebHub.StartAsync();

        var rows = (await hub.JsonAsync("api/privacy/capabilities", Role.Approver)).EnumerateArray().ToArray();

        Assert.Equal(["crm", "mail", "quiet"], rows.Select(row => row.GetProperty("system").GetString()));
        Assert.All(rows, row => Assert.Equal("none", row.GetProperty("erasure").GetString()));
    }

    [Fact]
    public async Task California_gets_its_figures_and_its_record()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", "US-CA");
        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(10));
        await desk.DoAsync(id, "deny", new { ground = "1798.105(d)(1)", appeal = "Write to us." });

        var figures = (await desk.Hub.JsonAsync("api/privacy/metrics?year=2026", Role.PrivacyOfficer)).GetProperty("figures").EnumerateArray().Single(figure => figure.GetProperty("kind").GetString() == "erasure");
        using var officer = await desk.Hub.ClientAsync(Role.PrivacyOfficer);
        var csv = await officer.GetStringAsync(new Uri("api/privacy/records.csv", UriKind.Relative));

        Assert.Equal((1, 1, 10m), (figures.GetProperty("received").GetInt32(), figures.GetProperty("denied").GetInt32(), figures.GetProperty("medianDays").GetDecimal()));
        Assert.Contains("1798.105(d)(1)", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("lovelace", csv, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_list_is_tried_dry_and_filed_once_however_often_it_comes()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        const string List = "Wish;Contact;country;received\nerasure;ada@lovelace.example;DE;2026-03-01\nforget;b@two.example;DE;\nerasure;nobody;DE;2026-03-01\nopt-out-of-sale+erasure;c@three.example;US-CA;2026-03-01\n";
        async Task<System.Text.Json.JsonElement> SendAsync(string query)
        {
            using var officer = await desk.Hub.ClientAsync(Role.PrivacyOfficer);
            var response = await officer.PostAsync(new Uri($"api/privacy/bulk?{query}", UriKind.Relative), new StringContent(List, Encoding.UTF8, "text/csv"));
            Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
            return await WebHub.JsonOf(response);
        }

        var unmapped = await SendAsync("");
        var dry = await SendAsync("dryRun=true&map=kind%3DWish&map=email%3DContact");
        var inboxAfterDry = (await desk.Hub.JsonAsync("api/privacy/requests", Role.PrivacyOfficer)).GetProperty("items").GetArrayLength();
        var first = await SendAsync("map=kind%3DWish&map=email%3DContact");
        var second = await SendAsync("map=kind%3DWish&map=email%3DContact");

        Assert.NotEmpty(unmapped.GetProperty("problems").EnumerateArray());
        Assert.Equal((4, 2), (dry.GetProperty("rows").GetInt32(), dry.GetProperty("good").GetInt32()));
        Assert.Equal([3, 4], dry.GetProperty("bad").EnumerateArray().Select(bad => bad.GetProperty("line").GetInt32()));
        Assert.Equal(0, inboxAfterDry);
        Assert.Equal(first.GetProperty("filed").GetRawText(), second.GetProperty("filed").GetRawText());
        Assert.Equal(2, first.GetProperty("filed")[1].GetProperty("requests").GetArrayLength());
        Assert.DoesNotContain("nobody", first.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_ahead_in_a_system_counts_into_whether_it_can_be_proven_in_time()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        await desk.Hub.SeenAsync(WebHub.Crm, "77", ("Email", "grace@hopper.example"));
        var id = await desk.SubmitAsync("erasure", verified: "seen in person");
        await desk.DoAsync(id, "plan");
        var free = await LatestAsync();

        await desk.BegunAsync("erasure", "grace@hopper.example");

        // Four calls for the other's erasure, in a tool that allows a hundred in ten seconds.
        Assert.Equal(free.AddSeconds(-0.4), await LatestAsync(), TimeSpan.FromMilliseconds(1));
        async Task<DateTimeOffset> LatestAsync() =>
            (await desk.ShowAsync(id)).GetProperty("feasibility").EnumerateArray().Single(system => system.GetProperty("system").GetString() == "crm").GetProperty("latestDispatch").GetDateTimeOffset();
    }

    [Fact]
    public async Task No_request_leaves_a_name_in_the_log()
    {
        await using var desk = await PrivacyDesk.OpenAsync();

        await desk.BegunAsync("erasure");

        Assert.DoesNotContain("lovelace", string.Join('\n', desk.Hub.Parts.Log.Lines), StringComparison.OrdinalIgnoreCase);
    }
}
