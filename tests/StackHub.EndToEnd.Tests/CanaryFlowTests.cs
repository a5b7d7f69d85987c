using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Audit.Imports;
using StackHub.Audit.Running;
using StackHub.EndToEnd.Tests.Staging;
using StackHub.Privacy.Notices;
using StackHub.Privacy.Verification;
using StackHub.Records;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Telemetry;
using StackHub.Testing.Telemetry;
using StackHub.Triggers;

namespace StackHub.EndToEnd.Tests;

/// <summary>The canary through the flows on top of the sync: qualified, routed, asked after under every right, and in the lists that are audited.</summary>
public sealed class CanaryFlowTests
{
    private const string Flows = """

        privacy:
          purposes:
            newsletter: { use: direct-marketing, channel: email, flag: emailOptOut }
            ads: { use: sale }
          opendsr: { domain: opendsr.hub.example }
        lifecycle:
          hours: { zone: Europe/Berlin, weekdays: 09:00-17:00 }
          systems:
            hubspot: { authority: map, stages: { lead: inquiry, marketingqualifiedlead: mql } }
        routing:
          owners:
            ann: { ids: { salesforce: 005Hx0000000999AAA } }
            house: { queue: true, ids: { salesforce: 005Hx0000000001IAA } }
            hall: { queue: true, ids: { salesforce: 005Hx0000000002IAA } }
          pools:
            sales: { strategy: load, members: { ann: 1 } }
          rules:
            - { name: canaries, when: { field: title, startsWith: Head of }, to: owner ann }
          fallback: pool sales
        audit: { owner: revops@example.com }
        """;

    [Fact]
    public async Task Whoever_is_qualified_routed_asked_after_and_audited_shows_in_no_log_no_trace_no_metric_no_error_and_no_queue()
    {
        var bodies = new ConcurrentQueue<string>();
        var answers = new ConcurrentQueue<string>();
        using var heard = new Overheard();
        await using var stage = await Stage.StartAsync(new() { People = 12, Configuration = text => text + Flows, Services = services => TappedQueue.Into(services, bodies) });
        CanaryPerson.Create(stage.Sandbox.Salesforce);
        await stage.OnboardAsync();
        await stage.SyncAsync();
        var person = (await CanaryPerson.FindAsync(stage))!;

        await QualifyAsync(stage, person, answers);
        await AuditAsync(stage, answers);
        await AskAsync(stage, answers);
        await stage.QuietAsync();
        heard.Collect();

        // Each flow had to do with them, or there was nothing to hear.
        Assert.True(heard.Sum(HubMetrics.RoutedName) > 0);
        Assert.Contains(bodies, body => body.Contains(person.Id.ToString(), StringComparison.Ordinal));
        Stage.None([.. heard.Texts.Where(CanaryPerson.Shows)]);
        Stage.None([.. stage.Log.Lines.Where(CanaryPerson.Shows)]);
        Stage.None([.. answers.Where(CanaryPerson.Shows)]);
        Stage.None([.. bodies.Concat(Unsealed(bodies)).Where(CanaryPerson.Shows)]);
        Stage.None(await PoisonAsync(stage));
    }

    private static async Task QualifyAsync(Stage stage, HubRecord person, ConcurrentQueue<string> answers)
    {
        stage.Edit("hubspot", person, ("lifecyclestage", "lead"), ("jobtitle", "Head of canaries"));
        await stage.QuietAsync();
        stage.Edit("hubspot", person, ("lifecyclestage", "marketingqualifiedlead"));
        await stage.QuietAsync();
        using var viewer = await ClientAsync(stage, Role.Operator);
        await stage.UntilAsync("the routing", async () => (await viewer.GetAsync(new Uri($"api/routing/leads/{person.Id}", UriKind.Relative), Stage.Token)).IsSuccessStatusCode);
        Assert.Contains("mql", (await JsonAsync(await viewer.GetAsync(new Uri($"api/records/{person.Id}/lifecycle", UriKind.Relative), Stage.Token))).GetRawText(), StringComparison.Ordinal);
        Assert.NotEmpty((await JsonAsync(await viewer.GetAsync(new Uri($"api/routing/leads/{person.Id}", UriKind.Relative), Stage.Token))).EnumerateArray());
        foreach (var path in (string[])[$"api/records/{CanaryPerson.Email}/lifecycle", $"api/routing/leads/{CanaryPerson.First}"])
            await RefusedAsync(await viewer.GetAsync(new Uri(path, UriKind.Relative), Stage.Token), answers);
    }

