using System.Net;
using StackHub.Security;
using StackHub.Storage;
using StackHub.Sync.DeadLetters;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.DeadLetters;

public sealed class DeadLetterTests
{
    [Fact]
    public async Task A_letter_is_listed_without_its_body_and_replayed()
    {
        await using var hub = await WebHub.StartAsync();
        await hub.Get<DeadLetterStore>().AddAsync(new("0001-a", hub.Parts.Time.GetUtcNow(), "TimeoutException", "The message failed 5 times.") { Queue = Queues.Inbound, Body = "sealed-payload" }, CancellationToken.None);

        var letter = Assert.Single(await Pages.AllAsync(hub, "api/dead-letters"));
        var response = await hub.PostAsync("api/dead-letters/0001-a/replay", Role.Operator);

        Assert.Equal("inbound", letter.GetProperty("queue").GetString());
        Assert.DoesNotContain("sealed-payload", letter.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("sealed-payload", Assert.Single(await hub.Parts.Queue.PeekAsync(Queues.Inbound, 1, CancellationToken.None)).Body);
        Assert.Empty(await Pages.AllAsync(hub, "api/dead-letters"));
    }

    [Fact]
    public async Task A_refused_record_is_named()
    {
        await using var hub = await WebHub.StartAsync();
        var record = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        var id = DeadLetterStore.IdOf(hub.Parts.Time.GetUtcNow(), WebHub.Mail, record, "phone");
        await hub.Get<DeadLetterStore>().AddAsync(new(id, hub.Parts.Time.GetUtcNow(), "INVALID_PHONE", "[value] is not a phone number") { System = WebHub.Mail, Record = record, Field = "phone" }, CancellationToken.None);

        var letter = Assert.Single(await Pages.AllAsync(hub, "api/dead-letters"));

        Assert.Equal("mail", letter.GetProperty("system").GetString());
        Assert.Equal(record.ToString(), letter.GetProperty("record").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await hub.PostAsync($"api/dead-letters/{id}/replay", Role.Operator)).StatusCode);
    }

    [Fact]
    public async Task They_are_paged()
    {
        await using var hub = await WebHub.StartAsync();
        for (var number = 0; number < 5; number++)
            await hub.Get<DeadLetterStore>().AddAsync(new($"000{number}", hub.Parts.Time.GetUtcNow(), "code", "words"), CancellationToken.None);

        Assert.Equal(["0000", "0001", "0002", "0003", "0004"], (await Pages.AllAsync(hub, "api/dead-letters?take=2")).Select(letter => letter.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task An_unknown_letter_is_not_found()
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-dead-letter", await hub.PostAsync("api/dead-letters/none/replay", Role.Operator));
    }
}
