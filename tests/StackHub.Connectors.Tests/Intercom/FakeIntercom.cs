using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace StackHub.Connectors.Tests.Intercom;

/// <summary>A workspace in memory with the habits that make Intercom hard: a lagging search, day-wide time filters, one scroll.</summary>
internal sealed class FakeIntercom(TimeProvider? clock = null) : HttpMessageHandler
{
    private readonly Lock gate = new();
    private int nextId;

    /// <summary>The vendor's clock, unless it was given another.</summary>
    public ManualTime Time { get; } = new();

    private DateTimeOffset Now => (clock ?? Time).GetUtcNow();

    public Dictionary<string, JsonObject> Contacts { get; } = [];

    public Dictionary<string, JsonObject> Companies { get; } = [];

    public HashSet<string> Attributes { get; } = ["first_name", "last_name", "job_title", "lifecycle_stage", "lead_score"];

    public List<Sent> Requests { get; } = [];

    public TimeSpan SearchLag { get; set; }

    public TimeSpan WorkspaceOffset { get; set; }

    public bool RefusesDuplicates { get; set; } = true;

    public bool NamesTheDuplicate { get; set; } = true;

    public int PageSize { get; set; } = 150;

    /// <summary>Sorts by the newest change, whatever is asked for.</summary>
    public bool IgnoresSort { get; set; }

    public string? ScrollOfOthers { get; set; }

    /// <summary>Answers instead of the workspace; null lets it answer. An exception is a broken connection.</summary>
    public Func<Sent, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Sees what the workspace did; throwing loses the answer.</summary>
    public Action<Sent> After { get; set; } = _ => { };

    public Func<HttpResponseMessage, HttpResponseMessage> Decorate { get; set; } = r => r;

    public IEnumerable<string> Calls => Requests.Select(r => $"{r.Method} {r.Path}");

    public JsonObject Contact(string id, long updatedAt, string? email = null, string? externalId = null, string? name = null)
    {
        var contact = NewContact(id, DateTimeOffset.FromUnixTimeSeconds(updatedAt));
        contact["email"] = email;
        contact["external_id"] = externalId;
        contact["name"] = name;
        return Contacts[id] = contact;
    }

    public JsonObject Company(string id, long updatedAt, string? companyId = null) => Companies[id] = new JsonObject
    {
        ["type"] = "company", ["id"] = id, ["company_id"] = companyId ?? id, ["name"] = "n" + id, ["created_at"] = updatedAt, ["updated_at"] = updatedAt,
        ["custom_attributes"] = new JsonObject(),
    };

    public void Attach(string contactId, params string[] companyIds)
    {
        foreach (var id in companyIds)
            LinksOf(Contacts[contactId]).Add(new JsonObject { ["type"] = "company", ["id"] = id });
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        var sent = new Sent(request.Method.Method, request.RequestUri!.AbsolutePath, HttpUtility.ParseQueryString(request.RequestUri.Query), body, request);
        lock (gate)
        {
            Requests.Add(sent);
            var answer = Before(sent) ?? Answer(sent);
            After(sent);
            return Decorate(answer);
        }
    }

    public static HttpResponseMessage Ok(JsonNode body) => Reply(HttpStatusCode.OK, body);

