using System.Net;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Paging;

public sealed class BadInputTests
{
    private static readonly string[] Lists = ["api/records", "api/plan", "api/runs", "api/conflicts", "api/merges", "api/dead-letters"];

    private static readonly string[] Hostile =
    [
        "'", "\"", "' OR 1=1 --", "<script>alert(1)</script>", "a\r\nX-Evil: 1", "\u0000", "a\u0000b", "😀", "\u202Egnp.exe", "../../../etc/passwd", "%2e%2e", "{id}", "\\", "#", "?", "/", "//", "a/b/c", "a/b/c/d",
        new string('a', 5_000), new string('9', 400), "1e9", "-1", "١٢", "null", "NaN", "ada@lovelace.example", "@", "a@b", "crm/contacts/'",
    ];

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("201")]
    [InlineData("99999999999999999999")]
    [InlineData("1.5")]
    [InlineData("ten")]
    [InlineData("")]
    [InlineData(" 5")]
    public async Task A_bad_take_is_named_with_its_cure(string take)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);
        foreach (var list in Lists)
        {
            var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await client.GetAsync(new Uri($"{list}?take={take}", UriKind.Relative)));
            Assert.Equal("take", problem.GetProperty("parameter").GetString());
            Assert.Contains("from 1 to 200", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!")]
    [InlineData("bm90LW91cnM%3D")]
    public async Task A_cursor_that_is_not_ours_is_named_with_its_cure(string cursor)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);
        foreach (var list in Lists)
        {
            var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await client.GetAsync(new Uri($"{list}?cursor={cursor}", UriKind.Relative)));
            Assert.Equal("cursor", problem.GetProperty("parameter").GetString());
        }
    }

    [Fact]
    public async Task A_cursor_of_another_list_or_filter_is_refused()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);
        await hub.SeenAsync(WebHub.Crm, "1", ("Email", "a@one.example"));
        await hub.SeenAsync(WebHub.Crm, "2", ("Email", "b@two.example"));
        var next = (await hub.JsonAsync("api/records?take=1")).GetProperty("next").GetString();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri($"api/records?take=1&cursor={next}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(new Uri($"api/records?kind=person&cursor={next}", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync(new Uri($"api/runs?cursor={next}", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("api/records?kind=lead", "kind")]
    [InlineData("api/records?kind=Person", "kind")]
    [InlineData("api/records?q=", "q")]
    [InlineData("api/explain", "q")]
    [InlineData("api/explain?q=%20", "q")]
    [InlineData("api/records/7", "id")]
    [InlineData("api/records/7/links", "id")]
    [InlineData("api/records/7/explain", "id")]
    [InlineData("api/runs/7", "id")]
    [InlineData("api/plan?system=nobody", "system")]
    [InlineData("api/plan?system=", "system")]
    [InlineData("api/conflicts?state=half", "state")]
    public async Task A_bad_parameter_is_named(string path, string parameter)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        var problem = await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-parameter", await client.GetAsync(new Uri(path, UriKind.Relative)));

        Assert.Equal(parameter, problem.GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("api/none")]
    [InlineData("none")]
    [InlineData("api/records/a/b/c")]
    [InlineData("api")]
    public async Task An_unknown_address_is_a_problem_too(string path)
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        await ProblemAssert.IsAsync(HttpStatusCode.NotFound, "no-such-route", await client.GetAsync(new Uri(path, UriKind.Relative)));
    }

    [Fact]
    public async Task Hostile_values_are_answered_quietly_and_never_repeated()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);
        foreach (var value in Hostile)
        {
            var text = Uri.EscapeDataString(value);
            foreach (var path in new[] { $"api/records?q={text}", $"api/explain?q={text}", $"api/records?kind={text}", $"api/records?cursor={text}", $"api/records?take={text}", $"api/plan?system={text}", $"api/records/{text}", $"api/runs/{text}" })
                await AssertQuietAsync(hub, await client.GetAsync(new Uri(path, UriKind.Relative)), value, path);
        }
    }

    [Fact]
    public async Task Hostile_ids_in_posts_are_answered_quietly_and_never_repeated()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Operator);
        foreach (var value in Hostile)
        {
            var text = Uri.EscapeDataString(value);
            foreach (var path in new[] { $"api/systems/{text}/pause", $"api/conflicts/{text}/merge", $"api/conflicts/{text}/close", $"api/merges/{text}/undo", $"api/dead-letters/{text}/replay" })
                await AssertQuietAsync(hub, await client.PostAsync(new Uri(path, UriKind.Relative), null), value, path);
        }
    }

    [Fact]
    public async Task Ten_thousand_characters_are_refused()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        var response = await client.GetAsync(new Uri($"api/records?q={new string('a', 10_000)}", UriKind.Relative));

        Assert.InRange((int)response.StatusCode, 400, 499);
    }

    private static async Task AssertQuietAsync(WebHub hub, HttpResponseMessage response, string value, string path)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{path}: {response.StatusCode} {body}");
        Assert.False(response.Headers.Contains("X-Evil"));
        if ((int)response.StatusCode >= 400 && value.Length > 8)
            Assert.DoesNotContain(value, body, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Parts.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }
}