    /// <summary>In the lists of sign-on and of people, with a row that cannot be read.</summary>
    private static async Task AuditAsync(Stage stage, ConcurrentQueue<string> answers)
    {
        var import = stage.Hub.Get<InventoryImport>();
        var accounts = $"email,application,last login,status\n{CanaryPerson.Email},HubSpot,2026-01-01,active\n{CanaryPerson.Email},HubSpot,{CanaryPerson.Last},{CanaryPerson.First}\nada@one.example,HubSpot,2026-01-01,active\nben@one.example,HubSpot,2026-01-01,active\ncyd@one.example,HubSpot,2026-01-01,active\n";
        foreach (var text in (string[])[accounts, $"{CanaryPerson.First},{CanaryPerson.Last}\n{CanaryPerson.Email},{CanaryPerson.Phone}\n"])
        {
            var report = await import.ImportAsync("sso", ImportKind.Accounts, new MemoryStream(Encoding.UTF8.GetBytes(text)), new Dictionary<string, string>(), force: false, Stage.Token);
            answers.Enqueue($"{report.Rejected} {string.Join(' ', report.Problems)}");
        }
        var people = await import.ImportAsync("staff", ImportKind.People, new MemoryStream(Encoding.UTF8.GetBytes($"email,status,left on\n{CanaryPerson.Email},left,2026-01-01\nada@one.example,active,\nben@one.example,active,\n")), new Dictionary<string, string>(), force: false, Stage.Token);
        Assert.Null(people.Rejected);
        var audited = await stage.Hub.Get<StackAudit>().RunAsync(Stage.Token);
        Assert.Contains(audited.Findings, finding => finding.Check == "seats-of-leavers");
        foreach (var finding in audited.Findings)
            answers.Enqueue($"{finding} {finding.Title} {finding.Subject}");
    }

    /// <summary>Every door that a request comes in by, and everything that is done with one.</summary>
    private static async Task AskAsync(Stage stage, ConcurrentQueue<string> answers)
    {
        using var officer = await ClientAsync(stage, Role.PrivacyOfficer);
        using var approver = await ClientAsync(stage, Role.Approver);
        using var controller = await ClientAsync(stage, Role.Controller);
        await FillInAsync(stage, answers);
        await StageCodesAsync(stage);

        foreach (var kind in (string[])["access", "erasure", "restriction", "objection", "opt-out-of-sale", "rectification"])
        {
            var id = (await JsonAsync(await PostAsync(officer, "api/privacy/requests", new { kinds = new[] { kind }, emails = new[] { CanaryPerson.Email }, phones = new[] { CanaryPerson.Phone }, place = "DE", verifiedBecause = "seen in person", message = $"I am {CanaryPerson.First} {CanaryPerson.Last}" }))).GetProperty("requests")[0].GetString();
            await RefusedAsync(await PostAsync(officer, $"api/privacy/requests/{id}/approve", new { plan = CanaryPerson.Email }), answers);
            var plan = await PostAsync(officer, $"api/privacy/requests/{id}/plan", new { });
            if (kind == "erasure")
            {
                Assert.True((await PostAsync(officer, "api/privacy/holds", new { emails = new[] { CanaryPerson.Email }, ground = "claim 12/2026" })).IsSuccessStatusCode);
                await RefusedAsync(await PostAsync(officer, $"api/privacy/requests/{id}/exemptions", new { system = CanaryPerson.First, objectType = CanaryPerson.Last, id = CanaryPerson.Email, ground = "x" }), answers);
            }
            if (plan.IsSuccessStatusCode)
                await PostAsync(approver, $"api/privacy/requests/{id}/approve", new { plan = (await JsonAsync(plan)).GetProperty("fingerprint").GetString() });
            await stage.QuietAsync();
            await RefusedAsync(await PostAsync(officer, $"api/privacy/requests/{id}/tasks/{CanaryPerson.First}/evidence", new { text = CanaryPerson.Last }), answers);
        }
        Assert.True((await PostAsync(officer, "api/privacy/consent", new { email = CanaryPerson.Email, statements = new[] { new { purpose = "newsletter", optIn = false, basis = "withdrawal", proof = $"letter of {CanaryPerson.Last}" } } })).IsSuccessStatusCode);
        await RefusedAsync(await PostAsync(officer, "api/privacy/consent", new { email = CanaryPerson.Email, statements = new[] { new { purpose = CanaryPerson.First, optIn = true } } }), answers);
        await OpenDsrAsync(controller, answers);
        await BulkAsync(officer, answers);
        foreach (var timer in stage.Hub.Get<IEnumerable<ITimerHandler>>().OfType<NoticeTimer>())
            await timer.RunAsync(Stage.Token);
    }

