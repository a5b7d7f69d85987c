using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using StackHub.Configuration;
using StackHub.Routing.Flow;
using StackHub.Routing.Ledger;
using StackHub.Routing.Signals;
using StackHub.Security;
using StackHub.Suppression;
using StackHub.Testing.Webhooks;
using StackHub.Webhooks.Outgoing;

namespace StackHub.Tests.Routing.Signals;

/// <summary>What other systems are told of routing.</summary>
public sealed class SignalTests : IAsyncDisposable
{
    private const string Told = "  signals: { url: https://hooks.example.com/routing, secret: env:ROUTING, fields: [email, company, account.industry] }\n";
    private readonly FakeNoticeChannel channel = new();
    private readonly RoutingScene scene;

    public SignalTests() => scene = Scene(RoutingScene.Owners + RoutingScene.TwoInTurn + Told);

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task A_routed_lead_goes_out_with_what_its_owner_needs_to_know_once()
    {
        var lead = scene.Lead(("mail", "ada@acme.com"), ("company", "Acme"));
        await scene.StartAsync();
        await TickAsync();
        await scene.TellAsync((await scene.RecordAsync(scene.Crm, lead)).Id);
        await scene.Hub.SettleAsync();
        await TickAsync();

        var (id, headers, body) = Assert.Single(channel.Sent);
        var (record, data) = ((await scene.RecordAsync(scene.Crm, lead)).Id, Parse(body).GetProperty("data"));
        Assert.Equal($"routed-{record}-1", id);
        Assert.Equal(StandardWebhook.Sign(id, long.Parse(headers[StandardWebhook.TimestampHeader]), Encoding.UTF8.GetBytes(body), StandardWebhook.Secret(FakeSecrets.Value)!), headers[StandardWebhook.SignatureHeader]);
        Assert.Equal(("lead.routed", record.ToString(), "ann", "005A", "fallback", "sales"), (Parse(body).GetProperty("type").GetString(), data.GetProperty("lead").GetString(), data.GetProperty("owner").GetString(), data.GetProperty("ownerIds").GetProperty("crm").GetString(), data.GetProperty("step").GetString(), data.GetProperty("pool").GetString()));
        Assert.Equal("rule fallback, pool sales: their turn at weight 1 of 2", data.GetProperty("why").GetString());
        Assert.Equal("ada@acme.com", data.GetProperty("fields").GetProperty("email").GetString());
        Assert.Equal([("crm", "people", lead)], data.GetProperty("records").EnumerateArray().Select(one => (one.GetProperty("system").GetString()!, one.GetProperty("type").GetString()!, one.GetProperty("id").GetString()!)).Where(one => one.Item1 == "crm"));
    }

    [Fact]
    public async Task One_that_is_not_taken_is_sent_again_later_under_the_same_id_and_given_up_after_three_days()
    {
        channel.Answer = "status 503";
        scene.Lead();
        await scene.StartAsync();
        await TickAsync();
        await TickAsync();
        Assert.Single(channel.Sent); // not before its time

        scene.Time.Advance(TimeSpan.FromSeconds(31));
        await TickAsync();
        Assert.Equal(2, channel.Sent.Count);
        Assert.Single(channel.Sent.Select(sent => sent.Id).Distinct());

        scene.Time.Advance(TimeSpan.FromDays(4));
        await TickAsync();
        scene.Time.Advance(TimeSpan.FromDays(4));
        await TickAsync();
        Assert.Equal(3, channel.Sent.Count);
    }

