using System.Net;
using StackHub.Permissions;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Privacy;

public sealed class ConsentTests
{
    private static readonly PrivacySettings Settings = new(new PurposeSet([new Purpose("newsletter", PurposeUse.DirectMarketing, PurposeRule.OptIn), new Purpose("advertising", PurposeUse.Sale, PurposeRule.OptOut)]), 12);

    [Fact]
    public async Task What_was_said_is_recorded_once_and_shown_as_it_stands()
    {
        await using var hub = await WebHub.StartAsync(privacy: Settings);
        var ada = await hub.SeenAsync(WebHub.Crm, "1", ("Email", PrivacyDesk.Ada));
        var said = new { email = PrivacyDesk.Ada, statements = new[] { new { purpose = "newsletter", optIn = true, basis = "consent", at = "2026-03-01T10:00:00Z", proof = "form 3" } } };

        var first = await WebHub.JsonOf(await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, said));
        var second = await WebHub.JsonOf(await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, said));
        var shown = await hub.JsonAsync($"api/privacy/consent/{ada}", Role.PrivacyOfficer);

        Assert.True(first.GetProperty("new").GetInt32() > 0);
        Assert.Equal(0, second.GetProperty("new").GetInt32());
        Assert.Equal("newsletter", shown.GetProperty("events")[0].GetProperty("purpose").GetString());
        Assert.Equal(["newsletter", "advertising"], shown.GetProperty("purposes").EnumerateArray().Select(purpose => purpose.GetProperty("purpose").GetString()));
    }

    [Fact]
    public async Task A_consent_without_a_proof_is_refused()
    {
        await using var hub = await WebHub.StartAsync(privacy: Settings);

        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-consent", await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, new { email = PrivacyDesk.Ada, statements = new[] { new { purpose = "newsletter", optIn = true } } }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-consent", await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, new { email = PrivacyDesk.Ada, statements = new[] { new { purpose = "nonsense", optIn = false } } }));
        await ProblemAssert.IsAsync(HttpStatusCode.BadRequest, "bad-body", await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, new { email = PrivacyDesk.Ada }));
    }

    [Fact]
    public async Task Who_opted_out_of_a_sale_is_shown_with_the_day_before_which_nobody_asks_again()
    {
        await using var hub = await WebHub.StartAsync(privacy: Settings);
        var ada = await hub.SeenAsync(WebHub.Crm, "1", ("Email", PrivacyDesk.Ada));
        await hub.PostAsync("api/privacy/consent", Role.PrivacyOfficer, new { email = PrivacyDesk.Ada, statements = new[] { new { purpose = "advertising", optIn = false, basis = "sale-opt-out", at = "2026-02-01T07:59:00Z" } } });

        var purposes = (await hub.JsonAsync($"api/privacy/consent/{ada}", Role.PrivacyOfficer)).GetProperty("purposes");
        using var officer = await ConsoleVisit.SignedInAsync(hub, Role.PrivacyOfficer);

        Assert.Equal("2027-01-31", purposes[1].GetProperty("mayAskFrom").GetString());
        Assert.False(purposes[0].TryGetProperty("mayAskFrom", out _));
        Assert.Contains("not asked to opt in again before 31 Jan 2027", await officer.PageAsync($"consent/{ada}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("1, 1", false)]
    public async Task A_site_passes_on_a_signal_of_whoever_is_signed_in_there(string signal, bool honoured)
    {
        await using var hub = await WebHub.StartAsync(privacy: Settings);
        var ada = await hub.SeenAsync(WebHub.Crm, "1", ("Email", PrivacyDesk.Ada));

        var answer = await WebHub.JsonOf(await hub.PostAsync("api/privacy/consent/signal", Role.PrivacyOfficer, new { email = PrivacyDesk.Ada, browser = "b-1", signal }));

        Assert.Equal(honoured, answer.GetProperty("honoured").GetBoolean());
        Assert.Equal(honoured ? 1 : 0, (await hub.JsonAsync($"api/privacy/consent/{ada}", Role.PrivacyOfficer)).GetProperty("events").GetArrayLength());
    }
}
