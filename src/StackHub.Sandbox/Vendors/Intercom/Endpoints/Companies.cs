using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.Intercom.Records;

namespace StackHub.Sandbox.Vendors.Intercom.Endpoints;

/// <summary>Companies: the one thing Intercom lets one upsert.</summary>
internal sealed class Companies(IntercomSandbox sandbox)
{
    private readonly IntercomJson shapes = new(sandbox.Options);
    private (string Id, int At, DateTimeOffset Until)? scroll;
    private int scrolls;

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("/companies", "companies.upsert", call => Answer.Ok(shapes.Of(sandbox.Writes.Upsert(call.Json).Company))),
        Endpoint.Get("/companies", "companies.list", Find),
        Endpoint.Ask("/companies/list", "companies.list", call => Page(call, Visible())) with { BodyType = null },
        Endpoint.Get("/companies/scroll", "companies.scroll", Scroll),
        Endpoint.Get("/companies/{id}", "companies.get", call => Answer.Ok(shapes.Of(Found(call)))),
        Endpoint.Put("/companies/{id}", "companies.update", Update),
        Endpoint.Delete("/companies/{id}", "companies.delete", Delete),
        Endpoint.Get("/companies/{id}/contacts", "companies.contacts", Contacts),
    ];

    private IntercomCompany Found(Call call) => sandbox.State.Companies.GetValueOrDefault(call.Route("id")) ?? throw sandbox.Errors.NoCompany();

    /// <summary>Lists show only companies that somebody belongs to.</summary>
    private List<IntercomCompany> Visible() => [.. sandbox.State.Companies.Values.Where(company => company.Contacts.Count > 0).OrderBy(company => company.Number)];

    private Answer Find(Call call)
    {
        if (call.Query("company_id") is { } companyId)
            return Answer.Ok(shapes.Of(sandbox.State.ByCompanyId.GetValueOrDefault(companyId) ?? throw sandbox.Errors.NoCompany()));
        return call.Query("name") is { } name
            ? Answer.Ok(shapes.Of(sandbox.State.Companies.Values.FirstOrDefault(company => company.Name == name) ?? throw sandbox.Errors.NoCompany()))
            : Page(call, Visible());
    }

    private Answer Update(Call call)
    {
        var company = Found(call);
        sandbox.Writes.Update(company, call.Json);
        return Answer.Ok(shapes.Of(company));
    }

    private Answer Delete(Call call)
    {
        var company = Found(call);
        sandbox.Writes.Delete(company);
        return Answer.Ok(new JsonObject { ["id"] = company.Id, ["object"] = "company", ["deleted"] = true });
    }

    private Answer Contacts(Call call)
    {
        var contacts = Found(call).Contacts.Select(id => sandbox.State.Contacts[id]).OrderBy(contact => contact.Number).ToList();
        return Answer.Ok(IntercomJson.Page(contacts.Select(JsonNode (contact) => shapes.Of(contact)), contacts.Count, 50, 1, null));
    }

    private Answer Page(Call call, List<IntercomCompany> companies)
    {
        var (page, perPage) = (call.QueryInt("page", 1), call.QueryInt("per_page", 15));
        if (page < 1 || perPage is < 1 or > 60 || page * perPage > 10_000)
            throw sandbox.Errors.Invalid("page or per_page is out of range; use the scroll API beyond 10,000 companies", "page");
        var shown = companies.Skip((page - 1) * perPage).Take(perPage).ToList();
        call.Records = shown.Count;
        return Answer.Ok(IntercomJson.Page(shown.Select(JsonNode (company) => shapes.Of(company)), companies.Count, perPage, page, null));
    }

    private Answer Scroll(Call call)
    {
        var (now, wanted) = (sandbox.Clock.Now, call.Query("scroll_param"));
        var isOpen = scroll is { } open && now < open.Until;
        if (string.IsNullOrEmpty(wanted))
        {
            if (isOpen)
                throw sandbox.Errors.Refusal(400, "scroll_exists", "scroll already exists for this workspace");
            scroll = ($"scroll-{++scrolls}", 0, now + sandbox.Options.ScrollLife);
        }
        else if (!isOpen || scroll!.Value.Id != wanted)
            throw sandbox.Errors.Refusal(404, "not_found", "scroll parameter not found");

        var (id, at, _) = scroll!.Value;
        var shown = Visible().Skip(at).Take(100).ToList();
        // A page without companies ends the scroll.
        scroll = shown.Count == 0 ? null : (id, at + shown.Count, now + sandbox.Options.ScrollLife);
        call.Records = shown.Count;
        return Answer.Ok(new JsonObject
        {
            ["type"] = "list",
            ["data"] = shown.Select(JsonNode (company) => shapes.Of(company)).ToJsonArray(),
            ["pages"] = null,
            ["total_count"] = null,
            ["scroll_param"] = id,
        });
    }
}
