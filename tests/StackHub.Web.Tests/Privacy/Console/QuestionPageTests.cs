using System.Net;
using StackHub.Privacy;
using StackHub.Security;
using StackHub.Suppression;

namespace StackHub.Web.Tests.Privacy.Console;

/// <summary>What officers ask, lift and let back in, on the console's pages.</summary>
public sealed class QuestionPageTests
{
    [Fact]
    public async Task The_page_says_what_was_asked_and_which_clock_waits()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access", place: "GB-ENG");

        desk.Hub.Parts.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.DoAsync(id, "ask", ("for", "Identity"));
        var asked = await desk.PageAsync(id);
        await desk.DoAsync(id, "answered", ("for", "Identity"));
        var answered = await desk.PageAsync(id);

        Assert.Contains("The clock stands still: proof of identity is asked for.", asked, StringComparison.Ordinal);
        Assert.Contains("They answered now", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("The clock stands still", answered, StringComparison.Ordinal);
        Assert.DoesNotContain("They answered now", answered, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/ask", ("for", "7"))).StatusCode);
    }

    [Fact]
    public async Task Somebody_erased_is_let_back_in_by_what_they_named()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var suppression = desk.Hub.Get<SuppressionList>();
        await suppression.AddAsync([new Alias("email", "back@again.example").Hash(desk.Hub.Get<HubKeys>())], "erased before", CancellationToken.None);

        var (_, said) = await desk.Officer.DoAsync("consent/return", ("emails", "back@again.example"), ("basis", "consent"), ("source", "form 3"), ("proof-of", "entry 4711"));

        Assert.StartsWith("They may come back", said, StringComparison.Ordinal);
        Assert.False(suppression.Holds("email", "back@again.example"));
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Officer.PostAsync("consent/return", ("emails", "back@again.example"), ("basis", "consent"), ("source", "form 3"), ("proof-of", "entry 4711"))).StatusCode);
    }

    [Fact]
    public async Task A_restriction_is_not_lifted_before_the_person_was_told()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var now = desk.Hub.Parts.Time.GetUtcNow();

        var early = await desk.Officer.PostAsync($"consent/{desk.Person}/lift", ("told", now.AddHours(1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)));
        var (_, said) = await desk.Officer.DoAsync($"consent/{desk.Person}/lift", ("told", now.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        Assert.StartsWith("The restriction is lifted", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Approver.PostAsync($"consent/{desk.Person}/lift", ("told", "2026-03-01T00:00"))).StatusCode);
    }
}