    /// <summary>As a visitor does: refused for want of a number, then taken.</summary>
    private static async Task FillInAsync(Stage stage, ConcurrentQueue<string> answers)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() };
        using var visitor = new HttpClient(handler) { BaseAddress = new(stage.Address, "privacy/") };
        var page = await visitor.GetStringAsync(new Uri("", UriKind.Relative), Stage.Token);
        Dictionary<string, string> form = new()
        {
            ["proof"] = Field("proof").Match(page).Groups[1].Value,
            ["ticket"] = WebUtility.HtmlDecode(Field("ticket").Match(page).Groups[1].Value),
            ["kind"] = "access",
            ["email"] = CanaryPerson.Email,
            ["phone"] = "not a number",
            ["message"] = $"{CanaryPerson.First} {CanaryPerson.Last}, {CanaryPerson.Phone}",
        };
        using var wrong = await visitor.PostAsync(new Uri("requests", UriKind.Relative), new FormUrlEncodedContent(form), Stage.Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode); // the page shows the visitor what they wrote: it is no error of ours
        form["phone"] = CanaryPerson.Phone;
        using var taken = await visitor.PostAsync(new Uri("requests", UriKind.Relative), new FormUrlEncodedContent(form), Stage.Token);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        form["code"] = CanaryPerson.First;
        using var confirmed = await visitor.PostAsync(new Uri("confirm", UriKind.Relative), new FormUrlEncodedContent(form), Stage.Token);
        answers.Enqueue(await confirmed.Content.ReadAsStringAsync(Stage.Token));
    }

    /// <summary>A code that cannot be handed over is a warning, and names nobody.</summary>
    private static Task StageCodesAsync(Stage stage) => stage.Hub.Get<CodeDelivery>().SendPendingAsync(Stage.Token);

    private static async Task OpenDsrAsync(HttpClient controller, ConcurrentQueue<string> answers)
    {
        object Body(string type) => new { regulation = "gdpr", subject_request_id = "a7551968-d5d6-44b2-9831-815ac9017798", subject_request_type = type, submitted_time = "2026-03-01T15:00:00Z", subject_identities = new[] { new { identity_type = "email", identity_value = CanaryPerson.Email, identity_format = "raw" } } };
        await RefusedAsync(await PostAsync(controller, "api/opendsr/requests", Body(CanaryPerson.First)), answers);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(controller, "api/opendsr/requests", Body("access"))).StatusCode);
        await RefusedAsync(await controller.GetAsync(new Uri($"api/opendsr/requests/{CanaryPerson.Email}", UriKind.Relative), Stage.Token), answers);
    }

    private static async Task BulkAsync(HttpClient officer, ConcurrentQueue<string> answers)
    {
        using var list = new StringContent($"kind,email,phone,place\naccess,{CanaryPerson.Email},{CanaryPerson.Phone},DE\n{CanaryPerson.First},{CanaryPerson.Email},{CanaryPerson.Phone},{CanaryPerson.Last}\n", MediaTypeHeaderValue.Parse("text/csv"));
        using var answer = await officer.PostAsync(new Uri("api/privacy/bulk", UriKind.Relative), list, Stage.Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        answers.Enqueue(await answer.Content.ReadAsStringAsync(Stage.Token));
    }

    private static async Task<HttpClient> ClientAsync(Stage stage, Role role)
    {
        var client = new HttpClient { BaseAddress = stage.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await stage.Hub.Get<ApiKeyStore>().CreateAsync($"canary {role}", [role], Stage.Token)).Secret);
        return client;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, object body) => client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Stage.Token);

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Stage.Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task RefusedAsync(HttpResponseMessage response, ConcurrentQueue<string> answers)
    {
        Assert.False(response.IsSuccessStatusCode, $"{response.RequestMessage!.Method} was taken");
        answers.Enqueue(await response.Content.ReadAsStringAsync(Stage.Token));
    }

    private static async Task<IReadOnlyList<string>> PoisonAsync(Stage stage)
    {
        var shown = new List<string>();
        foreach (var queue in Queues.All.Concat(Queues.All.Select(Queues.Poison)))
            shown.AddRange((await stage.Hub.Get<IMessageQueue>().PeekAsync(queue, 32, Stage.Token)).Select(message => message.Body).Where(CanaryPerson.Shows));
        return shown;
    }

    /// <summary>A payload that was only encoded, and not sealed, would show here.</summary>
    private static IEnumerable<string> Unsealed(IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("sealed", out var text) && text.GetString() is { } encoded)
                yield return Encoding.Latin1.GetString(Convert.FromBase64String(encoded));
        }
    }

    private static Regex Field(string name) => new($"name=\"{name}\" value=\"([^\"]*)\"", RegexOptions.CultureInvariant);
}