    [Fact]
    public void It_is_tried_later_and_later()
    {
        var now = new DateTimeOffset(2026, 6, 10, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal([30, 60, 120, 21_600], new[] { 1, 2, 3, 12 }.Select(tries => (int)(SignalSender.Next(tries, now, now)!.Value - now).TotalSeconds));
        Assert.Null(SignalSender.Next(1, now.AddDays(-3), now));
    }

    [Fact]
    public async Task Nothing_is_told_of_a_lead_that_was_erased_or_taken_meanwhile()
    {
        channel.Answer = "status 503";
        var (erased, taken) = (scene.Lead(), scene.Lead());
        await scene.StartAsync();
        await TickAsync();
        channel.Answer = null;
        channel.Sent.Clear();
        var id = (await scene.RecordAsync(scene.Crm, erased)).Id;
        var other = (await scene.RecordAsync(scene.Crm, taken)).Id;
        await scene.Hub.Get<LeadRouter>().EndAsync((await scene.Ledger.FindAsync(other, 1, default))!, LedgerState.Refunded, "taken", refund: true, default);
        await scene.Hub.Get<SuppressionList>().AddAsync("record", id.ToString(), "erased", default);
        scene.Time.Advance(TimeSpan.FromMinutes(1));

        await TickAsync();

        Assert.Empty(channel.Sent);
        Assert.Empty(await scene.Hub.Get<SignalOutbox>().DueAsync(default));
    }

    [Fact]
    public async Task A_pool_that_can_take_nobody_is_told_once_and_once_when_it_can_again()
    {
        await using var capped = Scene(RoutingScene.Owners + "  pools: { sales: { members: { ann: 1, bob: 1 }, open: 1 } }\n  fallback: pool sales\n" + Told);
        string[] leads = [.. Enumerable.Range(0, 3).Select(_ => capped.Lead())];
        await capped.StartAsync();
        await TickAsync(capped);
        await TickAsync(capped);

        var exhausted = Assert.Single(channel.Sent, sent => sent.Id.StartsWith("capacity-exhausted-sales-", StringComparison.Ordinal));
        var data = Parse(exhausted.Body).GetProperty("data");
        Assert.Equal(("sales", 1), (data.GetProperty("pool").GetString(), data.GetProperty("waiting").GetInt32()));
        Assert.Equal([("ann", "open_cap_reached(1/1)"), ("bob", "open_cap_reached(1/1)")], data.GetProperty("members").EnumerateArray().Select(member => (member.GetProperty("owner").GetString()!, member.GetProperty("check").GetString()!)));

        foreach (var lead in leads)
            capped.Crm.Edit(lead, "stage", "customer");
        await capped.Hub.SettleAsync();
        await TickAsync(capped);
        await TickAsync(capped);

        Assert.Equal(["capacity.exhausted", "capacity.restored"], channel.Sent.Select(sent => Parse(sent.Body).GetProperty("type").GetString()).Where(type => type!.StartsWith("capacity", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_anybody_to_tell_nothing_is_kept()
    {
        await using var silent = Scene(RoutingScene.Owners + RoutingScene.TwoInTurn);
        silent.Lead();
        await silent.StartAsync();
        await TickAsync(silent);

        Assert.Empty(channel.Sent);
        Assert.Empty(await silent.Hub.Get<SignalOutbox>().DueAsync(default));
    }

    [Theory]
    [InlineData("signals: { url: http://hooks.example.com, secret: env:X }", "routing.signals.url")]
    [InlineData("signals: { url: https://hooks.example.com, secret: letmein }", "routing.signals.secret")]
    [InlineData("signals: { url: https://hooks.example.com, secret: env:X, fields: [emial] }", "routing.signals.fields")]
    public void What_is_wrong_with_whom_to_tell_is_told(string signals, string path)
    {
        var problem = Assert.Single(Assert.IsType<ConfigurationResult.Invalid>(RoutingScene.Parse(RoutingScene.Owners + RoutingScene.TwoInTurn + $"  {signals}\n")).Problems);

        Assert.Equal(path, problem.Path);
        Assert.DoesNotContain("letmein", problem.ToString(), StringComparison.Ordinal);
    }

    private RoutingScene Scene(string routing) => new(routing, services => services.AddSingleton<INoticeChannel>(channel).AddSingleton(new SecretResolver([new FakeSecrets()])));

    private Task TickAsync() => TickAsync(scene);

    private static async Task TickAsync(RoutingScene scene)
    {
        foreach (var timer in scene.Hub.Get<IEnumerable<StackHub.Triggers.ITimerHandler>>().OfType<HoldingTimer>())
            await timer.RunAsync(default);
        await scene.Hub.SettleAsync();
    }

    private static JsonElement Parse(string body) => JsonDocument.Parse(body).RootElement;
}
