using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>A user's addresses, and users that were deleted for good.</summary>
internal sealed class Identities(ZendeskSandbox sandbox)
{
    private const string Path = "/api/v2/users/{id:long}/identities";

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(Path, "identities.list", call => Answer.Ok(List(Found(call)))),
        Endpoint.Post(Path, "identities.create", Create),
        Endpoint.Put(Path + "/{identity:long}/make_primary", "identities.makePrimary", call => Answer.Ok(List(sandbox.UserWrites.MakePrimary(Found(call), Listing.Number(call.Route("identity")))))) with { BodyType = null },
        Endpoint.Delete(Path + "/{identity:long}", "identities.delete", Delete),
        Endpoint.Get("/api/v2/deleted_users/{id:long}", "deletedUsers.get", call => Answer.Ok(new JsonObject { ["deleted_user"] = sandbox.Shapes.Deleted(Deleted(call)) })),
        Endpoint.Delete("/api/v2/deleted_users/{id:long}", "deletedUsers.delete", Erase),
        Endpoint.Get("/api/v2/users/{id:long}/compliance_deletion_statuses", "users.complianceDeletionStatuses", Statuses),
    ];

    private ZendeskUser Found(Call call) => User(call) is { Active: true } user ? user : throw ZendeskErrors.Missing();

    private ZendeskUser Deleted(Call call) => User(call) is { Active: false } user ? user : throw ZendeskErrors.Missing();

    private ZendeskUser? User(Call call) => sandbox.State.Users.GetValueOrDefault(Listing.Number(call.Route("id")));

    private JsonObject List(ZendeskUser user) => new() { ["identities"] = user.Identities.Select(identity => (JsonNode?)sandbox.Shapes.Of(identity, user)).ToJsonArray() };

    private Answer Create(Call call)
    {
        var user = Found(call);
        var body = call.Json.Member("identity") is { ValueKind: JsonValueKind.Object } identity ? identity : throw ZendeskErrors.Refusal(400, "InvalidBody", "identity is missing");
        return Answer.Created(new JsonObject { ["identity"] = sandbox.Shapes.Of(sandbox.UserWrites.AddIdentity(user, body), user) });
    }

    private Answer Delete(Call call)
    {
        sandbox.UserWrites.DeleteIdentity(Found(call), Listing.Number(call.Route("identity")));
        return Answer.NoContent;
    }

    private Answer Erase(Call call)
    {
        if (Deleted(call) is not { PermanentlyDeleted: false } user)
            throw ZendeskErrors.Missing();
        return Answer.Ok(new JsonObject { ["deleted_user"] = sandbox.Shapes.Deleted(sandbox.UserWrites.DeletePermanently(user)) });
    }

    private Answer Statuses(Call call)
    {
        if (User(call) is not { ErasureBegan: { } began } user)
            throw ZendeskErrors.Missing();
        var rows = new JsonArray(Status(user, "request_deletion", "all"));
        foreach (var product in sandbox.Options.ErasureTimes.Keys)
            rows.Add(Status(user, "started", product));
        foreach (var product in sandbox.Options.ErasureTimes.Where(product => sandbox.Clock.Now >= began + product.Value))
            rows.Add(Status(user, "complete", product.Key));

        return Answer.Ok(new JsonObject { ["compliance_deletion_statuses"] = rows });
    }

    private JsonObject Status(ZendeskUser user, string action, string application) => new()
    {
        ["action"] = action,
        ["application"] = application,
        ["account_subdomain"] = sandbox.Options.Subdomain,
        ["executer_id"] = 1,
        ["user_id"] = user.Id,
        ["created_at"] = ZendeskJson.Text(user.UpdatedAt),
    };
}