    public static HttpResponseMessage Error(HttpStatusCode status, string code, string message, string? field = null) => Reply(status, new JsonObject
    {
        ["type"] = "error.list",
        ["request_id"] = "r",
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message, ["field"] = field }),
    });

    private static HttpResponseMessage Reply(HttpStatusCode status, JsonNode body) =>
        new(status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    private HttpResponseMessage Answer(Sent sent) => (sent.Method, sent.Path.Trim('/').Split('/')) switch
    {
        ("POST", ["contacts", "search"]) => Search(sent.Body!),
        ("GET", ["contacts"]) => Page([.. Contacts.Values], sent.Query["starting_after"]),
        ("POST", ["contacts"]) => Create(sent.Body!),
        ("GET", ["contacts", "find_by_external_id", var id]) => Contacts.Values.FirstOrDefault(c => Text(c, "external_id") == id) is { } c ? Ok(c.DeepClone()) : NotFound("not_found"),
        ("GET", ["contacts", var id]) => Found(Contacts, id, "not_found", c => c),
        ("PUT", ["contacts", var id]) => Found(Contacts, id, "not_found", c => Merge(c, sent.Body!)),
        ("DELETE", ["contacts", var id]) => Found(Contacts, id, "not_found", _ => { Contacts.Remove(id); return new JsonObject { ["id"] = id, ["deleted"] = true }; }),
        ("POST", ["contacts", var id, "companies"]) => Found(Companies, Text(sent.Body!, "id")!, "company_not_found", c => { Attach(id, Text(c, "id")!); return c; }),
        ("DELETE", ["contacts", var id, "companies", var company]) => Found(Companies, company, "company_not_found", c => { Detach(id, company); return c; }),
        ("GET", ["companies", "scroll"]) => Scroll(sent.Query["scroll_param"]),
        ("GET", ["companies"]) => Companies.Values.FirstOrDefault(c => Text(c, "company_id") == sent.Query["company_id"]) is { } c ? Ok(c.DeepClone()) : NotFound("company_not_found"),
        ("POST", ["companies"]) => Upsert(sent.Body!),
        ("GET", ["companies", var id]) => Found(Companies, id, "company_not_found", c => c),
        ("PUT", ["companies", var id]) => Found(Companies, id, "company_not_found", c => Merge(c, sent.Body!)),
        ("DELETE", ["companies", var id]) => Found(Companies, id, "company_not_found", _ => { Companies.Remove(id); return new JsonObject { ["id"] = id, ["deleted"] = true }; }),
        ("GET", ["me"]) => Ok(new JsonObject { ["type"] = "admin" }),
        ("GET", ["data_attributes"]) => Ok(new JsonObject { ["data"] = new JsonArray([.. Attributes.Select(a => new JsonObject { ["name"] = a, ["custom"] = true, ["api_writable"] = true })]) }),
        ("POST", ["data_attributes"]) => Ok(new JsonObject { ["name"] = Remember(Text(sent.Body!, "name")!) }),
        _ => NotFound("not_found"),
    };

    private static HttpResponseMessage NotFound(string code) => Error(HttpStatusCode.NotFound, code, "Not Found");

    private string Remember(string attribute)
    {
        Attributes.Add(attribute);
        return attribute;
    }

    private static HttpResponseMessage Found(Dictionary<string, JsonObject> table, string id, string code, Func<JsonObject, JsonObject> act)
    {
        if (!table.TryGetValue(id, out var item))
            return NotFound(code);
        try
        {
            return Ok(act(item).DeepClone());
        }
        catch (ArgumentException e)
        {
            return Error(HttpStatusCode.BadRequest, "parameter_invalid", $"Custom attribute '{e.Message}' does not exist");
        }
    }

    private JsonObject Merge(JsonObject item, JsonObject body)
    {
        foreach (var (name, value) in body)
        {
            if (name != "custom_attributes")
                item[name] = value?.DeepClone();
        }
        foreach (var (name, value) in body["custom_attributes"] as JsonObject ?? [])
        {
            if (!Attributes.Contains(name))
                throw new ArgumentException(name);
            item["custom_attributes"]![name] = value?.DeepClone();
        }
        item["updated_at"] = Now.ToUnixTimeSeconds();
        return item;
    }

    private HttpResponseMessage Create(JsonObject body)
    {
        if (Text(body, "email") is { } address && !address.Contains('@', StringComparison.Ordinal))
            return Error(HttpStatusCode.BadRequest, "parameter_invalid", "email is invalid", "email");
        var twin = Contacts.Values.FirstOrDefault(c => Text(c, "external_id") == Text(body, "external_id") || (Text(body, "email") is { } email && Text(c, "email") == email));
        if (twin is not null && RefusesDuplicates)
            return Error(HttpStatusCode.Conflict, "conflict", "A contact matching those details already exists" + (NamesTheDuplicate ? $" with id={Text(twin, "id")}" : ""));
        var id = $"c{++nextId:000}";
        var contact = NewContact(id, Now);
        Contacts[id] = contact;
        var answer = Found(Contacts, id, "not_found", c => Merge(c, body));
        if (!answer.IsSuccessStatusCode)
            Contacts.Remove(id);
        return answer;
    }

    private HttpResponseMessage Upsert(JsonObject body)
    {
        var known = Companies.Values.FirstOrDefault(c => Text(c, "company_id") == Text(body, "company_id"));
        known ??= Company($"k{++nextId:000}", Now.ToUnixTimeSeconds(), Text(body, "company_id"));
        return Found(Companies, Text(known, "id")!, "company_not_found", c => Merge(c, body));
    }

    private HttpResponseMessage Search(JsonObject search)
    {
        var shown = Now - SearchLag;
        var query = search["query"]!.AsObject();
        var hits = Contacts.Values.Where(c => DateTimeOffset.FromUnixTimeSeconds((long)c["created_at"]!) <= shown && Matches(query, c));
        if (search["sort"] is JsonObject sort)
        {
            var field = Text(sort, "field")!;
            // Equal times come in an order of the vendor's own.
            hits = Text(sort, "order") == "ascending" && !IgnoresSort ? hits.OrderBy(c => (long)c[field]!).ThenByDescending(c => Text(c, "id")) : hits.OrderByDescending(c => (long)c[field]!).ThenByDescending(c => Text(c, "id"));
        }
        return Page([.. hits], Text(search["pagination"]!.AsObject(), "starting_after"));
    }

    private bool Matches(JsonObject query, JsonObject contact)
    {
        var op = Text(query, "operator");
        if (op is "AND" or "OR")
        {
            var parts = query["value"]!.AsArray().Select(p => Matches(p!.AsObject(), contact));
            return op == "AND" ? parts.All(p => p) : parts.Any(p => p);
        }
        var has = contact[Text(query, "field")!];
        return op switch
        {
            "IN" => query["value"]!.AsArray().Any(v => has is not null && (string)v! == (string?)has),
            ">" => (long)has! >= DayOf((long)query["value"]!).AddDays(1).ToUnixTimeSeconds(),
            "<" => (long)has! < DayOf((long)query["value"]!).ToUnixTimeSeconds(),
            _ => throw new InvalidOperationException(op),
        };
    }

    private DateTimeOffset DayOf(long seconds)
    {
        var local = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(WorkspaceOffset);
        return new DateTimeOffset(local.Date, WorkspaceOffset);
    }

    private HttpResponseMessage Page(JsonObject[] all, string? cursor)
    {
        var skip = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        var next = skip + PageSize < all.Length ? new JsonObject { ["starting_after"] = (skip + PageSize).ToString(CultureInfo.InvariantCulture) } : null;
        return Ok(new JsonObject
        {
            ["type"] = "list",
            ["data"] = new JsonArray([.. all.Skip(skip).Take(PageSize).Select(c => c.DeepClone())]),
            ["pages"] = new JsonObject { ["type"] = "pages", ["next"] = next },
        });
    }

    private HttpResponseMessage Scroll(string? param)
    {
        if (param is null && ScrollOfOthers is not null)
            return Error(HttpStatusCode.BadRequest, "scroll_exists", "scroll already exists for this workspace");
        if (param is not null && !param.StartsWith("s-", StringComparison.Ordinal))
            return NotFound("not_found");
        var skip = param is null ? 0 : int.Parse(param[2..], CultureInfo.InvariantCulture);
        return Ok(new JsonObject
        {
            ["type"] = "list",
            ["data"] = new JsonArray([.. Companies.Values.Skip(skip).Take(PageSize).Select(c => c.DeepClone())]),
            ["scroll_param"] = $"s-{skip + PageSize}",
        });
    }

    private void Detach(string contactId, string companyId)
    {
        var links = LinksOf(Contacts[contactId]);
        links.Remove(links.FirstOrDefault(l => Text(l!.AsObject(), "id") == companyId));
    }

    private static JsonArray LinksOf(JsonObject contact) => contact["companies"]!["data"]!.AsArray();

    private static JsonObject NewContact(string id, DateTimeOffset at) => new()
    {
        ["type"] = "contact", ["id"] = id, ["external_id"] = null, ["role"] = "user", ["email"] = null, ["phone"] = null, ["name"] = null,
        ["unsubscribed_from_emails"] = false, ["created_at"] = at.ToUnixTimeSeconds(), ["updated_at"] = at.ToUnixTimeSeconds(),
        ["custom_attributes"] = new JsonObject(), ["companies"] = new JsonObject { ["type"] = "list", ["data"] = new JsonArray(), ["has_more"] = false },
    };

    private static string? Text(JsonObject item, string name) => (string?)item[name];
}

internal sealed record Sent(string Method, string Path, System.Collections.Specialized.NameValueCollection Query, JsonObject? Body, HttpRequestMessage Message);

internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public void Pass(TimeSpan time) => now += time;
}
