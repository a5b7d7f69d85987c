using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Zendesk.Records;

namespace StackHub.Sandbox.Vendors.Zendesk.Endpoints;

/// <summary>Organizations, one by one and many at once.</summary>
internal sealed class Organizations(ZendeskSandbox sandbox)
{
    private readonly ZendeskRows rows = new(sandbox.Options);

    private IEnumerable<ZendeskOrganization> Every => sandbox.State.Organizations.Values.Where(one => one.DeletedAt is null);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/api/v2/organizations", "organizations.list", call => Listing.Page(call, "organizations", Every, one => one.Id, Json)),
        Endpoint.Post("/api/v2/organizations", "organizations.create", call => Answer.Created(Shown(sandbox.OrganizationWrites.Create(Body(call))))),
        Endpoint.Get("/api/v2/organizations/show_many", "organizations.showMany", ShowMany),
        Endpoint.Get("/api/v2/organizations/search", "organizations.search", Search) with { IsSearch = true },
        Endpoint.Post("/api/v2/organizations/create_or_update", "organizations.createOrUpdate", CreateOrUpdate),
        Endpoint.Post("/api/v2/organizations/create_many", "organizations.createMany", CreateMany),
        Endpoint.Put("/api/v2/organizations/update_many", "organizations.updateMany", UpdateMany),
        Endpoint.Delete("/api/v2/organizations/destroy_many", "organizations.destroyMany", DestroyMany),
        Endpoint.Get("/api/v2/organizations/{id:long}", "organizations.get", call => Answer.Ok(Shown(Found(Listing.Number(call.Route("id")))))),
        Endpoint.Put("/api/v2/organizations/{id:long}", "organizations.update", call => Answer.Ok(Shown(sandbox.OrganizationWrites.Update(Found(Listing.Number(call.Route("id"))), Body(call))))),
        Endpoint.Delete("/api/v2/organizations/{id:long}", "organizations.delete", Delete),
    ];

    private static JsonElement Body(Call call) =>
        call.Json.Member("organization") is { ValueKind: JsonValueKind.Object } organization ? organization : throw ZendeskErrors.Refusal(400, "InvalidBody", "organization is missing");

    private ZendeskOrganization Found(long id) => sandbox.State.Organizations.GetValueOrDefault(id) is { DeletedAt: null } organization ? organization : throw ZendeskErrors.Missing();

    private JsonObject Json(ZendeskOrganization organization) => sandbox.Shapes.Of(organization, sandbox.State.OrganizationFields);

    private JsonObject Shown(ZendeskOrganization organization) => new() { ["organization"] = Json(organization) };

    private JsonObject Shown(IEnumerable<ZendeskOrganization> found) => new() { ["organizations"] = found.Select(one => (JsonNode?)Json(one)).ToJsonArray(), ["next_page"] = null, ["previous_page"] = null };

    private Answer ShowMany(Call call)
    {
        List<ZendeskOrganization?> found = call.Query("external_ids") is not null
            ? [.. call.Queries("external_ids").Select(sandbox.State.OrganizationWithExternalId)]
            : [.. Listing.Ids(call).Select(id => sandbox.State.Organizations.GetValueOrDefault(id))];
        call.Records = found.Count;
        if (found.Count > Listing.MostAtOnce)
            throw sandbox.TooMany(call, found.Count);
        return Answer.Ok(Shown(found.OfType<ZendeskOrganization>().Where(one => one.DeletedAt is null).Distinct()));
    }

    private Answer Search(Call call)
    {
        _ = sandbox.State.OrganizationLag.Late(sandbox.Clock.Now);
        return Answer.Ok(Shown(sandbox.State.Organizations.Values.Select(sandbox.State.OrganizationLag.Seen).OfType<ZendeskOrganization>().Where(one => one.DeletedAt is null
            && (call.Query("external_id") is { } external ? external.Equals(one.ExternalId, StringComparison.OrdinalIgnoreCase) : one.Name.Equals(call.Query("name"), StringComparison.OrdinalIgnoreCase)))));
    }

    private Answer CreateOrUpdate(Call call)
    {
        var (organization, created) = sandbox.OrganizationWrites.CreateOrUpdate(Body(call));
        return new Answer(created ? 201 : 200, Shown(organization));
    }

    private Answer CreateMany(Call call)
    {
        var records = sandbox.Many(call, "organizations");
        return sandbox.Jobs.Start("Bulk Create Organization", records.Count, () => rows.Of(records, "create", record => (sandbox.OrganizationWrites.Create(record).Id, true)));
    }

    private Answer UpdateMany(Call call)
    {
        var records = sandbox.Updates(call, "organizations");
        return sandbox.Jobs.Start("Bulk Update Organization", records.Count, () => rows.Of(records, "update", record => (sandbox.OrganizationWrites.Update(Named(record), record).Id, false)));
    }

    private Answer DestroyMany(Call call)
    {
        var ids = sandbox.Ids(call);
        return sandbox.Jobs.Start("Bulk Delete Organization", ids.Count, () => rows.Of(ids, "delete", id =>
        {
            sandbox.OrganizationWrites.Delete(Found(id.GetInt64()));
            return (id.GetInt64(), false);
        }));
    }

    private ZendeskOrganization Named(JsonElement record) => Found(record.Member("id")?.GetInt64() ?? 0);

    private Answer Delete(Call call)
    {
        sandbox.OrganizationWrites.Delete(Found(Listing.Number(call.Route("id"))));
        return Answer.NoContent;
    }
}
