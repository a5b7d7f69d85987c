using System.Net;
using System.Text;
using StackHub.Connecting;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.SignIn;

public sealed class ConsoleGateTests
{
    [Fact]
    public async Task Nobody_sees_or_does_anything_without_signing_in()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = new ConsoleVisit(hub);

        foreach (var route in ConsoleRoutes.Of(hub))
        {
            var response = route.Method == "GET" ? await visit.GetAsync(route.Path) : await visit.PostAsync(route.Path);
            Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"{route}: {response.StatusCode}");
            Assert.Contains("sign-in", response.Headers.Location!.ToString(), StringComparison.Ordinal);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Every_page_and_form_is_for_the_roles_it_is_for_and_for_nobody_else()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var role in RoleNames.All)
        {
            using var visit = await ConsoleVisit.SignedInAsync(hub, role);
            foreach (var route in ConsoleRoutes.Of(hub))
            {
                var response = route.Method == "GET" ? await visit.GetAsync(route.Path) : role == Role.Controller ? await visit.RawPostAsync(route.Path, []) : await visit.PostAsync(route.Path);
                Assert.True(MayUse(route, role) != (response.StatusCode == HttpStatusCode.Forbidden), $"{route} as {role}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_form_that_no_page_of_ours_made_does_nothing()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        using var other = await ConsoleVisit.SignedInAsync(hub, Role.Operator);
        var proof = await visit.ProofAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("systems/crm/pause", [])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("systems/crm/pause", [("proof", "x")])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("systems/crm/pause", [("proof", await other.ProofAsync())])).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await visit.RawPostAsync("systems/crm/pause", [("proof", proof)], "cross-site")).StatusCode);
        Assert.Null((await hub.Get<SystemStates>().GetAsync(WebHub.Crm, CancellationToken.None)).Paused);
        Assert.Equal(HttpStatusCode.SeeOther, (await visit.RawPostAsync("systems/crm/pause", [("proof", proof)], site: null)).StatusCode); // plain http: the browser does not say
    }

    [Fact]
    public async Task A_form_is_small_and_a_form()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Operator);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await visit.PostAsync("search", ("q", new string('x', 70_000)))).StatusCode);
    }

    [Fact]
    public async Task The_platforms_person_needs_no_key()
    {
        await using var hub = await WebHub.StartAsync(options => options.PlatformAuthentication = true);

        var page = await PageOfAsync(hub, "viewer");

        Assert.Contains("<h1>Overview</h1>", page, StringComparison.Ordinal);
        Assert.Contains("/.auth/logout", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_not_who_they_say_without_the_platform()
    {
        await using var hub = await WebHub.StartAsync();

        Assert.Equal("", await PageOfAsync(hub, "approver"));
    }

    [Fact]
    public async Task Refusals_are_pages_without_what_was_sent()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        Assert.Contains("There is no such page", await visit.PageAsync("nothing-here", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("There is no such record", await visit.PageAsync("records/0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.DoesNotContain("ada@x", await visit.PageAsync("conflicts?state=ada@x", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        Assert.Contains("<h1>", await visit.PageAsync("people?cursor=abc", HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_a_page_that_tells_nothing_of_the_store()
    {
        await using var hub = await WebHub.StartAsync();
        using var visit = await ConsoleVisit.SignedInAsync(hub, Role.Viewer);

        hub.Parts.Break();

        Assert.DoesNotContain("lovelace", await visit.PageAsync("people", HttpStatusCode.InternalServerError), StringComparison.Ordinal);
    }

    private static bool MayUse(ApiRoute route, Role role) => route.Pattern switch
    {
        _ when role == Role.Controller => false,
        "systems/{id}/approve" or "lifecycle/overrides/{id}/approve" or "lifecycle/overrides/{id}/reject" => role == Role.Approver,
        "systems/{id}/pause" or "systems/{id}/resume" or "merges/{id}/undo" or "routing/leads/{id}/move" or "records/{id}/override" or "routing/simulations" => role == Role.Operator,
        "search" => true,
        "privacy/requests/{id}/approve" => role == Role.Approver,
        "privacy/find" or "consent/find" => role is Role.PrivacyOfficer or Role.Approver,
        _ when IsOfOfficers(route) => role == Role.PrivacyOfficer || (role == Role.Approver && route.Method == "GET" && route.Pattern is not ("privacy/new" or "privacy/bulk")),
        _ => route.Method == "GET" || role == Role.Operator,
    };

    /// <summary>Personal data: for viewers and operators it is not there.</summary>
    private static bool IsOfOfficers(ApiRoute route) => route.Pattern.Split('/')[0] is "privacy" or "consent" or "holds";

    private static async Task<string> PageOfAsync(WebHub hub, string role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("console/", UriKind.Relative));
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"role_typ":"roles","claims":[{"typ":"oid","val":"6d5c"},{"typ":"roles","val":"{{role}}"}]}""")));
        return await (await hub.Anonymous.SendAsync(request)).Content.ReadAsStringAsync();
    }
}
