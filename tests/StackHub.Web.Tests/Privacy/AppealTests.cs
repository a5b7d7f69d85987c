using System.Net;
using StackHub.Privacy;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

public sealed class AppealTests
{
    [Fact]
    public async Task An_appeal_has_the_laws_dates_and_is_answered_by_somebody_else()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("erasure", place: "US-VA", verified: "seen in person");
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "wrong-state", await desk.DoAsync(id, "appeal", new { }));
        await desk.DoAsync(id, "deny", new { ground = "59.1-578", appeal = "Write to us." });

        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "appeal", new { })).StatusCode);
        var waits = await desk.ShowAsync(id);
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "appeal/answer", new { reason = "an error" }));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "four-eyes", await desk.DoAsync(id, "appeal/answer", new { granted = true, reason = "an error" }));
        await desk.Hub.Get<RequestDesk>().AnswerAppealAsync(RequestId.Parse(id), granted: true, "omar", "no invoice is open", CancellationToken.None);
        var goesOn = await desk.ShowAsync(id);

        Assert.Equal(("appealed", "appeal"), (waits.GetProperty("request").GetProperty("state").GetString(), waits.GetProperty("request").GetProperty("needs").GetString()));
        Assert.Contains("59.1-577(C)", waits.GetProperty("clocks")[0].GetProperty("complete").GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Equal("verified", goesOn.GetProperty("request").GetProperty("state").GetString());
        Assert.True(goesOn.GetProperty("appeal").GetProperty("granted").GetBoolean());
    }
}
