using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>Sign-in, jobs and custom fields.</summary>
internal sealed class Account(ZendeskSandbox sandbox)
{
    private static readonly string[] Types = ["text", "textarea", "checkbox", "date", "integer", "decimal", "regexp", "dropdown", "lookup", "multiselect"];

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/oauth/tokens", "oauth.token", Token) with { IsSignIn = true, IsWrite = false },
        Endpoint.Get("/api/v2/job_statuses/{id}", "jobStatuses.get", call => sandbox.Jobs.Show(call.Route("id"))),
        Endpoint.Get("/api/v2/user_fields", "userFields.list", call => List(call, sandbox.State.UserFields, "user_fields")),
        Endpoint.Post("/api/v2/user_fields", "userFields.create", call => Create(call, sandbox.State.UserFields, "user_field")),
        Endpoint.Get("/api/v2/organization_fields", "organizationFields.list", call => List(call, sandbox.State.OrganizationFields, "organization_fields")),
        Endpoint.Post("/api/v2/organization_fields", "organizationFields.create", call => Create(call, sandbox.State.OrganizationFields, "organization_field")),
    ];

    private Answer Token(Call call)
    {
        var json = call.Json;
        var (id, secret) = (json.Text("client_id"), json.Text("client_secret"));
        if (id != sandbox.Options.ClientId || secret != sandbox.Options.ClientSecret)
            return new(401, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "Client authentication failed" });
        if (json.Text("grant_type") != "refresh_token" || !sandbox.Grants.Remove(json.Text("refresh_token") ?? ""))
            return new(400, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "The refresh token is invalid, expired or revoked" });
        return new(201, new JsonObject
        {
            ["access_token"] = sandbox.Tokens.Issue(),
            ["refresh_token"] = sandbox.NextGrant(),
            ["token_type"] = "bearer",
            ["scope"] = "read write",
            ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds,
        });
    }

    private Answer List(Call call, List<ZendeskField> fields, string member) =>
        Listing.Page(call, member, fields.OrderBy(field => field.Id), field => field.Id, field => sandbox.Shapes.Of(field, member));

    private Answer Create(Call call, List<ZendeskField> fields, string member)
    {
        var body = call.Json.Member(member) is { ValueKind: JsonValueKind.Object } field ? field : throw ZendeskErrors.Refusal(400, "InvalidBody", $"{member} is missing");
        var (key, type, title) = (body.Text("key"), body.Text("type") ?? "text", body.Text("title"));
        if (string.IsNullOrEmpty(key) || string.IsNullOrEmpty(title) || !Types.Contains(type))
            throw ZendeskErrors.Invalid("key", "Key, type and title are required", "BlankValue");
        if (fields.Exists(known => known.Key == key))
            throw ZendeskErrors.Invalid("key", "Key: has already been taken", "DuplicateValue");
        var made = sandbox.State.Define(fields, key, type, sandbox.Clock.Now, title);
        return Answer.Created(new JsonObject { [member] = sandbox.Shapes.Of(made, $"{member}s") });
    }
}
