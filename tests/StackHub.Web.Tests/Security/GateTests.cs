using System.Net;
using System.Text;
using StackHub.Security;
using StackHub.Web.Tests.Hosting;

namespace StackHub.Web.Tests.Security;

public sealed class GateTests
{
    private static readonly Uri Systems = new("api/systems", UriKind.Relative);

    [Fact]
    public async Task Every_route_is_open_to_the_roles_it_is_for_and_to_nobody_else()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var route in ApiRoutes.Of(hub).Where(route => !ApiRoutes.Open.Contains(route.Pattern)))
            foreach (var role in RoleNames.All)
            {
                using var client = await hub.ClientAsync(role);
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(route.Path, UriKind.Relative));
                var response = await client.SendAsync(request);
                Assert.True(MayUse(route, role) != (response.StatusCode == HttpStatusCode.Forbidden), $"{route} as {role}: {response.StatusCode}");
                if (response.StatusCode == HttpStatusCode.Forbidden)
                    await ProblemAssert.IsAsync(HttpStatusCode.Forbidden, "forbidden", response);
            }
    }

    [Fact]
    public async Task No_route_is_open_without_a_key()
    {
        await using var hub = await WebHub.StartAsync();
        foreach (var route in ApiRoutes.Of(hub).Where(route => !ApiRoutes.Open.Contains(route.Pattern)))
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), new Uri(route.Path, UriKind.Relative)) { Content = route.Method == "POST" ? new StringContent("not json") : null };
            var response = await hub.Anonymous.SendAsync(request);
            await ProblemAssert.IsAsync(HttpStatusCode.Unauthorized, "unauthenticated", response);
            Assert.StartsWith("Bearer", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}", HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer  {0} ", HttpStatusCode.OK)]
    [InlineData("X-Api-Key", "{0}", HttpStatusCode.OK)]
    [InlineData("Authorization", "Basic {0}", HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", "Bearer {0}x", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "shk_", HttpStatusCode.Unauthorized)]
    public async Task A_key_comes_as_bearer_or_in_its_own_header(string header, string value, HttpStatusCode expected)
    {
        await using var hub = await WebHub.StartAsync();
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None)).Secret;

        var response = await GetAsync(hub, (header, string.Format(null, value, key)));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_key_in_the_address_opens_nothing()
    {
        await using var hub = await WebHub.StartAsync();
        var key = (await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None)).Secret;

        Assert.Equal(HttpStatusCode.Unauthorized, (await hub.Anonymous.GetAsync(new Uri($"api/systems?api_key={key}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_at_once()
    {
        await using var hub = await WebHub.StartAsync();
        var made = await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(hub, ("X-Api-Key", made.Secret))).StatusCode);

        await hub.Get<ApiKeyStore>().RevokeAsync(made.Key.Id, CancellationToken.None);

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(hub, ("X-Api-Key", made.Secret))).StatusCode);
    }

    [Fact]
    public async Task An_address_that_presents_wrong_keys_is_shut_out_for_a_while()
    {
        await using var hub = await WebHub.StartAsync(options => options.MaxFailures = 3);
        var good = (await hub.Get<ApiKeyStore>().CreateAsync("k", [Role.Viewer], CancellationToken.None)).Secret;
        for (var failure = 0; failure < 3; failure++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(hub, ("X-Api-Key", $"shk_wrong{failure}"))).StatusCode);

        var response = await GetAsync(hub, ("X-Api-Key", good));

        await ProblemAssert.IsAsync(HttpStatusCode.TooManyRequests, "too-many-failures", response);
        Assert.Equal(TimeSpan.FromMinutes(5), response.Headers.RetryAfter!.Delta);
        hub.Parts.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(hub, ("X-Api-Key", good))).StatusCode);
    }

    [Fact]
    public async Task Behind_a_proxy_the_address_is_the_one_the_proxy_wrote()
    {
        await using var hub = await WebHub.StartAsync(options => (options.MaxFailures, options.BehindProxy) = (1, true));

        await GetAsync(hub, ("X-Api-Key", "shk_wrong"), ("X-Forwarded-For", "203.0.113.1, 198.51.100.7:4711"));

        Assert.Equal(HttpStatusCode.TooManyRequests, (await GetAsync(hub, ("X-Forwarded-For", "203.0.113.99, 198.51.100.7"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(hub, ("X-Forwarded-For", "198.51.100.7, 203.0.113.1"))).StatusCode);
    }

    [Fact]
    public async Task Nobody_is_who_they_say_unless_the_platform_says_so()
    {
        await using var hub = await WebHub.StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(hub, ("X-MS-CLIENT-PRINCIPAL", Principal("approver")))).StatusCode);
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.OK)]
    [InlineData("Approver", HttpStatusCode.OK)]
    [InlineData("owner-of-all", HttpStatusCode.Forbidden)]
    public async Task The_platforms_app_roles_are_the_hubs(string role, HttpStatusCode expected)
    {
        await using var hub = await WebHub.StartAsync(options => options.PlatformAuthentication = true);

        Assert.Equal(expected, (await GetAsync(hub, ("X-MS-CLIENT-PRINCIPAL", Principal(role)))).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    public async Task A_principal_that_cannot_be_read_is_nobody(string principal)
    {
        await using var hub = await WebHub.StartAsync(options => options.PlatformAuthentication = true);

        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync(hub, ("X-MS-CLIENT-PRINCIPAL", principal))).StatusCode);
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    public async Task A_signed_in_browser_posts_from_this_site_only(string? site, HttpStatusCode expected)
    {
        await using var hub = await WebHub.StartAsync(options => options.PlatformAuthentication = true);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/systems/crm/pause", UriKind.Relative));
        request.Headers.Add("X-MS-CLIENT-PRINCIPAL", Principal("operator"));
        if (site is not null)
            request.Headers.Add("Sec-Fetch-Site", site);

        Assert.Equal(expected, (await hub.Anonymous.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Answers_are_kept_by_no_cache_and_carry_the_security_headers()
    {
        await using var hub = await WebHub.StartAsync();
        using var client = await hub.ClientAsync(Role.Viewer);

        foreach (var path in new[] { "api/systems", "api/none", "hooks/none", "healthz", "console/", "console/sign-in", "console/assets/console-0.css", "api/openapi.json" })
        {
            var response = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
            Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
            Assert.Contains("frame-ancestors 'none'", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-inline", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
            if (path.StartsWith("api/", StringComparison.Ordinal))
                Assert.True(response.Headers.CacheControl!.NoStore, path);
        }
    }

    private static bool MayUse(ApiRoute route, Role role) => route switch
    {
        _ when route.Pattern.StartsWith("/api/opendsr/", StringComparison.Ordinal) => role == Role.Controller,
        _ when route.Pattern.EndsWith("/approve", StringComparison.Ordinal) || route.Pattern is "/api/lifecycle/overrides/{id}/reject" => role == Role.Approver,
        _ when route.Pattern.StartsWith("/api/privacy/", StringComparison.Ordinal) => role == Role.PrivacyOfficer || (role == Role.Approver && route.Method == "GET" && !OfficersOnly.Contains(route.Pattern)),
        { Method: "GET" } => role != Role.Controller,
        _ => role == Role.Operator,
    };

    /// <summary>Approvers decide on plans; people's copies, consents and the record are none of their business.</summary>
    private static readonly string[] OfficersOnly = ["/api/privacy/requests/{id}/package", "/api/privacy/records.csv", "/api/privacy/consent/{id}"];

    private static async Task<HttpResponseMessage> GetAsync(WebHub hub, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Systems);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await hub.Anonymous.SendAsync(request);
    }

    private static string Principal(string role) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        $$"""{"auth_typ":"aad","role_typ":"roles","claims":[{"typ":"http://schemas.microsoft.com/identity/claims/objectidentifier","val":"6d5c"},{"typ":"roles","val":"{{role}}"}]}"""));

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
