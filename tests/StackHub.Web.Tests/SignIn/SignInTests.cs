using System.Net;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task A_key_signs_in_and_stays_on_the_hub()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new ConsoleVisit(hub);
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None)).Secret;

        var response = await visit.SignInAsync(key);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("stackhub-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase); // plain http on loopback
        Assert.DoesNotContain(key[^20..], cookie, StringComparison.Ordinal);
        Assert.Contains("<h1>Overview</h1>", await visit.PageAsync(""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_https_no_cookie_goes_over_a_plain_connection()
    {
        await using var hub = await WebHub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("console/sign-in", UriKind.Relative));
        request.Headers.Add("X-Forwarded-Proto", "https");

        var response = await hub.Anonymous.SendAsync(request);

        Assert.Contains("secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_key_is_told_and_counted()
    {
        await using var hub = await WebHub.StartAsync(options => options.MaxFailures = 2);
        using var visit = new ConsoleVisit(hub);

        var first = await visit.SignInAsync("shk_wrong");
        await visit.SignInAsync("shk_wrong");
        var third = await visit.SignInAsync("shk_wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, first.StatusCode);
        Assert.Contains("role=\"alert\"", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.DoesNotContain("shk_wrong", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_with_its_time()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        hub.Parts.Time.Advance(TimeSpan.FromHours(10));

        Assert.Equal(HttpStatusCode.SeeOther, (await visit.GetAsync("")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_when_its_key_is_revoked()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        await hub.Get<ApiKeyStore>().RevokeAsync(Assert.Single(await hub.Get<ApiKeyStore>().ListAsync(CancellationToken.None)).Id, CancellationToken.None);

        Assert.Equal(HttpStatusCode.SeeOther, (await visit.GetAsync("")).StatusCode);
    }

    [Fact]
    public async Task Signing_out_ends_it_here()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        var (place, said) = await visit.DoAsync("sign-out");

        Assert.Equal("sign-in", place);
        Assert.Equal("You are signed out.", said);
        Assert.Equal(HttpStatusCode.SeeOther, (await visit.GetAsync("")).StatusCode);
    }

    [Theory]
    [InlineData("conflicts", "conflicts")]
    [InlineData("records/0123456789abcdef0123456789abcdef", "records/0123456789abcdef0123456789abcdef")]
    [InlineData("//evil.example", "./")]
    [InlineData("https://evil.example", "./")]
    [InlineData("/evil.example", "./")]
    [InlineData("x//evil.example", "./")]
    [InlineData("..%2F..%2Fapi", "./")]
    public async Task It_leads_to_the_page_that_was_asked_for_and_nowhere_else(string to, string expected)
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new ConsoleVisit(hub);
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None)).Secret;

        Assert.Equal(expected, (await visit.SignInAsync(key, to)).Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_changed_cookie_is_nobodys()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);
        var cookie = visit.Cookies.First(cookie => cookie.Name == "stackhub-session");

        cookie.Value = string.Concat(cookie.Value.AsSpan(0, 30), cookie.Value[30] == 'A' ? "B" : "A", cookie.Value.AsSpan(31));

        Assert.Equal(HttpStatusCode.SeeOther, (await visit.GetAsync("")).StatusCode);
    }
}
