using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>Users, one by one and many at once.</summary>
internal sealed class Users(ZendeskSandbox sandbox)
{
    private readonly ZendeskRows rows = new(sandbox.Options);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/api/v2/users", "users.list", List),
        Endpoint.Post("/api/v2/users", "users.create", call => Answer.Created(Shown(sandbox.UserWrites.Create(Body(call))))),
        Endpoint.Get("/api/v2/users/me", "users.me", Me),
        Endpoint.Get("/api/v2/users/show_many", "users.showMany", ShowMany),
        Endpoint.Get("/api/v2/users/search", "users.search", Search) with { IsSearch = true },
        Endpoint.Post("/api/v2/users/create_or_update", "users.createOrUpdate", CreateOrUpdate),
        Endpoint.Post("/api/v2/users/create_many", "users.createMany", CreateMany),
        Endpoint.Post("/api/v2/users/create_or_update_many", "users.createOrUpdateMany", CreateOrUpdateMany),
        Endpoint.Put("/api/v2/users/update_many", "users.updateMany", UpdateMany),
        Endpoint.Delete("/api/v2/users/destroy_many", "users.destroyMany", DestroyMany),
        Endpoint.Get("/api/v2/users/{id:long}", "users.get", call => Answer.Ok(Shown(Found(call)))),
        Endpoint.Put("/api/v2/users/{id:long}", "users.update", call => Answer.Ok(Shown(sandbox.UserWrites.Update(Found(call), Body(call))))),
        Endpoint.Delete("/api/v2/users/{id:long}", "users.delete", call => Answer.Ok(Shown(sandbox.UserWrites.Delete(Live(call))))),
        Endpoint.Put("/api/v2/users/{id:long}/merge", "users.merge", Merge),
    ];

    private static JsonElement Body(Call call) =>
        call.Json.Member("user") is { ValueKind: JsonValueKind.Object } user ? user : throw ZendeskErrors.Refusal(400, "InvalidBody", "user is missing");

    private ZendeskUser Found(Call call) => sandbox.State.Users.GetValueOrDefault(Listing.Number(call.Route("id"))) is { PermanentlyDeleted: false } user ? user : throw ZendeskErrors.Missing();

    private ZendeskUser Live(Call call) => Found(call) is { Active: true } user ? user : throw ZendeskErrors.Missing();

    private JsonObject Json(ZendeskUser user) => sandbox.Shapes.Of(user, sandbox.State.UserFields);

    private JsonObject Shown(ZendeskUser user) => new() { ["user"] = Json(user) };

    private Answer List(Call call)
    {
        var roles = call.Queries("role[]").Concat(call.Queries("role")).ToHashSet();
        return Listing.Page(call, "users", sandbox.State.Users.Values.Where(user => user.Active && (roles.Count == 0 || roles.Contains(user.Role))), user => user.Id, Json);
    }

    /// <summary>Nobody in particular is told so, with 200.</summary>
    private Answer Me(Call call) => sandbox.IsKnown(call)
        ? Answer.Ok(new JsonObject { ["user"] = new JsonObject { ["id"] = 1, ["name"] = "Hub", ["email"] = sandbox.Options.Email, ["role"] = "admin", ["active"] = true } })
        : Answer.Ok(new JsonObject { ["user"] = new JsonObject { ["name"] = "Anonymous user", ["email"] = "invalid@example.com", ["role"] = "end-user" } });

    private Answer ShowMany(Call call)
    {
        List<ZendeskUser?> users = call.Query("external_ids") is not null
            ? [.. call.Queries("external_ids").Select(sandbox.State.WithExternalId)]
            : [.. Listing.Ids(call).Select(id => sandbox.State.Users.GetValueOrDefault(id))];
        call.Records = users.Count;
        if (users.Count > Listing.MostAtOnce)
            throw sandbox.TooMany(call, users.Count);
        return Answer.Ok(new JsonObject { ["users"] = users.OfType<ZendeskUser>().Where(user => !user.PermanentlyDeleted).Distinct().Select(user => (JsonNode?)Json(user)).ToJsonArray(), ["count"] = users.Count });
    }

    /// <summary>Reads the index, which lags; it knows secondary addresses too.</summary>
    private Answer Search(Call call)
    {
        var query = call.Query("query") ?? "";
        var address = (query.StartsWith("email:", StringComparison.Ordinal) ? query[6..] : query).Trim('"');
        _ = sandbox.State.UserLag.Late(sandbox.Clock.Now);
        var found = sandbox.State.Users.Values.Select(sandbox.State.UserLag.Seen).OfType<ZendeskUser>().Where(user => user.Active && (call.Query("external_id") is { } external
            ? external.Equals(user.ExternalId, StringComparison.OrdinalIgnoreCase)
            : user.HasEmail(address) || user.Name.Contains(address, StringComparison.OrdinalIgnoreCase)));
        return Answer.Ok(new JsonObject { ["users"] = found.Take(100).Select(user => (JsonNode?)Json(user)).ToJsonArray(), ["count"] = 1 });
    }

    private Answer CreateOrUpdate(Call call)
    {
        var (user, created) = sandbox.UserWrites.CreateOrUpdate(Body(call));
        return new Answer(created ? 201 : 200, Shown(user)).With("Location", $"/api/v2/users/{user.Id}.json");
    }

    private Answer CreateMany(Call call)
    {
        RefuseImports();
        var records = sandbox.Many(call, "users");
        return sandbox.Jobs.Start("Bulk Create User", records.Count, () => rows.Of(records, "create", record => (sandbox.UserWrites.Create(record).Id, true)));
    }

    private Answer CreateOrUpdateMany(Call call)
    {
        RefuseImports();
        var records = sandbox.Many(call, "users");
        return sandbox.Jobs.Start("Bulk Create Or Update User", records.Count, () => rows.Of(records, "update", record =>
        {
            var (user, created) = sandbox.UserWrites.CreateOrUpdate(record);
            return (user.Id, created);
        }));
    }

    private Answer UpdateMany(Call call)
    {
        var records = sandbox.Updates(call, "users");
        return sandbox.Jobs.Start("Bulk Update User", records.Count, () => rows.Of(records, "update", record => (sandbox.UserWrites.Update(Live(record), record).Id, false)));
    }

    private Answer DestroyMany(Call call)
    {
        var ids = sandbox.Ids(call);
        return sandbox.Jobs.Start("Bulk Delete User", ids.Count, () => rows.Of(ids, "delete", id => (sandbox.UserWrites.Delete(Live(id)).Id, false)));
    }

    private ZendeskUser Live(JsonElement record)
    {
        var id = record.ValueKind == JsonValueKind.Number ? record.GetInt64() : record.Member("id")?.GetInt64() ?? 0;
        return sandbox.State.Users.GetValueOrDefault(id) is { Active: true } user ? user : throw ZendeskErrors.Refusal(404, "UserNotFound", $"User {id} was not found");
    }

    private Answer Merge(Call call)
    {
        var winner = Body(call).Member("id") is { ValueKind: JsonValueKind.Number } id ? sandbox.State.Users.GetValueOrDefault(id.GetInt64()) : null;
        return Answer.Ok(Shown(sandbox.UserWrites.Merge(Live(call), winner ?? throw ZendeskErrors.Missing())));
    }

    private void RefuseImports()
    {
        if (!sandbox.Options.BulkImports)
            throw ZendeskErrors.Refusal(403, "Forbidden", "Bulk user imports are not enabled for this account");
    }
}
