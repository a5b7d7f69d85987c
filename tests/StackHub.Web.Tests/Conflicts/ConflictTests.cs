using System.Net;
using StackHub.Identity;
using StackHub.Records;
using StackHub.Security;
using StackHub.Sync.Conflicts;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Conflicts;

public sealed class ConflictTests
{
    [Fact]
    public async Task Open_conflicts_are_listed_unless_others_are_asked_for()
    {
        await using var hub = await WebHub.StartAsync();
        var (id, first, second) = await PairAsync(hub);
        await hub.PostAsync($"api/conflicts/{id}/close", Role.Operator);
        await hub.Get<ConflictStore>().RaiseAsync(new(ConflictKind.Fight, first, hub.Parts.Time.GetUtcNow()) { System = WebHub.Crm, Field = "phone", Detail = "They keep overwriting each other." }, CancellationToken.None);

        var open = Assert.Single(await Pages.AllAsync(hub, "api/conflicts"));
        var closed = Assert.Single(await Pages.AllAsync(hub, "api/conflicts?state=closed"));

        Assert.Equal("fight", open.GetProperty("kind").GetString());
        Assert.Equal("phone", open.GetProperty("field").GetString());
        Assert.Equal("possible-duplicate", closed.GetProperty("kind").GetString());
        Assert.Equal(second.ToString(), closed.GetProperty("other").GetString());
        Assert.Equal(0.7, closed.GetProperty("probability").GetDouble());
        Assert.Equal(2, (await Pages.AllAsync(hub, "api/conflicts?state=all&take=1")).Count);
    }

    [Fact]
    public async Task The_pair_of_a_conflict_is_merged()
    {
        await using var hub = await WebHub.StartAsync();
        var (id, first, second) = await PairAsync(hub);

        var response = await hub.PostAsync($"api/conflicts/{id}/merge", Role.Operator);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(first, hub.Get<Redirects>().Follow(second));
        Assert.Empty(await Pages.AllAsync(hub, "api/conflicts"));
    }

    [Fact]
    public async Task A_closed_pair_is_two_and_cannot_be_merged_any_more()
    {
        await using var hub = await WebHub.StartAsync();
        var (id, _, _) = await PairAsync(hub);

        Assert.Equal(HttpStatusCode.NoContent, (await hub.PostAsync($"api/conflicts/{id}/close", Role.Operator)).StatusCode);

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "cannot-merge", await hub.PostAsync($"api/conflicts/{id}/merge", Role.Operator));
    }

    [Fact]
    public async Task A_conflict_without_a_pair_is_not_merged()
    {
        await using var hub = await WebHub.StartAsync();
        var record = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        var fight = new Conflict(ConflictKind.Fight, record, hub.Parts.Time.GetUtcNow()) { Field = "phone" };
        await hub.Get<ConflictStore>().RaiseAsync(fight, CancellationToken.None);

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "no-pair", await hub.PostAsync($"api/conflicts/{fight.Id}/merge", Role.Operator));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("close")]
    public async Task An_unknown_conflict_is_not_found(string action)
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "unknown-conflict", await hub.PostAsync($"api/conflicts/Fight-0-all/{action}", Role.Operator));
    }

    private static async Task<(string Id, RecordId First, RecordId Second)> PairAsync(WebHub hub)
    {
        var first = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        var conflict = new Conflict(ConflictKind.PossibleDuplicate, first, hub.Parts.Time.GetUtcNow()) { Other = second, Probability = 0.7 };
        await hub.Get<ConflictStore>().RaiseAsync(conflict, CancellationToken.None);
        return (conflict.Id, first, second);
    }
}
