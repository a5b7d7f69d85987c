using System.Net;
using System.Text.Json;
using StackHub.Privacy;
using StackHub.Privacy.Evidence;
using StackHub.Security;
using StackHub.Suppression;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

/// <summary>What the person is asked for, what is lifted, and who comes back.</summary>
public sealed class QuestionTests
{
    /// <summary>The worked date: received 2 March, identity asked for on the 4th, given on the 20th.</summary>
    [Theory]
    [InlineData("GB-ENG", "2026-04-02", "2026-04-20")]
    [InlineData("DE", "2026-04-02", "2026-04-02")]
    public async Task Asking_for_identity_stops_the_clock_where_the_law_says_so_and_nowhere_else(string place, string before, string after)
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("access", place);
        Assert.Equal(before, SafeOf(await desk.ShowAsync(id)));

        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(2));
        await desk.DoAsync(id, "ask", new { @for = "identity" });
        await desk.DoAsync(id, "ask", new { @for = "identity" });
        var waiting = await desk.ShowAsync(id);
        desk.Hub.Parts.Time.Advance(TimeSpan.FromDays(16));
        Assert.Equal(HttpStatusCode.NoContent, (await desk.DoAsync(id, "answered", new { @for = "identity" })).StatusCode);
        var answered = await desk.ShowAsync(id);

        Assert.Equal(place == "DE" ? null : "identity", waiting.GetProperty("clocks")[0].TryGetProperty("standsFor", out var stands) ? stands.GetString() : null);
        Assert.Equal(after, SafeOf(answered));
        var question = Assert.Single(answered.GetProperty("questions").EnumerateArray());
        Assert.Equal(TimeSpan.FromDays(16), question.GetProperty("answeredAt").GetDateTimeOffset() - question.GetProperty("askedAt").GetDateTimeOffset());
        var evidence = (await desk.Hub.Get<EvidenceLedger>().CheckAsync(id, null, CancellationToken.None)).Entries;
        Assert.Single(evidence, entry => entry.Note.Facts.TryGetValue("detail", out var detail) && detail.EndsWith("asked the person for identity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_answered_that_was_not_asked_and_nothing_asked_that_is_over()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "incomplete", await desk.DoAsync(id, "answered", new { @for = "fee" }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await desk.DoAsync(id, "ask", new { @for = "shoe size" }));
        await desk.DoAsync(id, "cancel");
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "wrong-state", await desk.DoAsync(id, "ask", new { @for = "fee" }));
    }

    [Fact]
    public async Task S49_a_restriction_is_lifted_after_the_person_was_told_and_the_evidence_says_so()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var id = await desk.BegunAsync("restriction");
        var person = (await desk.Hub.Get<PrivacyStore>().FindAsync(RequestId.Parse(id), CancellationToken.None))!.Plan!.Records.Single();
        var now = desk.Hub.Parts.Time.GetUtcNow();

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "not-told", await LiftAsync(now.AddMinutes(1)));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await LiftAsync(null));
        Assert.Equal(HttpStatusCode.NoContent, (await LiftAsync(now.AddDays(-1))).StatusCode);

        var evidence = (await desk.Hub.Get<EvidenceLedger>().CheckAsync(id, null, CancellationToken.None)).Entries;
        Assert.StartsWith("the person was told on 2026-03-01, by key:", Assert.Single(evidence, entry => entry.Note.Kind == "restriction lifted").Note.Facts["detail"], StringComparison.Ordinal);
        Task<HttpResponseMessage> LiftAsync(DateTimeOffset? toldAt) => desk.Hub.PostAsync($"api/privacy/consent/{person}/restriction/lift", Role.PrivacyOfficer, new { toldAt });
    }

    [Fact]
    public async Task S34_whoever_was_erased_comes_back_by_their_own_new_consent_only()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        var (keys, suppression) = (desk.Hub.Get<HubKeys>(), desk.Hub.Get<SuppressionList>());
        await suppression.AddAsync([new Alias("email", PrivacyDesk.Ada).Hash(keys)], "erased before", CancellationToken.None);
        Assert.True(suppression.Holds("email", PrivacyDesk.Ada));

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await ReturnAsync(PrivacyDesk.Ada, ""));
        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "nothing-lifted", await ReturnAsync("somebody@else.example", "entry 4711"));
        Assert.True(suppression.Holds("email", PrivacyDesk.Ada));

        Assert.Equal(HttpStatusCode.NoContent, (await ReturnAsync(PrivacyDesk.Ada, "entry 4711")).StatusCode);
        Assert.False(suppression.Holds("email", PrivacyDesk.Ada));
        Task<HttpResponseMessage> ReturnAsync(string email, string proof) => desk.Hub.PostAsync("api/privacy/returns", Role.PrivacyOfficer, new { emails = new[] { email }, basis = "consent", source = "newsletter form 3", proof });
    }

    [Fact]
    public async Task An_erasure_that_is_not_over_lets_nobody_back()
    {
        await using var desk = await PrivacyDesk.OpenAsync();
        await desk.BegunAsync("erasure");

        await ProblemAssert.IsAsync(HttpStatusCode.Conflict, "nothing-lifted", await desk.Hub.PostAsync("api/privacy/returns", Role.PrivacyOfficer, new { emails = new[] { PrivacyDesk.Ada }, basis = "consent", source = "form", proof = "entry" }));
    }

    private static string? SafeOf(JsonElement request) => request.GetProperty("clocks")[0].GetProperty("complete").GetProperty("safe").GetString();
}
