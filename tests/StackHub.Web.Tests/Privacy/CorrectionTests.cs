using System.Net;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

/// <summary>What a person wants put right, said by the API.</summary>
public sealed class CorrectionTests
{
    [Fact]
    public async Task What_is_put_right_is_said_field_by_field_replaced_until_it_is_approved_and_never_in_the_evidence()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("rectification", verified: "seen in person");

        Assert.Equal(HttpStatusCode.NoContent, (await CorrectAsync(desk, id, ("lastName", "Byron"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await CorrectAsync(desk, id, ("lastName", "King"), ("firstName", null))).StatusCode);

        var kept = (await desk.Hub.Get<PrivacyStore>().FindAsync(RequestId.Parse(id), CancellationToken.None))!;
        Assert.Equal([new Correction("lastName", "King"), new("firstName", null)], kept.Corrections);
        var evidence = (await desk.Hub.Get<EvidenceLedger>().CheckAsync(id, null, CancellationToken.None)).Entries;
        Assert.NotEmpty(evidence);
        Assert.DoesNotContain(evidence.SelectMany(entry => entry.Note.Facts.Values), fact => fact.Contains("King", StringComparison.Ordinal) || fact.Contains("Byron", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_no_field_and_what_asks_for_something_else_is_refused_and_nothing_kept()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var (id, other) = (await desk.SubmitAsync("rectification", verified: "seen in person"), await desk.SubmitAsync("access", verified: "seen in person"));

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "corrections", new { corrections = Array.Empty<object>() }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "incomplete", await CorrectAsync(desk, id, ("shoeSize", "39")));
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "wrong-state", await CorrectAsync(desk, other, ("lastName", "King")));
        await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", await desk.DoAsync(id, "corrections", new { corrections = new[] { new { field = "lastName", value = "King" } } }, Role.Approver));
        Assert.Empty((await desk.Hub.Get<PrivacyStore>().FindAsync(RequestId.Parse(id), CancellationToken.None))!.Corrections);
    }

    private static Task<HttpResponseMessage> CorrectAsync(PrivacyDesk desk, string id, params (string Field, string? Value)[] corrections) =>
        desk.DoAsync(id, "corrections", new { corrections = corrections.Select(correction => new { field = correction.Field, value = correction.Value }) });
}
