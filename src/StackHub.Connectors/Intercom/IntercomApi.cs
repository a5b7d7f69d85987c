using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Intercom;

/// <summary>Intercom's REST calls, one method each, over the shared HTTP base.</summary>
internal sealed class IntercomApi(ConnectorContext context, IntercomOptions options, HttpMessageHandler? transport) : IDisposable
{
    public const int PageSize = 150;

    private readonly VendorHttp http = new(context, new VendorHttpOptions(options.BaseUrl, new VendorAuth.Fixed("Bearer", options.AccessToken))
    {
        Headers = [new("Intercom-Version", options.Version), new("Accept", "application/json")],
        WaitOf = ResetOf,
        MaxConnections = options.Concurrency * 2,
        Transport = transport,
    });

    public Task<IntercomPage> SearchAsync(IntercomSearch search, int records, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read("contacts.search", records), HttpMethod.Post, "/contacts/search", VendorHttp.Json(search, IntercomJson.Default.IntercomSearch), cancellationToken);

    public Task<IntercomPage> ListContactsAsync(string? cursor, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read("contacts.list", PageSize), HttpMethod.Get, $"/contacts?per_page={PageSize}{Query("&starting_after", cursor)}", content: null, cancellationToken);

    public Task<IntercomReply> GetContactAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Read("contacts.get"), HttpMethod.Get, $"/contacts/{Escape(id)}", content: null, cancellationToken);

    /// <summary>Reads the database, not the search index, so it sees a contact at once; users only, not leads.</summary>
    public Task<IntercomReply> FindByExternalIdAsync(string externalId, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Read("contacts.findByExternalId"), HttpMethod.Get, $"/contacts/find_by_external_id/{Escape(externalId)}", content: null, cancellationToken);

    public Task<IntercomReply> CreateContactAsync(JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("contacts.create"), HttpMethod.Post, "/contacts", Json(body), cancellationToken);

    public Task<IntercomReply> UpdateContactAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("contacts.update"), HttpMethod.Put, $"/contacts/{Escape(id)}", Json(body), cancellationToken);

    public Task<IntercomReply> DeleteContactAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("contacts.delete"), HttpMethod.Delete, $"/contacts/{Escape(id)}", content: null, cancellationToken);

    public Task<IntercomReply> AttachAsync(string contactId, string companyId, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("contacts.attachCompany"), HttpMethod.Post, $"/contacts/{Escape(contactId)}/companies", Json(new JsonObject { ["id"] = companyId }), cancellationToken);

    public Task<IntercomReply> DetachAsync(string contactId, string companyId, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("contacts.detachCompany"), HttpMethod.Delete, $"/contacts/{Escape(contactId)}/companies/{Escape(companyId)}", content: null, cancellationToken);

    public Task<IntercomReply> GetCompanyAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Read("companies.get"), HttpMethod.Get, $"/companies/{Escape(id)}", content: null, cancellationToken);

    public Task<IntercomReply> FindCompanyAsync(string companyId, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Read("companies.findByCompanyId"), HttpMethod.Get, $"/companies?company_id={Escape(companyId)}", content: null, cancellationToken);

    public Task<IntercomReply> UpsertCompanyAsync(JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("companies.upsert"), HttpMethod.Post, "/companies", Json(body), cancellationToken);

    public Task<IntercomReply> UpdateCompanyAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("companies.update"), HttpMethod.Put, $"/companies/{Escape(id)}", Json(body), cancellationToken);

    public Task<IntercomReply> DeleteCompanyAsync(string id, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("companies.delete"), HttpMethod.Delete, $"/companies/{Escape(id)}", content: null, cancellationToken);

    /// <summary>The next page of the workspace's one scroll. Not "safe": sent twice, it would skip a page.</summary>
    public async Task<IntercomScrollReply> ScrollAsync(string? scrollParam, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Write("companies.scroll", records: 0), HttpMethod.Get, $"/companies/scroll{Query("?scroll_param", scrollParam)}", content: null, cancellationToken);
        if (answer.IsSuccess)
            return new IntercomScrollReply(Checked(await answer.ReadAsync(IntercomJson.Default.IntercomPage, cancellationToken)), Error: null);
        return new IntercomScrollReply(Page: null, (await answer.TryReadAsync(IntercomJson.Default.IntercomErrors, cancellationToken))?.First ?? throw answer.Unexpected());
    }

    public async Task<IReadOnlyList<IntercomAttribute>> AttributesAsync(string model, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("dataAttributes.list"), HttpMethod.Get, $"/data_attributes?model={model}", content: null, cancellationToken);
        return (await answer.RequireAsync(IntercomJson.Default.IntercomAttributeList, cancellationToken)).Data ?? [];
    }

    public Task<IntercomReply> CreateAttributeAsync(IntercomNewAttribute attribute, CancellationToken cancellationToken) =>
        SendAsync(VendorCall.Write("dataAttributes.create"), HttpMethod.Post, "/data_attributes", VendorHttp.Json(attribute, IntercomJson.Default.IntercomNewAttribute), cancellationToken);

    /// <summary>All teammates; there is one page.</summary>
    public async Task<IReadOnlyList<IntercomAdmin>> AdminsAsync(CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("admins.list"), HttpMethod.Get, "/admins", content: null, cancellationToken);
        return (await answer.RequireAsync(IntercomJson.Default.IntercomAdminList, cancellationToken)).Admins ?? [];
    }

    public async Task CheckAccessAsync(CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("me"), HttpMethod.Get, "/me", content: null, cancellationToken);
        if (!answer.IsSuccess)
            throw answer.Unexpected();
    }

    public VendorUnavailableException Unavailable(string reason, TimeSpan? retryAfter = null) => new(context.System, reason, retryAfter);

    public void Dispose() => http.Dispose();

    private async Task<IntercomPage> PageAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(call, method, path, content, cancellationToken);
        return Checked(await answer.RequireAsync(IntercomJson.Default.IntercomPage, cancellationToken));
    }

    private async Task<IntercomReply> SendAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(call, method, path, content, cancellationToken);
        if (answer.IsSuccess)
            return new IntercomReply(answer.Status, new IntercomItem(await answer.ReadAsync(IntercomJson.Default.JsonElement, cancellationToken)), Error: null);
        var errors = await answer.TryReadAsync(IntercomJson.Default.IntercomErrors, cancellationToken);
        // Without Intercom's error list it is not Intercom's word on this record (a gateway, a proxy); 402 and 403 are about the app.
        return errors?.First is { } error && answer.Status is not (System.Net.HttpStatusCode.PaymentRequired or System.Net.HttpStatusCode.Forbidden)
            ? new IntercomReply(answer.Status, default, error)
            : throw answer.Unexpected();
    }

    private async Task<VendorAnswer> AnswerAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(call, method, path, content, cancellationToken);
        var now = answer.Headers.Date ?? context.Time.GetUtcNow();
        if (Header(answer.Headers, "X-RateLimit-Remaining") == 0 && ResetOf(answer.Headers, now) is { } wait && wait > TimeSpan.Zero)
            await context.Budget.BlockAsync(context.System, wait, cancellationToken);
        return answer;
    }

    /// <summary>Every record of a page has an id: one without would be lost without a word.</summary>
    private IntercomPage Checked(IntercomPage page) =>
        (page.Data ?? []).All(d => new IntercomItem(d).Id is { Length: > 0 }) ? page : throw Unavailable("a page holds a record without an id");

    private static TimeSpan? ResetOf(HttpResponseHeaders headers, DateTimeOffset now) =>
        Header(headers, "X-RateLimit-Reset") is { } reset ? DateTimeOffset.FromUnixTimeSeconds(reset) - now : null;

    private static long? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static HttpContent Json(JsonObject body) => VendorHttp.Json(body, IntercomJson.Default.JsonObject);

    private static string Query(string name, string? value) => value is null ? "" : $"{name}={Escape(value)}";

    private static string Escape(string value) => Uri.EscapeDataString(value);
}
