using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>The OAuth token endpoint and what it knows about tokens.</summary>
internal sealed class SignIn(HubSpotSandbox sandbox)
{
    private static readonly string[] Scopes = ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.objects.companies.read", "crm.objects.companies.write", "crm.objects.deals.read", "crm.objects.deals.write"];

    public IEnumerable<Endpoint> All =>
    [
        Token("/oauth/v1/token"), Token("/oauth/v3/token"),
        Endpoint.Get("/oauth/v1/access-tokens/{token}", "oauth.accessToken", Info) with { IsSignIn = true },
        Endpoint.Get("/oauth/v1/refresh-tokens/{token}", "oauth.refreshToken", RefreshInfo) with { IsSignIn = true },
    ];

    private Endpoint Token(string route) => Endpoint.Post(route, Stats.VendorStats.RefreshOperation, Issue) with
    {
        IsSignIn = true,
        IsWrite = false,
        BodyType = "application/x-www-form-urlencoded",
    };

    private Answer Issue(Call call)
    {
        var form = call.Form();
        var known = sandbox.Credentials;
        string Given(string name) => form.GetValueOrDefault(name) ?? call.Query(name) ?? "";
        if (Given("grant_type") is not ("refresh_token" or "authorization_code" or "client_credentials"))
            return Bad("BAD_GRANT_TYPE", "missing or unknown grant type");
        if (Given("client_id") != known.ClientId)
            return Bad("BAD_CLIENT_ID", "missing or unknown client id");
        if (Given("client_secret") != known.ClientSecret)
            return Bad("BAD_CLIENT_SECRET", "missing or invalid client secret");
        if (Given("grant_type") == "refresh_token" && Given("refresh_token") != known.RefreshToken)
            return Bad("BAD_REFRESH_TOKEN", "missing or invalid refresh token");
        return Answer.Ok(new JsonObject
        {
            ["token_type"] = "bearer",
            ["token_use"] = "access_token",
            ["refresh_token"] = known.RefreshToken,
            ["access_token"] = sandbox.Tokens.Issue(),
            ["hub_id"] = sandbox.Options.PortalId,
            ["scopes"] = Scopes.ToJsonArray(),
            ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds,
        });
    }

    private Answer Info(Call call) => !sandbox.Tokens.IsGood(call.Route("token"))
        ? sandbox.Errors.Answer(404, "OBJECT_NOT_FOUND", "access token not found")
        : Answer.Ok(new JsonObject
        {
            ["token"] = call.Route("token"),
            ["token_type"] = "access",
            ["user"] = "hannah.human@sandbox.example",
            ["user_id"] = 51430432,
            ["hub_domain"] = "sandbox.example",
            ["hub_id"] = sandbox.Options.PortalId,
            ["app_id"] = sandbox.Options.AppId,
            ["scopes"] = Scopes.ToJsonArray(),
            ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds,
        });

    private Answer RefreshInfo(Call call) => call.Route("token") != sandbox.Credentials.RefreshToken
        ? sandbox.Errors.Answer(404, "OBJECT_NOT_FOUND", "refresh token not found")
        : Answer.Ok(new JsonObject
        {
            ["token"] = call.Route("token"),
            ["token_type"] = "refresh",
            ["client_id"] = sandbox.Credentials.ClientId,
            ["user_id"] = 51430432,
            ["hub_id"] = sandbox.Options.PortalId,
            ["scopes"] = Scopes.ToJsonArray(),
        });

    private Answer Bad(string status, string message)
    {
        var answer = sandbox.Errors.Answer(400, "VALIDATION_ERROR", message);
        ((JsonObject)answer.Json!)["status"] = status;
        return answer;
    }
}
