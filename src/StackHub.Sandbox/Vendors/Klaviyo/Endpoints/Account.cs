using System.Text;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Stats;

namespace StackHub.Sandbox.Vendors.Klaviyo.Endpoints;

/// <summary>Sign-in, the account's list, and privacy deletions.</summary>
internal sealed class Account(KlaviyoSandbox sandbox)
{
    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/oauth/token", VendorStats.RefreshOperation, Token) with { IsSignIn = true, IsWrite = false, BodyType = "application/x-www-form-urlencoded" },
        Endpoint.Get("/api/lists/{id}", "lists.get", List),
        Bodies.Post("/api/data-privacy-deletion-jobs", "deletions.create", Erase),
    ];

    private Answer Token(Call call)
    {
        var known = sandbox.Options.Credentials;
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{known.ClientId}:{known.ClientSecret}"));
        var form = call.Form();
        if (call.Header("Authorization") != basic)
            return new(401, new JsonObject { ["error"] = "invalid_client" });
        if (form.GetValueOrDefault("grant_type") != "refresh_token" || form.GetValueOrDefault("refresh_token") != known.RefreshToken)
            return new(400, new JsonObject { ["error"] = "invalid_grant" });
        return Answer.Ok(new JsonObject
        {
            ["access_token"] = sandbox.Tokens.Issue(),
            ["refresh_token"] = known.RefreshToken,
            ["token_type"] = "bearer",
            ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds,
        });
    }

    private Answer List(Call call)
    {
        var id = call.Route("id");
        if (id != sandbox.Options.ListId)
            throw sandbox.Errors.Missing("list", id);
        return KlaviyoErrors.Ok(new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["type"] = "list",
                ["id"] = id,
                ["attributes"] = new JsonObject { ["name"] = "Newsletter", ["opt_in_process"] = sandbox.Options.DoubleOptIn ? "double_opt_in" : "single_opt_in" },
                ["links"] = sandbox.Shapes.Self($"/api/lists/{id}/"),
            },
        });
    }

    /// <summary>Everybody with the one identifier is erased, and nobody is told when.</summary>
    private Answer Erase(Call call)
    {
        var profile = call.Data("data-privacy-deletion-job", sandbox.Errors).Attributes(sandbox.Errors).Member("profile")?.Member("data") ?? throw sandbox.Errors.Invalid("'profile' is required.", "/data/attributes/profile");
        var attributes = profile.OfType("profile", sandbox.Errors).Attributes(sandbox.Errors);
        var (id, email, phone) = (profile.Text("id"), attributes.Text("email"), attributes.Text("phone_number"));
        if (new[] { id, email, phone }.Count(given => given is not null) != 1)
            throw sandbox.Errors.Invalid("Exactly one identifier is required: id, email or phone_number.", "/data/attributes/profile");
        sandbox.Jobs.Start("deletion", sandbox.Options.DeletionTime, 1, _ =>
        {
            foreach (var found in sandbox.State.Profiles.Values.Where(known => known.Id == id || Same(known.Email, email) || Same(known.Phone, phone)).ToList())
                sandbox.Writes.Delete(found);
        });
        return new(202);
    }

    private static bool Same(string? known, string? given) => given is not null && given.Equals(known, StringComparison.OrdinalIgnoreCase);
}
