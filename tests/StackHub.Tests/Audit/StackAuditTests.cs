using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Audit;
using StackHub.Audit.Imports;
using StackHub.Audit.Notices;
using StackHub.Audit.Running;
using StackHub.Configuration;
using StackHub.Connecting;
using StackHub.Flows;
using StackHub.Security;
using StackHub.Testing.Connecting;
using StackHub.Testing.Sync;
using StackHub.Testing.Webhooks;
using StackHub.Webhooks;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Tests.Audit;

public sealed class StackAuditTests : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoColumns = [];
    private readonly AdjustableTime time = new();
    private readonly FakeSystem crm;
    private readonly FakeSystem mailer;
    private readonly FakeNoticeChannel channel = new();
    private readonly HubHarness hub;

    public StackAuditTests()
    {
        crm = new("crm", time);
        mailer = new("mailer", time);
        var plan = new AuditPlan
        {
            Systems = new Dictionary<string, string> { ["crm"] = "CRM", ["mailer"] = "Mailer" }.ToFrozenText(),
            Notify = new(new("https://hooks.example.com/audit"), "env:AUDIT_SECRET", Severity.High),
        };
        hub = new([crm, mailer], time, flows: services => services
            .AddSingleton(plan)
            .AddSingleton<INoticeChannel>(channel)
            .AddSingleton(new SecretResolver([new FakeSecrets()])));
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task The_hubs_own_systems_are_measured_by_their_records_and_traffic()
    {
        crm.Create("people", ("mail", "ann@acme.com"), ("first", "Ann"), ("last", "Lee"));
        crm.Create("people", ("mail", "bob@acme.com"), ("first", "Bob"), ("last", "Ray"));
        await hub.OnboardAsync();
        await hub.SettleAsync();

        var report = await hub.Get<StackAudit>().RunAsync(CancellationToken.None);

        Assert.Equal(["crm", "mailer"], report.Stack.Tools.Select(tool => tool.Id.Text));
        var pair = Assert.Single(report.Stack.Records, entry => entry.Key.Text == "mailer").Value;
        Assert.Equal((2, 2), (pair.Held.Count, pair.Held.Shared(report.Stack.Records[new("crm")].Held)));
        var email = report.Flows.Single(flow => flow is { Tool.Text: "mailer", Field: "email" });
        Assert.Equal((true, 2L, 2L, 0L), (email.Personal, email.Held, email.To, email.From));
        Assert.Equal((2L, 0L), (report.Flows.Single(flow => flow is { Tool.Text: "crm", Field: "email" }).From, report.Flows.Single(flow => flow is { Tool.Text: "crm", Field: "email" }).To));
        Assert.Equal(2, report.Stack.TrafficOf(new("mailer")).Sum(day => day.Written));
        Assert.True(report.Stack.TrafficOf(new("crm")).Sum(day => day.Received) >= 2);
        Assert.Equal(2 * 3 * 2, report.Stack.TrafficOf(new("mailer")).Sum(day => day.Values)); // an address and two names each: written, and told of
        Assert.True(report.Stack.TrafficOf(new("crm")).Sum(day => day.Values) >= 2 * 3);
    }

    [Fact]
    public async Task S58_A_webhook_of_nobody_is_a_finding_of_the_next_run_and_stays_refused()
    {
        var request = new WebhookRequest("POST", "https://hub.example.com/hooks/pigeon", new Dictionary<string, string> { ["origin"] = "https://events.pigeon.example" }, Encoding.UTF8.GetBytes("""{"email":"ann@acme.com","plan":"pro"}"""));

        var answer = await hub.Get<WebhookIntake>().TakeAsync("pigeon", request, CancellationToken.None);
        var report = await hub.Get<StackAudit>().RunAsync(CancellationToken.None);

        Assert.Equal(404, Assert.IsType<IntakeAnswer.Refused>(answer).Status);
        var finding = Assert.Single(report.Findings, finding => finding.Check == "shadow-traffic");
        Assert.Equal(("events.pigeon.example", "email, plan", "1"), (finding.Proves("origin"), finding.Proves("fields received"), finding.Proves("calls")));
        Assert.DoesNotContain("ann@acme.com", JsonSerializer.Serialize(finding.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counting_costs_at_most_one_operation_a_batch_and_one_a_minute()
    {
        var meter = hub.Get<TrafficMeter>();
        var before = hub.Operations.Total;
        for (var batch = 0; batch < 100; batch++)
        {
            meter.Received(crm.System, 50);
            await meter.SaveIfDueAsync(CancellationToken.None);
        }

        time.Advance(TimeSpan.FromMinutes(1));
        await meter.SaveIfDueAsync(CancellationToken.None);

        Assert.Equal(1, hub.Operations.Total - before);
    }

    [Fact]
    public async Task Lists_are_part_of_the_stack_and_runs_are_compared()
    {
        await ImportAsync("tools", ImportKind.Tools, "tool,owner,seats,seat price\nDesk,dana@example.com,120,75\nWiki,dana@example.com,5,0\n");
        await ImportAsync("logins", ImportKind.Accounts, "user,app,last login\n" + string.Concat(Enumerable.Range(0, 78).Select(person => $"p{person}@example.com,Desk,{Day(0)}\n")));
        var first = await RunAsync();
        time.Advance(TimeSpan.FromDays(7));
        await ImportAsync("logins", ImportKind.Accounts, "user,app,last login\n" + string.Concat(Enumerable.Range(0, 120).Select(person => $"p{person}@example.com,Desk,{Day(0)}\n")));

        var second = await RunAsync();

        var seats = Assert.Single(first.Findings, finding => finding.Check == "unused-seats");
        Assert.Equal(37_800m, seats.Saving);
        Assert.Contains(seats.Id, first.Run.New);
        Assert.Contains(seats.Id, second.Run.Gone);
        Assert.Equal(FindingStatus.Fixed, second.Findings.Single(finding => finding.Id == seats.Id).Status);
        Assert.Equal([first.Run.Id, second.Run.Id], (await hub.Get<RunStore>().ListAsync(CancellationToken.None)).Select(run => run.Id));
    }

    [Fact]
    public async Task An_accepted_finding_survives_the_next_run()
    {
        await ImportAsync("tools", ImportKind.Tools, "tool,owner,annual cost\nHidden tool,dana@example.com,50000\nBeta,,100\n");
        var finding = (await RunAsync()).Findings.Single(finding => finding.Subject == "hidden-tool");

        await hub.Get<StackAudit>().AcceptAsync(finding.Id, new(2099, 1, 1), "known", CancellationToken.None);
        time.Advance(TimeSpan.FromDays(7));

        Assert.Equal((FindingStatus.Accepted, "known"), ((await RunAsync()).Findings.Single(again => again.Id == finding.Id) is var kept ? (kept.Status, kept.AcceptedBecause) : default));
    }

    /// <summary>Dies before and after every write of a run, one after the other; the run that is left is gone on with.</summary>
    [Fact]
    public async Task A_run_that_dies_anywhere_is_gone_on_with_and_says_the_same()
    {
        await ImportAsync("people", ImportKind.People, "user,status\ndana@example.com,disabled\nerik@example.com,active\n");
        await ImportAsync("tools", ImportKind.Tools, "tool,owner,annual cost\nDesk,dana@example.com,50000\nWiki,,100\n");
        for (var death = 1; death <= 12; death++)
        {
            var (left, isAfter) = (death, death % 2 == 0);
            Task Die(string operation) => operation is "tables.write audit" or "tables.batch audit" && --left == 0 ? throw new IOException("the process died") : Task.CompletedTask;
            hub.Tables.Before = isAfter ? null : Die;
            hub.Tables.After = isAfter ? Die : null;
            await Record.ExceptionAsync(() => hub.Get<StackAudit>().RunAsync(CancellationToken.None));
            (hub.Tables.Before, hub.Tables.After) = (null, null);
            hub.Restart();
        }

        var report = await RunAsync();

        var orphan = Assert.Single(report.Findings, finding => finding.Check == "owner-left");
        Assert.Single(channel.Sent.Where(notice => notice.Body.Contains(orphan.Id, StringComparison.Ordinal)).Select(notice => notice.Id).Distinct());
        Assert.Equal(report.Findings.Length, report.Findings.Select(finding => finding.Id).Distinct().Count());
        Assert.False(await hub.Get<RunStore>().IsUnderWayAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_new_grave_finding_is_told_signed_and_again_until_it_is_taken()
    {
        await ImportAsync("people", ImportKind.People, "user,status\ndana@example.com,disabled\nerik@example.com,active\n");
        await ImportAsync("tools", ImportKind.Tools, "tool,owner,annual cost\nDesk,dana@example.com,50000\nWiki,erik@example.com,100\n");
        channel.Answer = "status 503";
        await RunAsync();
        channel.Answer = null;
        time.Advance(TimeSpan.FromMinutes(6));

        await hub.Get<NoticeSender>().SendAsync(CancellationToken.None);
        await hub.Get<NoticeSender>().SendAsync(CancellationToken.None);

        Assert.Equal(2, channel.Sent.Count);
        var (first, second) = (channel.Sent[0], channel.Sent[1]);
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.NotEqual(first.Headers[StandardWebhook.TimestampHeader], second.Headers[StandardWebhook.TimestampHeader]);
        Assert.Equal(StandardWebhook.Sign(second.Id, long.Parse(second.Headers[StandardWebhook.TimestampHeader]), Encoding.UTF8.GetBytes(second.Body), NoticeSender.Key(FakeSecrets.Value)), second.Headers[StandardWebhook.SignatureHeader]);
        Assert.Equal("owner-left", JsonDocument.Parse(second.Body).RootElement.GetProperty("data").GetProperty("check").GetString());
        Assert.DoesNotContain("dana", second.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timer_runs_once_a_week()
    {
        var timer = hub.Get<IEnumerable<StackHub.Triggers.ITimerHandler>>().OfType<AuditTimer>().Single();
        for (var hour = 0; hour < (14 * 24) + 1; hour++)
        {
            await timer.RunAsync(CancellationToken.None);
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(3, (await hub.Get<RunStore>().ListAsync(CancellationToken.None)).Count);
    }

    /// <summary>The example of the specification.</summary>
    [Fact]
    public void A_signature_is_that_of_the_published_example() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        StandardWebhook.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8.ToArray(), NoticeSender.Key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));

    private string Day(int ago) => AuditWords.Day(NodaTime.LocalDate.FromDateTime(time.GetUtcNow().UtcDateTime).PlusDays(-ago));

    private Task<AuditReport> RunAsync() => hub.Get<StackAudit>().RunAsync(CancellationToken.None);

    private async Task ImportAsync(string name, ImportKind kind, string text) =>
        Assert.Null((await hub.Get<InventoryImport>().ImportAsync(name, kind, new MemoryStream(Encoding.UTF8.GetBytes(text)), NoColumns, false, CancellationToken.None)).Rejected);
}
