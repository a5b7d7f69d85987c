using System.Net;
using StackHub.Identity;
using StackHub.Identity.Matching;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Merges;

public sealed class MergeTests
{
    [Fact]
    public async Task A_merge_is_listed_and_taken_back()
    {
        await using var hub = await WebHub.StartAsync();
        var survivor = await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        hub.Parts.Time.Advance(TimeSpan.FromSeconds(1)); // the older one lives on
        var loser = await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        await hub.Get<RecordMerger>().MergeAsync(survivor, loser, "test", CancellationToken.None);

        var merge = Assert.Single(await Pages.AllAsync(hub, "api/merges"));
        var response = await hub.PostAsync($"api/merges/{loser}/undo", Role.Operator);

        Assert.Equal(loser.ToString(), merge.GetProperty("loser").GetString());
        Assert.Equal(survivor.ToString(), merge.GetProperty("survivor").GetString());
        Assert.Equal("crm/contacts/2", merge.GetProperty("links")[0].GetString());
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(loser, hub.Get<Redirects>().Follow(loser));
        Assert.True(Assert.Single(await Pages.AllAsync(hub, "api/merges")).TryGetProperty("undoneAt", out _));
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound, "unknown-merge")]
    [InlineData("7", HttpStatusCode.BadRequest, "bad-parameter")]
    public async Task What_was_not_merged_is_not_undone(string id, HttpStatusCode status, string code)
    {
        await using var hub = await WebHub.StartAsync();

        await ProblemAssert.IsAsync(status, code, await hub.PostAsync($"api/merges/{id}/undo", Role.Operator));
    }
}
