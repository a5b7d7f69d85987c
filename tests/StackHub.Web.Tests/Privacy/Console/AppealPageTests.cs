using System.Net;
using StackHub.Privacy;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed class AppealPageTests
{
    [Fact]
    public async Task An_officer_notes_an_appeal_and_another_one_answers_it()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        using var other = await ConsoleVisit.SignedInAsync(desk.Hub, Role.PrivacyOfficer);
        var id = await desk.SubmitAsync("erasure", "seen in person");
        await desk.DoAsync(id, "deny", ("ground", "Art. 17(3)(b)"), ("appeal", "reply to this letter"));

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.Officer.PostAsync($"privacy/requests/{id}/appeal", ("received", "tomorrow"))).StatusCode);
        await desk.DoAsync(id, "appeal", ("received", ""));
        var (own, others) = (await desk.PageAsync(id), await desk.PageAsync(id, other));
        var refused = await desk.Officer.PostAsync($"privacy/requests/{id}/appeal/answer", ("granted", "yes"), ("reason", "an error"));
        var (_, said) = await other.DoAsync($"privacy/requests/{id}/appeal/answer", ("granted", "yes"), ("reason", "no claim is left"));
        await desk.RunAsync(id);

        Assert.Contains("You denied it: somebody else has to answer.", own, StringComparison.Ordinal);
        Assert.DoesNotContain("/appeal/answer", own, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#answer\">Next: answer the appeal.</a>", others, StringComparison.Ordinal);
        Assert.DoesNotContain("/deny\"", others, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("Granted: the request goes on. The plan is being made.", said);
        Assert.Equal(PrivacyRequestState.Planned, (await desk.FindAsync(id)).State);
        Assert.Contains("Granted: the request goes on: no claim is left", await desk.PageAsync(id), StringComparison.Ordinal);
    }
}
