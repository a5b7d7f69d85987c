using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Consent;
using StackHub.Privacy.Evidence;
using StackHub.Privacy.Intake;
using StackHub.Privacy.Notices;
using StackHub.Testing.Snapshots;
using StackHub.Triggers;
using StackHub.Web.Tests.Hosting;
using StackHub.Web.Tests.Shell;

namespace StackHub.Web.Tests.Intake;

public sealed partial class IntakeTests
{
    private const string Ada = "ada@lovelace.example";

    [Fact]
    public async Task The_form_reads_as_it_should()
    {
        await using var hub = await WebHub.StartAsync(privacy: PrivacySettings.Default with { Intake = new() { Name = "Analytical Engines Ltd", Contact = "12 Example Street, London" } });
        using var visit = new PublicVisit(hub);

        Snapshot.Match(Changing().Replace(await visit.PageAsync(""), "$1…"));
    }

    [Fact]
    public async Task Every_page_can_be_read_without_eyes_script_or_style_of_its_own()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub, withSignal: true);
        var code = await visit.FiledAsync(Ada, ("kind", "access"));
        var pages = new Dictionary<string, string>();
        foreach (var path in new[] { "", "received", "confirm", $"confirm/{code.Request}/{code.Token}", "status", "status?sent=1", "nothing", "package/x/y" })
            pages[path] = await (await visit.GetAsync(path)).Content.ReadAsStringAsync();
        pages["wrong"] = await (await visit.FileAsync("nobody", ("kind", "nothing"))).Content.ReadAsStringAsync();
        pages["person"] = await PersonAsync(visit, code.Request);

        foreach (var (path, page) in pages)
        {
            Assert.True(Accessibility.Problems(page).ToArray() is [], $"{path}: {string.Join("; ", Accessibility.Problems(page))}");
            Assert.False(Inline().IsMatch(page), path);
            Assert.DoesNotContain("console", page.Replace("console-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Known_and_unknown_addresses_get_the_same_bytes()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada), ("FirstName", "Ada"));
        using var visit = new PublicVisit(hub);

        var known = await visit.FileAsync(Ada);
        var unknown = await visit.FileAsync("stranger@nowhere.example");
        var knownCode = await visit.PostAsync("confirm", ("reference", (await visit.CodesAsync()).First(code => code.Address == Ada).Request), ("code", "00000000"));
        var unknownCode = await visit.PostAsync("confirm", ("reference", "0123456789abcdef0123456789abcdef"), ("code", "00000000"));
        var knownLook = await visit.PostAsync("status", ("reference", (await visit.CodesAsync()).First(code => code.Address == Ada).Request), ("code", "00000000"));

        Assert.Equal((known.StatusCode, known.Headers.Location), (unknown.StatusCode, unknown.Headers.Location));
        Assert.Equal(await known.Content.ReadAsByteArrayAsync(), await unknown.Content.ReadAsByteArrayAsync());
        Assert.Equal(HeadersOf(known), HeadersOf(unknown));
        Assert.Equal(knownCode.StatusCode, unknownCode.StatusCode);
        Assert.Equal(await knownCode.Content.ReadAsByteArrayAsync(), await unknownCode.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, knownLook.StatusCode);
        Assert.Equal((await visit.CodesAsync()).Count(code => code.Address == Ada), (await visit.CodesAsync()).Count(code => code.Address == "stranger@nowhere.example"));
    }

    [Fact]
    public async Task S7_a_code_is_used_once_and_following_its_link_confirms_nothing()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var code = await visit.FiledAsync(Ada);

        for (var scan = 0; scan < 3; scan++)
            Assert.Contains("Yes, it was me", await visit.PageAsync($"confirm/{code.Request}/{code.Token}"), StringComparison.Ordinal);
        Assert.Equal(PrivacyRequestState.Received, (await visit.RequestAsync(code.Request)).State);
        var confirmed = await visit.PostAsync("confirm", ("reference", code.Request), ("token", code.Token));
        var history = (await visit.RequestAsync(code.Request)).History.Count;
        var replayed = await visit.PostAsync("confirm", ("reference", code.Request), ("token", code.Token));

        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, replayed.StatusCode);
        Assert.Equal(history, (await visit.RequestAsync(code.Request)).History.Count);
        var trail = await hub.Get<EvidenceLedger>().CheckAsync(code.Request, null, CancellationToken.None);
        Assert.Contains(trail.Entries, entry => entry.Note.Kind == "refused");
    }

    [Fact]
    public async Task S8_the_fourth_code_is_locked_out_and_the_answer_is_the_same_as_for_nobody()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var code = await visit.FiledAsync(Ada);
        var answers = new List<string>();

        for (var guess = 0; guess < 3; guess++)
            answers.Add(await (await visit.PostAsync("confirm", ("reference", code.Request), ("code", $"0000000{guess}"))).Content.ReadAsStringAsync());
        answers.Add(await (await visit.PostAsync("confirm", ("reference", code.Request), ("code", code.Code))).Content.ReadAsStringAsync());
        answers.Add(await (await visit.PostAsync("confirm", ("reference", "no reference"), ("code", code.Code))).Content.ReadAsStringAsync());

        Assert.Single(answers.Distinct());
        Assert.Equal(PrivacyRequestState.Received, (await visit.RequestAsync(code.Request)).State);
    }

    [Fact]
    public async Task S9_somebody_elses_unverified_request_neither_blocks_nor_stands_for_the_persons()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada), ("FirstName", "Ada"));
        using var attacker = new PublicVisit(hub);
        using var person = new PublicVisit(hub);
        var squatted = await attacker.FiledAsync(Ada);
        var own = await person.FiledAsync(Ada);

        await person.PostAsync("confirm", ("reference", own.Request), ("code", own.Code));

        Assert.NotEqual(squatted.Request, own.Request);
        Assert.Equal(PrivacyRequestState.Verified, (await person.RequestAsync(own.Request)).State);
        Assert.Equal(own.Request, (await hub.Get<RequestDesk>().CanonicalAsync(RequestId.Parse(squatted.Request), CancellationToken.None)).ToString());
    }

    [Fact]
    public async Task S11_a_link_of_one_request_confirms_no_other()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var mine = await visit.FiledAsync("mallory@evil.example");
        var theirs = await visit.FiledAsync(Ada);

        Assert.Equal(HttpStatusCode.Forbidden, (await visit.PostAsync("confirm", ("reference", theirs.Request), ("token", mine.Token))).StatusCode);
        Assert.Equal(PrivacyRequestState.Received, (await visit.RequestAsync(theirs.Request)).State);
    }

    [Fact]
    public async Task One_ticket_with_another_address_is_another_request()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var ticket = await visit.TicketAsync();

        await visit.PostAsync("requests", ("ticket", ticket), ("kind", "erasure"), ("email", Ada));
        await visit.PostAsync("requests", ("ticket", ticket), ("kind", "erasure"), ("email", "mallory@evil.example"));
        var stolen = (await visit.CodesAsync()).Single(code => code.Address == "mallory@evil.example");

        Assert.Equal(["mallory@evil.example"], (await visit.RequestAsync(stolen.Request)).Subject.Emails);
    }

    [Fact]
    public async Task A_phone_number_that_nobody_proved_names_nobody()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);

        var code = await visit.FiledAsync("mallory@evil.example", ("phone", "+14155550100"), ("message", "please"));

        Assert.Empty((await visit.RequestAsync(code.Request)).Subject.Phones);
        Assert.Equal("+14155550100", (await hub.Get<IntakeNotes>().FindAsync(RequestId.Parse(code.Request), CancellationToken.None))!.Phone);
    }

    [Fact]
    public async Task What_came_with_a_request_goes_when_it_is_over()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var open = await visit.FiledAsync("open@one.example", ("message", "hello"));
        var closed = await visit.FiledAsync(Ada, ("message", "hello"));
        await hub.Get<RequestDesk>().CancelAsync(RequestId.Parse(closed.Request), "olga", CancellationToken.None);

        await hub.Get<IEnumerable<ITimerHandler>>().OfType<NoticeTimer>().Single().RunAsync(CancellationToken.None);

        Assert.Null(await hub.Get<IntakeNotes>().FindAsync(RequestId.Parse(closed.Request), CancellationToken.None));
        Assert.Equal("hello", (await hub.Get<IntakeNotes>().FindAsync(RequestId.Parse(open.Request), CancellationToken.None))!.Message);
    }

    [Fact]
    public async Task The_place_decides_on_the_laws_and_an_opt_out_needs_no_code()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);

        await visit.FileAsync(Ada, ("kind", "opt-out-of-sale"), ("place", "US-CA"));

        Assert.Empty(await visit.CodesAsync());
        var line = Assert.Single(await hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
        Assert.Equal((PrivacyRequestState.Verified, "us-ca-ccpa/US-CA"), (line.Request.State, Assert.Single(line.Request.Laws)));
    }

    [Fact]
    public async Task What_is_wrong_is_told_at_its_field_and_nothing_is_filed()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);

        var response = await visit.FileAsync("not an address", ("kind", "nonsense"), ("phone", "12"), ("place", "XX"));
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        foreach (var field in new[] { "kind", "email", "phone", "place" })
            Assert.Contains($"id=\"{field}-problem\"", page, StringComparison.Ordinal);
        Assert.Empty(await hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_form_that_no_page_of_ours_made_files_nothing()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        using var other = new PublicVisit(hub);
        (string, string)[] fields = [("ticket", await visit.TicketAsync()), ("kind", "erasure"), ("email", Ada)];
        await other.PageAsync("");

        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("requests", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("requests", [("proof", "x"), .. fields])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("requests", fields, "cross-site")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.PostAsync("requests", ("ticket", "x"), ("kind", "erasure"), ("email", Ada))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await visit.Client.PostAsync(new Uri("requests", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"))).StatusCode);
        hub.Parts.Time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.PostAsync("requests", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await other.PostAsync("requests", ("message", new string('x', 40_000)))).StatusCode); // the hub hangs up after it
        Assert.Empty(await hub.Get<RequestInbox>().ListAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_address_that_sends_too_many_forms_waits()
    {
        await using var hub = await WebHub.StartAsync(options => options.IntakePerAddress = 3);
        using var visit = new PublicVisit(hub);
        for (var form = 0; form < 3; form++)
            Assert.Equal(HttpStatusCode.SeeOther, (await visit.FileAsync($"n{form}@one.example")).StatusCode);

        var refused = await visit.FileAsync("n4@one.example");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(10), refused.Headers.RetryAfter!.Delta);
        Assert.Equal("text/html", refused.Content.Headers.ContentType!.MediaType);
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.SeeOther, (await visit.FileAsync("n4@one.example")).StatusCode);
    }

    [Fact]
    public async Task All_addresses_together_are_limited_too()
    {
        await using var hub = await WebHub.StartAsync(options => (options.IntakePerMinute, options.BehindProxy) = (2, true));
        using var visit = new PublicVisit(hub);
        for (var form = 0; form < 2; form++)
        {
            visit.Client.DefaultRequestHeaders.Remove("X-Forwarded-For");
            visit.Client.DefaultRequestHeaders.Add("X-Forwarded-For", $"203.0.113.{form}");
            Assert.Equal(HttpStatusCode.SeeOther, (await visit.FileAsync($"n{form}@one.example")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await visit.FileAsync("n3@one.example")).StatusCode);
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.SeeOther, (await visit.FileAsync("n3@one.example")).StatusCode);
    }

    [Fact]
    public async Task One_mailbox_gets_so_many_codes_a_day_and_the_answer_does_not_tell()
    {
        await using var hub = await WebHub.StartAsync(options => options.IntakePerAddress = 100);
        using var visit = new PublicVisit(hub);

        for (var form = 0; form < MailboxLimit.CodesADay + 3; form++)
            Assert.Equal(HttpStatusCode.SeeOther, (await visit.FileAsync(Ada)).StatusCode);

        Assert.Equal(MailboxLimit.CodesADay, (await visit.CodesAsync()).Count);
        Assert.Equal(MailboxLimit.CodesADay + 3, (await hub.Get<RequestInbox>().ListAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task S44_a_browsers_signal_is_honoured_shown_and_never_taken_back_by_its_absence()
    {
        await using var hub = await WebHub.StartAsync(privacy: new(new PurposeSet([new Purpose("advertising", PurposeUse.Sale, PurposeRule.OptOut)]), 12));
        var ada = await hub.SeenAsync(WebHub.Crm, "1", ("Email", Ada), ("FirstName", "Ada"));
        using var visit = new PublicVisit(hub, withSignal: true);

        var page = await visit.PageAsync("");
        await visit.FileAsync(Ada);
        visit.Client.DefaultRequestHeaders.Remove("Sec-GPC");
        var later = await visit.PageAsync("");
        await visit.FileAsync(Ada);
        var events = await hub.Get<ConsentLedger>().OfAsync(ConsentSubject.Of(ada), CancellationToken.None);

        Assert.Contains("Opt-out request honored", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Opt-out request honored", later, StringComparison.Ordinal);
        Assert.Equal((false, ConsentBasis.BrowserSignal), (Assert.Single(events).IsOptIn, events[0].Basis));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("1, 1")]
    [InlineData("")]
    public async Task What_is_no_signal_is_not_honoured(string header)
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        visit.Client.DefaultRequestHeaders.TryAddWithoutValidation("Sec-GPC", header);

        Assert.DoesNotContain("honored", await visit.PageAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_there_is_nothing_here()
    {
        await using var hub = await WebHub.StartAsync(privacy: PrivacySettings.Default with { Intake = new() { Open = false } });
        using var visit = new PublicVisit(hub);

        Assert.Equal(HttpStatusCode.NotFound, (await visit.GetAsync("")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visit.RawPostAsync("requests", [])).StatusCode);
    }

    [Fact]
    public async Task The_person_sees_how_far_it_is_by_reference_and_code()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var filed = await visit.FiledAsync(Ada, ("place", "DE"));

        var page = await PersonAsync(visit, filed.Request);

        Assert.Contains("received; it waits for your code", page, StringComparison.Ordinal);
        Assert.Contains("2026-04-02", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Ada, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_denied_appeals_on_the_page_of_their_request_once()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var filed = await visit.FiledAsync(Ada, ("kind", "erasure"), ("place", "US-VA"));
        await visit.PostAsync("confirm", ("reference", filed.Request), ("code", filed.Code));
        await hub.Get<RequestDesk>().DenyAsync(RequestId.Parse(filed.Request), "olga", "59.1-578", "Appeal below.", CancellationToken.None);

        var page = await PersonAsync(visit, filed.Request);
        var forged = await visit.PostAsync("appeal", ("pass", "0123"), ("words", "me"));
        var taken = await visit.PostAsync("appeal", ("pass", Pass().Match(page).Groups[1].Value), ("words", "I closed my account in May."));
        var twice = await visit.PostAsync("appeal", ("pass", Pass().Match(page).Groups[1].Value), ("words", "I closed my account in May."));
        var after = await PersonAsync(visit, filed.Request);

        Assert.Empty(Accessibility.Problems(page));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        Assert.Contains("Your appeal is here", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, twice.StatusCode);
        Assert.Equal(PrivacyRequestState.Appealed, (await visit.RequestAsync(filed.Request)).State);
        Assert.Equal("I closed my account in May.", (await hub.Get<IntakeNotes>().FindAsync(RequestId.Parse(filed.Request), CancellationToken.None))!.Message);
        Assert.Contains("denied; your appeal is being looked at", after, StringComparison.Ordinal);
        Assert.DoesNotContain("/appeal\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_kept_by_no_cache_and_files_are()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new PublicVisit(hub);
        var page = await visit.GetAsync("");
        var style = Style().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;

        Assert.True(page.Headers.CacheControl!.NoStore);
        Assert.True((await visit.GetAsync(style)).Headers.CacheControl!.Public);
        Assert.Contains("frame-ancestors 'none'", string.Join(",", page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static async Task<string> PersonAsync(PublicVisit visit, string reference)
    {
        await visit.PostAsync("status/code", ("reference", reference));
        var code = (await visit.CodesAsync()).Single(code => code.Request == IntakeDesk.ViewOf(RequestId.Parse(reference)));
        return WebUtility.HtmlDecode(await (await visit.PostAsync("status", ("reference", reference), ("code", code.Code))).Content.ReadAsStringAsync());
    }

    private static string HeadersOf(HttpResponseMessage response) => string.Join('\n', response.Headers.Where(header => header.Key is not "Date").SelectMany(header => header.Value.Select(value => $"{header.Key}: {value}")));

    [GeneratedRegex("((?:name=\"(?:proof|ticket)\" value=|(?:console|icon)-)\"?)[A-Za-z0-9_-]+")]
    private static partial Regex Changing();

    [GeneratedRegex("name=\"pass\" value=\"([^\"]*)\"")]
    private static partial Regex Pass();

    [GeneratedRegex("<script|<style|\\sstyle=|\\son[a-z]+=|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"")]
    private static partial Regex Style();
}
