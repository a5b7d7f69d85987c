using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom.Endpoints;

/// <summary>Users and leads, their companies and their subscriptions.</summary>
internal sealed class Contacts(IntercomSandbox sandbox)
{
    private readonly IntercomJson shapes = new(sandbox.Options);
    private readonly IntercomSearch search = new(sandbox.State, sandbox.Errors, sandbox.Options);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get("/contacts", "contacts.list", List),
        Endpoint.Post("/contacts", "contacts.create", call => Answer.Ok(shapes.Of(sandbox.Writes.Create(call.Json)))),
        Endpoint.Ask("/contacts/search", "contacts.search", Search) with { IsSearch = true },
        Endpoint.Post("/contacts/merge", "contacts.merge", Merge),
        Endpoint.Get("/contacts/find_by_external_id/{externalId}", "contacts.findByExternalId", ByExternalId),
        Endpoint.Get("/contacts/{id}", "contacts.get", call => Answer.Ok(shapes.Of(Found(call)))),
        Endpoint.Put("/contacts/{id}", "contacts.update", Update),
        Endpoint.Delete("/contacts/{id}", "contacts.delete", Delete),
        Endpoint.Post("/contacts/{id}/archive", "contacts.archive", call => Archive(call, true)) with { BodyType = null },
        Endpoint.Post("/contacts/{id}/unarchive", "contacts.unarchive", call => Archive(call, false)) with { BodyType = null },
        Endpoint.Get("/contacts/{id}/companies", "contacts.companies", Companies),
        Endpoint.Post("/contacts/{id}/companies", "contacts.attachCompany", Attach),
        Endpoint.Delete("/contacts/{id}/companies/{companyId}", "contacts.detachCompany", Detach),
        Endpoint.Get("/contacts/{id}/subscriptions", "contacts.subscriptions", call => Answer.Ok(Subscriptions(Found(call).Subscriptions))),
        Endpoint.Post("/contacts/{id}/subscriptions", "contacts.subscribe", Subscribe),
        Endpoint.Delete("/contacts/{id}/subscriptions/{subscriptionId}", "contacts.unsubscribe", call => Unsubscribe(call, Found(call))),
        Endpoint.Get("/subscription_types", "subscriptionTypes.list", _ => Answer.Ok(Subscriptions(IntercomSubscriptions.All))),
    ];

    private IntercomContact Found(Call call) => Found(call.Route("id"));

    private IntercomContact Found(string id) => sandbox.State.Contacts.GetValueOrDefault(id) ?? throw sandbox.Errors.NoContact();

    private Answer ByExternalId(Call call) => sandbox.State.WithExternalId(Uri.UnescapeDataString(call.Route("externalId"))) is { Role: "user" } contact
        ? Answer.Ok(shapes.Of(contact))
        : throw sandbox.Errors.NoContact();

    private Answer Update(Call call)
    {
        var contact = Found(call);
        sandbox.Writes.Update(contact, call.Json);
        return Answer.Ok(shapes.Of(contact));
    }

    private Answer Delete(Call call)
    {
        var contact = Found(call);
        sandbox.Writes.Delete(contact);
        return Answer.Ok(IntercomJson.Reference(contact, "deleted"));
    }

    private Answer Archive(Call call, bool isArchived)
    {
        var contact = Found(call);
        sandbox.Writes.Archive(contact, isArchived);
        return Answer.Ok(IntercomJson.Reference(contact, "archived", isArchived));
    }

    private Answer Merge(Call call)
    {
        var from = Found(call.Json.Text("from") ?? throw sandbox.Errors.Missing("from not specified"));
        var into = Found(call.Json.Text("into") ?? throw sandbox.Errors.Missing("into not specified"));
        return Answer.Ok(shapes.Of(sandbox.Writes.Merge(from, into)));
    }

    private Answer List(Call call)
    {
        var contacts = sandbox.State.Contacts.Values.Where(contact => !contact.Archived).OrderByDescending(contact => contact.Number).ToList();
        return Page(call, contacts, call.QueryInt("per_page", 50), call.Query("starting_after"));
    }

    private Answer Search(Call call)
    {
        var query = call.Json.Member("query") ?? throw sandbox.Errors.Missing("query not specified");
        var pagination = call.Json.Member("pagination");
        var perPage = pagination?.Member("per_page")?.AsText() is { } size && int.TryParse(size, out var number) ? number : 50;
        var found = search.Matching(query, sandbox.Clock.Now).ToList();
        found.Sort((a, b) => b.UpdatedAt != a.UpdatedAt ? b.UpdatedAt.CompareTo(a.UpdatedAt) : b.Number.CompareTo(a.Number));
        return Page(call, found, perPage, pagination?.Text("starting_after"));
    }

    /// <summary>The cursor is the last record shown and its time, so that new records do not shift a page.</summary>
    private Answer Page(Call call, List<IntercomContact> contacts, int perPage, string? after)
    {
        if (perPage < 1 || perPage > sandbox.Options.PerPage)
        {
            sandbox.Stats.Violate("batch-size", $"{call.Operation} with per_page {perPage}");
            throw sandbox.Errors.Invalid($"Per page must be between 1 and {sandbox.Options.PerPage}", "per_page");
        }

        var skip = 0;
        if (!string.IsNullOrEmpty(after) && (skip = contacts.FindIndex(contact => contact.Id == after) + 1) == 0)
            throw sandbox.Errors.Invalid("The starting_after cursor is not valid", "starting_after");
        var page = contacts.Skip(skip).Take(perPage).ToList();
        call.Records = page.Count;
        var next = skip + page.Count < contacts.Count ? page[^1].Id : null;
        return Answer.Ok(IntercomJson.Page(page.Select(JsonNode (contact) => shapes.Of(contact)), contacts.Count, perPage, (skip / perPage) + 1, next));
    }

    private Answer Companies(Call call)
    {
        var companies = Found(call).Companies.Select(id => sandbox.State.Companies[id]).ToList();
        var json = IntercomJson.Page(companies.Select(JsonNode (company) => shapes.Of(company)), companies.Count, 50, 1, null);
        ((JsonObject)json["pages"]!)["next"] = null;
        json["companies"] = json["data"]!.DeepClone(); // this list alone has its items under their own name
        json.Remove("data");
        return Answer.Ok(json);
    }

    private Answer Attach(Call call)
    {
        var contact = Found(call);
        var id = call.Json.Member("id") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw sandbox.Errors.Missing("company not specified");
        var company = sandbox.State.Companies.GetValueOrDefault(id) ?? throw sandbox.Errors.NoCompany();
        sandbox.Writes.Attach(contact, company);
        return Answer.Ok(shapes.Of(company));
    }

    private Answer Detach(Call call)
    {
        var contact = Found(call);
        var company = sandbox.State.Companies.GetValueOrDefault(call.Route("companyId")) ?? throw sandbox.Errors.NoCompany();
        sandbox.Writes.Detach(contact, company);
        return Answer.Ok(shapes.Of(company));
    }

    private static JsonObject Subscriptions(IEnumerable<string> ids) => new()
    {
        ["type"] = "list",
        ["data"] = ids.Select(JsonNode (id) => IntercomSubscriptions.Json(id)).ToJsonArray(),
    };

    private Answer Subscribe(Call call)
    {
        var contact = Found(call);
        var id = Known(call.Json.Text("id") ?? throw sandbox.Errors.Missing("id not specified"));
        var consent = call.Json.Text("consent_type") ?? throw sandbox.Errors.Missing("consent_type not specified");
        if (consent != (id == IntercomSubscriptions.OptIn ? "opt_in" : "opt_out"))
            throw sandbox.Errors.Invalid($"consent_type {consent} does not fit this subscription", "consent_type");
        sandbox.Writes.Subscribe(contact, id, isAttached: true);
        return Answer.Ok(IntercomSubscriptions.Json(id));
    }

    private Answer Unsubscribe(Call call, IntercomContact contact)
    {
        var id = Known(call.Route("subscriptionId"));
        sandbox.Writes.Subscribe(contact, id, isAttached: false);
        return Answer.Ok(IntercomSubscriptions.Json(id));
    }

    private string Known(string id) => IntercomSubscriptions.All.Contains(id) ? id : throw sandbox.Errors.Refusal(404, "not_found", "Resource Not Found");
}
