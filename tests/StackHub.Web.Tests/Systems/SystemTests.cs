using System.Net;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Systems;

public sealed class SystemTests
{
    [Fact]
    public async Task Systems_are_listed_with_what_waits_for_them_and_what_was_done()
    {
        await using var hub = await WebHub.StartAsync();
        await ApprovedAsync(hub);
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Get<SystemCounters>().Called(WebHub.Mail, "contacts.batchUpsert");
        hub.Get<SystemCounters>().Of(WebHub.Mail).AddCreated();
        await hub.Get<VendorBudget>().BlockAsync(WebHub.Mail, TimeSpan.FromSeconds(30), CancellationToken.None);

        var systems = (await hub.JsonAsync("api/systems")).GetProperty("items").EnumerateArray().ToArray();

        Assert.Equal(["crm", "mail", "quiet"], systems.Select(system => system.GetProperty("id").GetString()));
        var mail = systems[1];
        Assert.Equal("approved", mail.GetProperty("stage").GetString());
        Assert.Equal("live", mail.GetProperty("mode").GetString());
        Assert.True(mail.GetProperty("writes").GetBoolean());
        Assert.Equal(1, mail.GetProperty("outbox").GetProperty("count").GetInt32());
        Assert.False(mail.GetProperty("outbox").GetProperty("atLeast").GetBoolean());
        Assert.Equal(1, mail.GetProperty("counts").GetProperty("created").GetInt32());
        Assert.Equal(1, mail.GetProperty("calls").GetProperty("contacts.batchUpsert").GetInt32());
        Assert.Equal(hub.Parts.Time.GetUtcNow() + TimeSpan.FromSeconds(30), mail.GetProperty("blockedUntil").GetDateTimeOffset());
        Assert.False(mail.TryGetProperty("paused", out _));
    }

    [Fact]
    public async Task A_system_that_was_never_read_is_not_approved()
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "not-baselined", await hub.PostAsync("api/systems/crm/approve", Role.Approver));
    }

    [Fact]
    public async Task A_baselined_system_is_approved_with_its_plan()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        await hub.Get<SystemStates>().ChangeAsync(WebHub.Mail, state => state with { Stage = SystemStage.Baselined }, CancellationToken.None);

        var response = await hub.PostAsync("api/systems/mail/approve", Role.Approver);

        Assert.Equal(1, (await WebHub.JsonOf(response)).GetProperty("creates").GetInt32());
        Assert.Equal(SystemStage.Approved, (await hub.Get<SystemStates>().GetAsync(WebHub.Mail, CancellationToken.None)).Stage);
    }

    [Fact]
    public async Task A_system_is_paused_with_a_reason_and_resumed()
    {
        await using var hub = await WebHub.StartAsync();
        await ApprovedAsync(hub);

        var paused = await WebHub.JsonOf(await hub.PostAsync("api/systems/mail/pause", Role.Operator, new { reason = "migration" }));
        var resumed = await WebHub.JsonOf(await hub.PostAsync("api/systems/mail/resume", Role.Operator));

        Assert.Equal("migration", paused.GetProperty("paused").GetString());
        Assert.False(paused.GetProperty("writes").GetBoolean());
        Assert.False(resumed.TryGetProperty("paused", out _));
        Assert.True(resumed.GetProperty("writes").GetBoolean());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("{\"reason\":null}")]
    [InlineData("{\"reason\":\"  \"}")]
    public async Task A_reason_may_be_left_out(string? body)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Operator);
        using var content = body is null ? null : new StringContent(body, null, "application/json");

        var response = await client.PostAsync(new Uri("api/systems/mail/pause", UriKind.Relative), content);

        Assert.Equal("paused by a person", (await WebHub.JsonOf(response)).GetProperty("paused").GetString());
    }

    [Fact]
    public async Task An_endless_reason_is_refused()
    {
        await using var hub = await WebHub.StartAsync();

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await hub.PostAsync("api/systems/mail/pause", Role.Operator, new { reason = new string('x', 201) }));

        Assert.Equal("reason", problem.GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("api/systems/nobody/approve", Role.Approver)]
    [InlineData("api/systems/nobody/pause", Role.Operator)]
    [InlineData("api/systems/nobody/resume", Role.Operator)]
    public async Task An_unknown_system_is_not_found(string path, Role role)
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-system", await hub.PostAsync(path, role));
    }

    private static async Task ApprovedAsync(WebHub hub)
    {
        foreach (var system in new[] { WebHub.Crm, WebHub.Mail, WebHub.Quiet })
            await hub.Get<SystemStates>().ChangeAsync(system, state => state with { Stage = SystemStage.Approved }, CancellationToken.None);
    }
}
