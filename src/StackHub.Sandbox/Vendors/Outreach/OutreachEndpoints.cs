using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Stats;

namespace StackHub.Sandbox.Vendors.Outreach;

/// <summary>Sign-in, prospects and compliance requests.</summary>
internal sealed class OutreachEndpoints(OutreachSandbox sandbox)
{
    private const string Prospects = "/api/v2/prospects";
    private const string Compliance = "/api/v2/complianceRequests";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/oauth/token", VendorStats.RefreshOperation, Token) with { IsSignIn = true, IsWrite = false, BodyType = "application/x-www-form-urlencoded" },
        Endpoint.Get(Prospects, "prospects.list", List) with { IsSearch = true },
        Endpoint.Get(Prospects + "/{id}", "prospects.get", call => One(Found(call))),
        Endpoint.Post(Prospects, "prospects.create", call => One(sandbox.Prospects.Create(Attributes(call, "prospect")), 201)) with { BodyType = OutreachSandbox.MediaType },
        Endpoint.Patch(Prospects + "/{id}", "prospects.update", Update) with { BodyType = OutreachSandbox.MediaType },
        Endpoint.Delete(Prospects + "/{id}", "prospects.delete", Delete),
        Endpoint.Post(Compliance, "compliance.create", Ask) with { BodyType = OutreachSandbox.MediaType },
        Endpoint.Get(Compliance + "/{id}", "compliance.get", State),
    ];

    private Answer Token(Call call)
    {
        var (form, known) = (call.Form(), sandbox.Options.Credentials);
        if (form.GetValueOrDefault("client_id") != known.ClientId || form.GetValueOrDefault("client_secret") != known.ClientSecret)
            return new(401, new JsonObject { ["error"] = "invalid_client" });
        if (form.GetValueOrDefault("grant_type") != "refresh_token" || form.GetValueOrDefault("refresh_token") != known.RefreshToken)
            return new(400, new JsonObject { ["error"] = "invalid_grant" });
        return Answer.Ok(new JsonObject { ["access_token"] = sandbox.Tokens.Issue(), ["token_type"] = "Bearer", ["expires_in"] = (long)sandbox.Options.TokenLifetime.TotalSeconds, ["refresh_token"] = known.RefreshToken });
    }

    /// <summary>The cursor is opaque to clients; here it is a place in the order.</summary>
    private Answer List(Call call)
    {
        var size = Math.Clamp(call.QueryInt("page[size]", 50), 1, 1_000);
        var start = int.TryParse(call.Query("page[after]")?.TrimStart('c'), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var all = sandbox.Prospects.Listed(call).ToList();
        var page = all.Skip(start).Take(size).Select(JsonNode? (prospect) => prospect.Json()).ToList();
        call.Records = page.Count;
        var links = new JsonObject();
        if (start + page.Count < all.Count)
            links["next"] = new Uri(sandbox.BaseUrl, $"{Prospects}?page%5Bsize%5D={size}&page%5Bafter%5D=c{start + page.Count}").ToString();
        return Ok(new JsonObject { ["data"] = page.ToJsonArray(), ["links"] = links });
    }

    private Answer Update(Call call)
    {
        var prospect = Found(call);
        sandbox.Prospects.Update(prospect, Attributes(call, "prospect"));
        return One(prospect);
    }

    private Answer Delete(Call call)
    {
        sandbox.Prospects.Delete(Found(call));
        return Answer.NoContent;
    }

    private Answer Ask(Call call)
    {
        var attributes = Attributes(call, "complianceRequest");
        if (attributes.Text("request_type") != "Delete" || attributes.Text("object_type") is not ("Prospect" or "Recipient") || attributes.Text("request_object_email") is not { } email || attributes.Text("requester_email") is null)
            throw OutreachSandbox.Invalid("The request is not complete.", "/data/attributes");
        return Request(sandbox.Prospects.Ask(attributes.Text("object_type")!, email).ToString(), "pending", 201);
    }

    private Answer State(Call call) => sandbox.Prospects.StateOf(call.Route("id")) is { } state ? Request(call.Route("id"), state, 200) : throw OutreachSandbox.Missing();

    private static Answer Request(string id, string state, int status) =>
        Ok(new JsonObject { ["data"] = new JsonObject { ["type"] = "complianceRequest", ["id"] = id, ["attributes"] = new JsonObject { ["state"] = state } } }, status);

    private OutreachProspect Found(Call call) => sandbox.Prospects.Find(call.Route("id")) ?? throw OutreachSandbox.Missing();

    private static JsonElement Attributes(Call call, string type) =>
        call.Json.Member("data") is { } data && data.Text("type") == type && data.Member("attributes") is { } attributes ? attributes : throw OutreachSandbox.Invalid($"A {type} is required.", "/data");

    private static Answer One(OutreachProspect prospect, int status = 200) => Ok(new JsonObject { ["data"] = prospect.Json() }, status);

    private static Answer Ok(JsonNode json, int status = 200) => new(status, json) { ContentType = OutreachSandbox.MediaType };
}
