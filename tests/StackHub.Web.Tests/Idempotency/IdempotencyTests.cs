using System.Net;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Triggers;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Idempotency;

public sealed class IdempotencyTests
{
    private static readonly object Poll = new { kind = "poll", system = "crm" };

    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_happens_once()
    {
        await using var hub = await WebHub.StartAsync();

        var first = await hub.PostAsync("api/runs", Role.Operator, Poll, "key-1");
        var second = await hub.PostAsync("api/runs", Role.Operator, Poll, "key-1");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Single(await Pages.AllAsync(hub, "api/runs"));
    }

    [Fact]
    public async Task A_refusal_is_repeated_too()
    {
        await using var hub = await WebHub.StartAsync();

        for (var time = 0; time < 2; time++)
            await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "not-baselined", await hub.PostAsync("api/systems/crm/approve", Role.Approver, null, "key-1"));
        for (var time = 0; time < 2; time++)
            await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-request", await hub.PostAsync("api/runs", Role.Operator, 7, "key-2"));
    }

    [Fact]
    public async Task An_answer_without_a_body_is_repeated()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.Get<Sync.DeadLetters.DeadLetterStore>().AddAsync(new("0001", hub.Parts.Time.GetUtcNow(), "code", "words"), CancellationToken.None);

        for (var time = 0; time < 2; time++)
            Assert.Equal(HttpStatusCode.NoContent, (await hub.PostAsync("api/dead-letters/0001/replay", Role.Operator, null, "key-1")).StatusCode);
    }

    [Fact]
    public async Task Another_request_under_the_key_is_refused()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.PostAsync("api/runs", Role.Operator, Poll, "key-1");

        await ProblemAssert.IsAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", await hub.PostAsync("api/runs", Role.Operator, new { kind = "poll", system = "mail" }, "key-1"));
        await ProblemAssert.IsAsync(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", await hub.PostAsync("api/systems/crm/pause", Role.Operator, Poll, "key-1"));
    }

    [Fact]
    public async Task Another_callers_key_is_another_key()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1");

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "not-baselined", await hub.PostAsync("api/systems/crm/approve", Role.Approver, null, "key-1"));
    }

    [Fact]
    public async Task While_the_first_is_under_way_the_second_is_put_off()
    {
        await using var hub = await WebHub.StartAsync();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        hub.Parts.Tables.Before = async operation =>
        {
            if (operation != $"tables.get {Tables.Systems}")
                return;
            reached.TrySetResult();
            await go.Task;
        };
        var first = hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1");
        await reached.Task;

        var second = await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1");

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "idempotency-in-progress", second);
        Assert.NotNull(second.Headers.RetryAfter);
        go.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1")).StatusCode);
    }

    [Fact]
    public async Task A_failure_here_frees_the_key()
    {
        await using var hub = await WebHub.StartAsync();
        hub.Parts.Tables.Before = operation => operation == $"tables.write {Tables.Systems}" ? throw new IOException() : Task.CompletedTask;
        await ProblemAssert.IsAsync(HttpStatusCode.InternalServerError, "internal", await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1"));
        hub.Parts.Tables.Before = null;

        var response = await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_key_is_forgotten_after_a_day_and_swept()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-1");
        await hub.PostAsync("api/systems/crm/pause", Role.Operator, null, "key-2");
        hub.Parts.Time.Advance(TimeSpan.FromHours(25));

        Assert.False((await hub.PostAsync("api/systems/crm/resume", Role.Operator, null, "key-1")).Headers.Contains("Idempotency-Replayed"));
        await hub.Get<IEnumerable<ITimerHandler>>().Single(timer => timer.Name == "idempotency").RunAsync(CancellationToken.None);

        Assert.Single((await hub.Parts.Tables.QueryAsync(Tables.Idempotency, TableRange.All, 10, null, CancellationToken.None)).Rows);
        Assert.Null((await hub.Get<SystemStates>().GetAsync(WebHub.Crm, CancellationToken.None)).Paused);
    }

    [Fact]
    public async Task What_is_stored_can_be_read_by_nobody()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.PostAsync("api/systems/crm/pause", Role.Operator, new { reason = "ada@lovelace.example" }, "key-of-ada");

        var row = Assert.Single((await hub.Parts.Tables.QueryAsync(Tables.Idempotency, TableRange.All, 10, null, CancellationToken.None)).Rows);

        var text = $"{row.Partition} {row.Row} {string.Join(' ', row.Values.Values.Select(value => value is byte[] bytes ? System.Text.Encoding.UTF8.GetString(bytes) : value))}";
        Assert.DoesNotContain("ada", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("has space")]
    [InlineData("	")]
    [InlineData("long")]
    public async Task A_bad_key_is_named(string key)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Operator);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/systems/crm/pause", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "long" ? new string('k', 201) : key);

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await client.SendAsync(request));

        Assert.Equal("Idempotency-Key", problem.GetProperty("parameter").GetString());
    }
}
