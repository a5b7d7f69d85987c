using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Stats;

namespace StackHub.Sandbox.Vendors.Marketo.Endpoints;

/// <summary>The identity service: client credentials, by query or form; the one place that answers 401.</summary>
internal sealed class SignIn(MarketoSandbox sandbox)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/identity/oauth/token", VendorStats.RefreshOperation, call => Token(call.Query)) with { IsSignIn = true },
        new("POST", "/identity/oauth/token", VendorStats.RefreshOperation, Posted) { IsSignIn = true },
    ];

    private Answer Posted(Call call)
    {
        var form = call.Form();
        return Token(name => form.GetValueOrDefault(name) ?? call.Query(name));
    }

    private Answer Token(Func<string, string?> given)
    {
        if (given("grant_type") != "client_credentials")
            return Refused(400, "unsupported_grant_type", $"Unsupported grant type: {given("grant_type")}");
        if (given("client_id") != sandbox.ClientId || given("client_secret") != sandbox.ClientSecret)
            return Refused(401, "invalid_client", "Bad client credentials");
        return Answer.Ok(new JsonObject
        {
            ["access_token"] = sandbox.Tokens.Issue(),
            ["token_type"] = "bearer",
            ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds,
            ["scope"] = "api@sandbox.example",
        });
    }

    private static Answer Refused(int status, string error, string description) =>
        new(status, new JsonObject { ["error"] = error, ["error_description"] = description });
}
