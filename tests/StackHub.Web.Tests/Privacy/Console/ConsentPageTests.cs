using System.Net;
using StackHub.Permissions;
using StackHub.Privacy.Consent;
using StackHub.Web.Privacy.Console;

namespace StackHub.Web.Tests.Privacy.Console;

public sealed class ConsentPageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_event_is_recorded_and_decides()
    {
        await using var desk = await OfficerDesk.OpenAsync();
        Assert.EndsWith($"consent/{desk.Person}", (await desk.Officer.PostAsync("consent/find", ("q", OfficerDesk.Ada))).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("nobody consented, and it needs a consent", await desk.Officer.PageAsync($"consent/{desk.Person}"), StringComparison.Ordinal);

        await desk.Officer.DoAsync($"consent/{desk.Person}", ("purpose", "newsletter"), ("basis", "Consent"), ("shown", "form v3"), ("at", "2026-03-01T10:00"));
        var consented = await desk.Officer.PageAsync($"consent/{desk.Person}");
        await desk.Officer.DoAsync($"consent/{desk.Person}", ("purpose", "newsletter"), ("basis", "Withdrawal"), ("shown", ""), ("at", ""));
        var refused = await desk.Officer.PageAsync($"consent/{desk.Person}");

        Assert.All(["Consented", "newsletter was consented to by the person on 2026-03-01", "form v3", "mail: the whole person"], text => Assert.Contains(text, consented, StringComparison.Ordinal));
        Assert.All(["Refused", "newsletter was refused by the person on 2026-03-02", "a newer opt-out stands", "form v3"], text => Assert.Contains(text, refused, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("newsletter", "Consent", "", "", "A consent needs a proof")]
    [InlineData("newsletter", "Consent", "form", "2027-01-01T00:00", "It is dated in the future")]
    [InlineData("nothing", "Withdrawal", "", "", "There is no such purpose")]
    [InlineData("newsletter", "ToolFlag", "", "", "basis")]
    [InlineData("newsletter", "Withdrawal", "", "yesterday", "UTC")]
    public async Task What_is_no_consent_is_not_taken(string purpose, string basis, string proof, string at, string words)
    {
        await using var desk = await OfficerDesk.OpenAsync();

        var response = await desk.Officer.PostAsync($"consent/{desk.Person}", ("purpose", purpose), ("basis", basis), ("shown", proof), ("at", at));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("Nobody said anything", await desk.Officer.PageAsync($"consent/{desk.Person}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_approver_reads_and_records_nothing()
    {
        await using var desk = await OfficerDesk.OpenAsync();

        Assert.DoesNotContain("Record what the person said", await desk.Approver.PageAsync($"consent/{desk.Person}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.Approver.PostAsync($"consent/{desk.Person}", ("purpose", "newsletter"), ("basis", "Withdrawal"))).StatusCode);
    }

    [Fact]
    public void Every_event_says_what_it_does_now()
    {
        ConsentEvent[] all =
        [
            Said(isOptIn: true, "*", 0), Said(isOptIn: false, "mail", 1), Said(isOptIn: false, "crm", 2), Said(isOptIn: true, "crm", 3), Said(isOptIn: false, "mail", 4), Said(isOptIn: true, "crm", 5),
        ];
        var standing = ConsentStanding.Of(all.Select(one => one.Mark));

        Assert.Equal(
            ["a newer opt-out stands", "refuses as well; the newest refusal decides", "taken back on 2 Mar 2026", "a newer opt-out stands", "decides", "an opt-out stands until the person or its own source takes it back"],
            all.Select(one => PersonConsentModel.Why(one, all, standing)));
    }

    private static ConsentEvent Said(bool isOptIn, string source, int minutes) => new("newsletter", isOptIn, isOptIn ? ConsentBasis.Consent : ConsentBasis.Withdrawal, source, Noon.AddMinutes(minutes));
}
