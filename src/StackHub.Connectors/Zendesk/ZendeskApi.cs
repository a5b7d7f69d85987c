using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Zendesk;

/// <summary>Zendesk's REST calls, one method each, over the shared HTTP base.</summary>
internal sealed class ZendeskApi(ConnectorContext context, ZendeskOptions options, HttpMessageHandler? transport) : IDisposable
{
    private readonly VendorHttp http = new(context, new VendorHttpOptions(options.BaseUrl, options.Auth)
    {
        Headers = [new("Accept", "application/json")],
        WaitOf = (headers, _) => ResetOf(headers),
        Transport = transport,
    });

    /// <summary>By id, from the database: sees a write at once, unlike the search.</summary>
    public Task<ZendeskPage> ShowManyAsync(ZendeskType type, IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read($"{type}.showMany", ids.Count), $"{type.Path}/show_many?ids={Join(ids)}", cancellationToken);

    /// <summary>By external id, from the database too.</summary>
    public Task<ZendeskPage> ShowManyByExternalIdAsync(ZendeskType type, IReadOnlyCollection<string> externalIds, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read($"{type}.showMany", externalIds.Count), $"{type.Path}/show_many?external_ids={Join(externalIds)}", cancellationToken);

    /// <summary>Reads an index that lags by minutes: good to find what has long been there, never to confirm a write.</summary>
    public Task<ZendeskPage> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read("users.search"), $"/api/v2/users/search?query={Escape($"email:\"{email}\"")}", cancellationToken);

    public Task<ZendeskPage> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read("organizations.search"), $"/api/v2/organizations/search?name={Escape(name)}", cancellationToken);

    public Task<ZendeskPage> ListAsync(ZendeskType type, string? after, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read($"{type}.list", ZendeskInfo.Batch), $"{type.Path}?page[size]={ZendeskInfo.Batch}{(type.IsUsers ? "&role=end-user" : "")}{Query("&page[after]", after)}", cancellationToken);

    /// <summary>A page of agents and admins, who are seats and no business of the sync.</summary>
    public Task<ZendeskPage> StaffAsync(string? after, CancellationToken cancellationToken) =>
        PageAsync(VendorCall.Read("users.staff", ZendeskInfo.Batch), $"/api/v2/users?page[size]={ZendeskInfo.Batch}&role[]=agent&role[]=admin{Query("&page[after]", after)}", cancellationToken);

    /// <summary>Null when the cursor is no longer good.</summary>
    public Task<ZendeskPage?> ExportUsersAsync(long startTime, string? cursor, CancellationToken cancellationToken) =>
        ExportAsync("users", $"/api/v2/incremental/users/cursor?start_time={startTime}&per_page={options.ExportPage}{Query("&cursor", cursor)}", cancellationToken);

    public Task<ZendeskPage?> ExportOrganizationsAsync(long startTime, int size, CancellationToken cancellationToken) =>
        ExportAsync("organizations", $"/api/v2/incremental/organizations?start_time={startTime}&per_page={size}", cancellationToken);

    /// <summary>A job is queued; an answer that got lost leaves one behind that nobody looks at.</summary>
    public async Task<ZendeskReply<ZendeskJobAnswer>> StartJobAsync(string operation, HttpMethod method, string path, JsonObject? body, int records, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Write(operation, records), method, path, body, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
            return new(answer.Status, await answer.ReadAsync(ZendeskWire.Default.ZendeskJobAnswer, cancellationToken).ConfigureAwait(false), Error: null);
        var error = await answer.TryReadAsync(ZendeskWire.Default.ZendeskError, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.Forbidden && error is not null ? new(answer.Status, null, error) : throw answer.Unexpected();
    }

    /// <summary>Null when the job is no longer known.</summary>
    public async Task<ZendeskJobStatus?> JobAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("jobStatuses.get"), HttpMethod.Get, $"/api/v2/job_statuses/{Escape(id)}", body: null, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : (await answer.RequireAsync(ZendeskWire.Default.ZendeskJobAnswer, cancellationToken).ConfigureAwait(false)).JobStatus;
    }

    /// <summary>One user, for accounts without bulk imports.</summary>
    public async Task<ZendeskReply<JsonObject>> CreateUserAsync(JsonObject user, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Write("users.create"), HttpMethod.Post, "/api/v2/users", new JsonObject { ["user"] = user }, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
            return new(answer.Status, await answer.ReadAsync(ZendeskWire.Default.JsonObject, cancellationToken).ConfigureAwait(false), Error: null);
        var error = await answer.TryReadAsync(ZendeskWire.Default.ZendeskError, cancellationToken).ConfigureAwait(false);
        return answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest && error is not null ? new(answer.Status, null, error) : throw answer.Unexpected();
    }

    public async Task<IReadOnlyList<ZendeskIdentity>> IdentitiesAsync(string userId, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("identities.list"), HttpMethod.Get, $"/api/v2/users/{Escape(userId)}/identities", body: null, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? [] : (await answer.RequireAsync(ZendeskWire.Default.ZendeskIdentities, cancellationToken).ConfigureAwait(false)).Identities ?? [];
    }

    public Task MakePrimaryAsync(string userId, long identity, CancellationToken cancellationToken) =>
        DoAsync(VendorCall.Write("identities.makePrimary"), HttpMethod.Put, $"/api/v2/users/{Escape(userId)}/identities/{identity}/make_primary", cancellationToken);

    public Task DeleteIdentityAsync(string userId, long identity, CancellationToken cancellationToken) =>
        DoAsync(VendorCall.Write("identities.delete"), HttpMethod.Delete, $"/api/v2/users/{Escape(userId)}/identities/{identity}", cancellationToken);

    /// <summary>The second step after a deletion, which alone could be taken back for thirty days.</summary>
    public Task DeleteForGoodAsync(string userId, CancellationToken cancellationToken) =>
        DoAsync(VendorCall.Write("deletedUsers.delete"), HttpMethod.Delete, $"/api/v2/deleted_users/{Escape(userId)}", cancellationToken);

    /// <summary>How far each product is with erasing the user; empty when nobody asked for it.</summary>
    public async Task<IReadOnlyList<ZendeskErasureStep>> ErasureStepsAsync(string userId, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("users.complianceDeletionStatuses"), HttpMethod.Get, $"/api/v2/users/{Escape(userId)}/compliance_deletion_statuses", body: null, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? [] : (await answer.RequireAsync(ZendeskWire.Default.ZendeskErasureSteps, cancellationToken).ConfigureAwait(false)).ComplianceDeletionStatuses ?? [];
    }

    public async Task<ZendeskCustomFields> CustomFieldsAsync(ZendeskType type, string? after, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read($"{type}.fields"), HttpMethod.Get, $"/api/v2/{type.Fields}?page[size]=100{Query("&page[after]", after)}", body: null, cancellationToken).ConfigureAwait(false);
        return await answer.RequireAsync(ZendeskWire.Default.ZendeskCustomFields, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>False when it is there already.</summary>
    public async Task<bool> CreateCustomFieldAsync(ZendeskType type, string key, string kind, string title, CancellationToken cancellationToken)
    {
        var body = new JsonObject { [type.Fields.TrimEnd('s')] = new JsonObject { ["key"] = key, ["type"] = kind, ["title"] = title } };
        using var answer = await AnswerAsync(VendorCall.Write($"{type}.createField"), HttpMethod.Post, $"/api/v2/{type.Fields}", body, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess || (answer.Status == HttpStatusCode.UnprocessableEntity ? false : throw answer.Unexpected());
    }

    /// <summary>Role of the one who calls; Zendesk answers an anonymous end user instead of refusing.</summary>
    public async Task<string?> MyRoleAsync(CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read("users.me"), HttpMethod.Get, "/api/v2/users/me", body: null, cancellationToken).ConfigureAwait(false);
        var me = new ZendeskItem(await answer.RequireAsync(ZendeskWire.Default.JsonElement, cancellationToken).ConfigureAwait(false)).Child("user");
        return me?.Id is null ? null : me.Value.Text("role");
    }

    public VendorUnavailableException Unavailable(string reason, TimeSpan? retryAfter = null, bool uncertain = false) => new(context.System, reason, retryAfter) { Uncertain = uncertain };

    /// <summary>The account or the role does not allow it: only a person can mend that.</summary>
    public VendorUnavailableException Forbidden(string operation) => new(context.System, $"{operation}: HTTP 403") { NeedsPerson = true };

    public void Dispose() => http.Dispose();

    /// <summary>A start within the last minute is refused, as there is nothing to tell of it yet.</summary>
    private async Task<ZendeskPage?> ExportAsync(string what, string path, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(VendorCall.Read($"incremental.{what}", options.ExportPage, ZendeskInfo.ExportScope), HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false);
        if (answer.Status is HttpStatusCode.UnprocessableEntity)
            return new ZendeskPage(null, null, null, null, EndOfStream: true, null);
        return answer.Status == HttpStatusCode.BadRequest ? null : await answer.RequireAsync(ZendeskWire.Default.ZendeskPage, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ZendeskPage> PageAsync(VendorCall call, string path, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(call, HttpMethod.Get, path, body: null, cancellationToken).ConfigureAwait(false);
        return await answer.RequireAsync(ZendeskWire.Default.ZendeskPage, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is no longer there is as good as done.</summary>
    private async Task DoAsync(VendorCall call, HttpMethod method, string path, CancellationToken cancellationToken)
    {
        using var answer = await AnswerAsync(call, method, path, body: null, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity))
            throw answer.Unexpected();
    }

    private async Task<VendorAnswer> AnswerAsync(VendorCall call, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var content = body is null ? null : VendorHttp.Json(body, ZendeskWire.Default.JsonObject);
        var answer = await http.SendAsync(call, method, path, content, cancellationToken).ConfigureAwait(false);
        if (Number(answer.Headers, "X-Rate-Limit-Remaining") == 0 && ResetOf(answer.Headers) is { } wait)
            await context.Budget.BlockAsync(context.System, wait, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    private static TimeSpan? ResetOf(HttpResponseHeaders headers) =>
        Number(headers, "ratelimit-reset") is { } seconds and <= 600 ? TimeSpan.FromSeconds(seconds) : null;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Query(string name, string? value) => value is null ? "" : $"{name}={Escape(value)}";

    private static string Join(IEnumerable<string> ids) => string.Join(',', ids.Select(Escape));

    private static string Escape(string value) => Uri.EscapeDataString(value);
}
