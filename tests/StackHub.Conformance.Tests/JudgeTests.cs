using System.Text;
using StackHub.Conformance.Tests.Judging;
using StackHub.Conformance.Tests.Node;
using StackHub.Sandbox.Hosting;

namespace StackHub.Conformance.Tests;

/// <summary>The judge itself: what is wrong is seen.</summary>
public sealed class JudgeTests
{
    private static readonly Exchange Right = new("hubspot", "POST", "/crm/v3/objects/contacts/batch/upsert", Json(("authorization", "Bearer x")), Encoding.UTF8.GetBytes("""{"inputs":[{"id":"a@example.com","idProperty":"email","properties":{"email":"a@example.com"}}]}"""))
    {
        Status = 200,
        ResponseHeaders = Json(),
        ResponseBody = Encoding.UTF8.GetBytes("""{"status":"COMPLETE","results":[{"id":"1","new":true,"archived":false,"properties":{},"createdAt":"2026-01-01T00:00:00Z","updatedAt":"2026-01-01T00:00:00Z"}],"startedAt":"2026-01-01T00:00:00Z","completedAt":"2026-01-01T00:00:00Z"}"""),
    };

    [Fact]
    public async Task A_right_exchange_passes() => Assert.Empty(await ProblemsAsync(Right));

    [Fact]
    public async Task A_body_without_a_required_property_is_seen()
    {
        var problems = await ProblemsAsync(Right with { RequestBody = "{\"inputs\":[{\"properties\":{}}]}"u8.ToArray() });

        Assert.Equal(new Problem("request", "body.inputs.*", "must have required property 'id'", IsWarning: false), Assert.Single(problems));
    }

    [Fact]
    public async Task An_answer_without_a_required_property_is_seen()
    {
        var problems = await ProblemsAsync(Right with { ResponseBody = "{\"status\":\"COMPLETE\",\"results\":[]}"u8.ToArray() });

        Assert.Contains(problems, problem => problem is { Side: "response", Wanted: "must have required property 'startedAt'" });
    }

    [Fact]
    public async Task A_status_that_is_not_declared_is_seen() =>
        Assert.Contains(await ProblemsAsync(Right with { Status = 202 }), problem => problem is { Side: "response", IsWarning: false });

    [Fact]
    public async Task An_unknown_path_method_and_query_are_seen()
    {
        Assert.Equal("path", Assert.Single(await ProblemsAsync(Right with { Target = "/crm/v3/objects/contacts/batch/upsertAll" })).Where);
        Assert.Equal("path", Assert.Single(await ProblemsAsync(Right with { Method = "PUT" })).Where);
        Assert.Equal("query.often", Assert.Single(await ProblemsAsync(Right with { Target = Right.Target + "?often=1" })).Where);
    }

    [Fact]
    public async Task A_call_without_its_token_or_a_required_header_is_seen()
    {
        var klaviyo = new Exchange("klaviyo", "GET", "/api/profiles/1", new Dictionary<string, string> { ["authorization"] = "Klaviyo-API-Key x" }, default) { Status = 404, ResponseHeaders = Json(), ResponseBody = default };

        Assert.Contains(await ProblemsAsync(klaviyo), problem => problem.Wanted == "must have required property 'revision'");
        Assert.Contains(await ProblemsAsync(Right with { RequestHeaders = Json() }), problem => problem.Wanted.Contains("security", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_verdict_holds_no_value_of_the_message()
    {
        var body = """{"inputs":[{"id":17,"idProperty":"email","properties":{"email":["secret@example.com"]}}]}""";

        var problems = await ProblemsAsync(Right with { RequestBody = Encoding.UTF8.GetBytes(body) });

        Assert.Equal(2, problems.Count);
        Assert.DoesNotContain(problems, problem => problem.ToString().Contains("secret", StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<Problem>> ProblemsAsync(Exchange exchange)
    {
        SpecFolder.Require();
        return (await PrismJudge.JudgeAsync([exchange], TestContext.Current.CancellationToken)).Single().Problems;
    }

    private static Dictionary<string, string> Json(params (string Name, string Value)[] more) =>
        more.Append(("content-type", "application/json")).Append(("content-length", "1")).ToDictionary(header => header.Item1, header => header.Item2);
}
