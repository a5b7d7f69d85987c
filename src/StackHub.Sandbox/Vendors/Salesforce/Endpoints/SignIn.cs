using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Salesforce.Endpoints;

/// <summary>The OAuth token endpoint.</summary>
internal sealed class SignIn(SalesforceSandbox sandbox)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/services/oauth2/token", Stats.VendorStats.RefreshOperation, Token) with { IsSignIn = true, IsWrite = false, BodyType = "application/x-www-form-urlencoded" },
        Endpoint.Get("/services/oauth2/userinfo", "oauth.userInfo", UserInfo),
    ];

    private Answer Token(Call call)
    {
        var form = call.Form();
        var credentials = sandbox.Options.Credentials;
        string Given(string name) => form.GetValueOrDefault(name, "");
        var isKnownClient = Given("client_id") == credentials.ClientId && Given("client_secret") == credentials.ClientSecret;
        return Given("grant_type") switch
        {
            "refresh_token" when !isKnownClient => Bad("invalid_client_id", "client identifier invalid"),
            "refresh_token" when Given("refresh_token") != credentials.RefreshToken => Bad("invalid_grant", "expired access/refresh token"),
            "client_credentials" when !isKnownClient => Bad("invalid_client", "invalid client credentials"),
            "urn:ietf:params:oauth:grant-type:jwt-bearer" when Given("assertion").Count(letter => letter == '.') != 2 => Bad("invalid_grant", "invalid assertion"),
            "refresh_token" or "client_credentials" or "urn:ietf:params:oauth:grant-type:jwt-bearer" => Good(),
            _ => Bad("unsupported_grant_type", "grant type not supported"),
        };
    }

    private Answer Good() => Answer.Ok(new JsonObject
    {
        ["access_token"] = sandbox.Tokens.Issue(),
        ["instance_url"] = sandbox.BaseUrl.GetLeftPart(UriPartial.Authority),
        ["id"] = $"{sandbox.BaseUrl.GetLeftPart(UriPartial.Authority)}/id/{sandbox.State.OrganizationId}/{sandbox.State.IntegrationUser}",
        ["token_type"] = "Bearer",
        ["issued_at"] = sandbox.Clock.Now.ToUnixTimeMilliseconds().ToString(),
        ["signature"] = "c2FuZGJveA==",
    });

    private static Answer Bad(string error, string description) =>
        new(400, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Answer UserInfo(Call call) => Answer.Ok(new JsonObject
    {
        ["user_id"] = sandbox.State.IntegrationUser,
        ["organization_id"] = sandbox.State.OrganizationId,
        ["preferred_username"] = "integration.user@sandbox.example",
    });
}
