using System.Net;
using System.Text.RegularExpressions;
using StackHub.Permissions;
using StackHub.Privacy;
using StackHub.Privacy.Notices;

namespace StackHub.Web.Tests.Privacy.Console;

/// <summary>One-time codes that officers bring over, and those that people tell them.</summary>
public sealed partial class RequestCodeTests
{
    private static readonly NotifySettings Mailer = new(new("https://mailer.example/codes"), "env:NO_SUCH_SECRET");

    [Fact]
    public async Task A_code_that_an_officer_brings_over_verifies_the_request_when_the_person_tells_it()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");

        await desk.DoAsync(id, "code", ("how", "hand"));
        var page = await desk.PageAsync(id);
        var (_, said) = await desk.DoAsync(id, "enter", ("code", CodeIn(page)));

        Assert.Contains(OfficerDesk.Ada, page[..page.IndexOf("hand-code", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("hand-code", await desk.PageAsync(id, desk.Approver), StringComparison.Ordinal);
        Assert.Equal("The code is right: verified. The plan is being made.", said);
        var verified = (await desk.FindAsync(id)).Verification!;
        Assert.Equal("the person told the code that was for their address", verified.Reason);
        Assert.StartsWith("key:", verified.By, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Officer.PostAsync($"privacy/requests/{id}/enter", ("code", CodeIn(page)))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await desk.Officer.PostAsync($"privacy/requests/{id}/code", ("how", "hand"))).StatusCode);
    }

    [Fact]
    public async Task A_new_code_ends_the_one_before()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");
        await desk.DoAsync(id, "code", ("how", "hand"));
        var first = CodeIn(await desk.PageAsync(id));

        await desk.DoAsync(id, "code", ("how", "hand"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Officer.PostAsync($"privacy/requests/{id}/enter", ("code", first))).StatusCode);
        Assert.Equal(PrivacyRequestState.Received, (await desk.FindAsync(id)).State);
    }

    [Fact]
    public async Task After_three_wrong_codes_the_right_one_is_worth_nothing()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        var id = await desk.SubmitAsync("access");
        await desk.DoAsync(id, "code", ("how", "hand"));
        var right = CodeIn(await desk.PageAsync(id));

        for (var wrong = 0; wrong < 3; wrong++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Officer.PostAsync($"privacy/requests/{id}/enter", ("code", "00000000"))).StatusCode);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Officer.PostAsync($"privacy/requests/{id}/enter", ("code", right))).StatusCode);
        Assert.Null((await desk.FindAsync(id)).Verification);
    }

    [Fact]
    public async Task Where_codes_are_sent_officers_see_none_unless_the_configuration_says_so()
    {
        await using var closed = await OfficerDesk.OpenAsync(privacy: usual => usual with { Notify = Mailer });
        var id = await closed.SubmitAsync("access");
        Assert.Contains("Send a new code to their address", await closed.PageAsync(id), StringComparison.Ordinal);
        Assert.DoesNotContain("Issue a code to bring over", await closed.PageAsync(id), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await closed.Officer.PostAsync($"privacy/requests/{id}/code", ("how", "hand"))).StatusCode);

        await using var open = await OfficerDesk.OpenAsync(privacy: usual => usual with { Notify = Mailer, Intake = usual.Intake with { CodesByHand = true } });
        var other = await open.SubmitAsync("access");
        await open.DoAsync(other, "code", ("how", "hand"));

        Assert.Equal(8, CodeIn(await open.PageAsync(other)).Length);
    }

    [Fact]
    public async Task A_code_that_was_sent_and_not_brought_is_never_on_the_page()
    {
        await using var desk = await OfficerDesk.OpenAsync(privacy: usual => usual with { Notify = Mailer, Intake = usual.Intake with { CodesByHand = true } });
        var id = await desk.SubmitAsync("access");

        await desk.DoAsync(id, "code");

        Assert.Null(await desk.Hub.Get<HandDelivery>().FindAsync(id.ToString(), CancellationToken.None));
        Assert.DoesNotContain("hand-code", await desk.PageAsync(id), StringComparison.Ordinal);
    }

    private static string CodeIn(string page) => Code().Match(page).Groups[1].Value;

    [GeneratedRegex("id=\"hand-code\"><code>([0-9]+)</code>")]
    private static partial Regex Code();
}
