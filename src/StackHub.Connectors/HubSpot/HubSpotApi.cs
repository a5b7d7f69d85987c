using System.Net;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.HubSpot;

/// <summary>HubSpot's calls, a method each; it knows paths and shapes and decides nothing.</summary>
internal sealed class HubSpotApi(VendorHttp http, HubSpotPaths paths) : IDisposable
{
    private const string SearchScope = "search";
    private static readonly HubSpotJson Json = HubSpotJson.Default;

    public Task<HubSpotPage> ListAsync(HubSpotObject type, HubSpotListing listing, CancellationToken cancellationToken) =>
        GetAsync(VendorCall.Read($"{type.Name}.list", listing.Limit), listing.Path(paths.Object(type)), Json.HubSpotPage, cancellationToken);

    /// <summary>Null when there is no such record.</summary>
    public async Task<HubSpotRecord?> FindAsync(HubSpotObject type, string id, string property, CancellationToken cancellationToken)
    {
        var path = paths.Object(type, $"/{Uri.EscapeDataString(id)}?properties={property}");
        using var answer = await http.GetAsync(VendorCall.Read($"{type.Name}.get"), path, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : await answer.RequireAsync(Json.HubSpotRecord, cancellationToken).ConfigureAwait(false);
    }

    public async Task<HubSpotBatch> ReadAsync(HubSpotObject type, HubSpotRead read, bool archived, CancellationToken cancellationToken)
    {
        var path = paths.Object(type, archived ? "/batch/read?archived=true" : "/batch/read");
        using var answer = await http.PostAsync(VendorCall.Read($"{type.Name}.batchRead", read.Inputs.Count), path, read, Json.HubSpotRead, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? new([], []) : await answer.RequireAsync(Json.HubSpotBatch, cancellationToken).ConfigureAwait(false);
    }

    public async Task<HubSpotPage> SearchAsync(HubSpotObject type, HubSpotSearch search, CancellationToken cancellationToken)
    {
        var call = VendorCall.Read($"{type.Name}.search", search.Limit, SearchScope);
        using var answer = await http.PostAsync(call, paths.Object(type, "/search"), search, Json.HubSpotSearch, cancellationToken).ConfigureAwait(false);
        return await answer.RequireAsync(Json.HubSpotPage, cancellationToken).ConfigureAwait(false);
    }

    public Task<HubSpotReply<HubSpotBatch>> UpdateAsync(HubSpotObject type, IReadOnlyList<HubSpotWrite> inputs, CancellationToken cancellationToken) =>
        PostAsync($"{type.Name}.batchUpdate", inputs, UpdatePath(type), Json.Writes, Json.HubSpotBatch, cancellationToken);

    public Task<HubSpotReply<HubSpotBatch>> UpsertAsync(HubSpotObject type, IReadOnlyList<HubSpotWrite> inputs, CancellationToken cancellationToken) =>
        PostAsync($"{type.Name}.batchUpsert", inputs, UpsertPath(type), Json.Writes, Json.HubSpotBatch, cancellationToken);

    /// <summary>One property of one record, in a call of its own.</summary>
    public async Task<HubSpotReply<HubSpotRecord>> PatchAsync(HubSpotObject type, string id, string property, string value, CancellationToken cancellationToken)
    {
        var body = VendorHttp.Json(new HubSpotPatch(new() { [property] = value }), Json.HubSpotPatch);
        using var answer = await http.SendAsync(VendorCall.Write($"{type.Name}.update"), HttpMethod.Patch, PatchPath(type, id), body, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
            return new(answer.Status, Answer: null, Error: null);
        if (answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict))
            throw answer.Unexpected();
        return new(answer.Status, Answer: null, await answer.TryReadAsync(Json.HubSpotError, cancellationToken).ConfigureAwait(false) ?? new(null, null, null, null));
    }

    public string PatchPath(HubSpotObject type, string id) => paths.Object(type, $"/{Uri.EscapeDataString(id)}");

    public string ErasePath(HubSpotObject type) => paths.Object(type, "/gdpr-delete");

    public string UpdatePath(HubSpotObject type) => paths.Object(type, "/batch/update");

    public string UpsertPath(HubSpotObject type) => paths.Object(type, "/batch/upsert");

    public Task<HubSpotReply<HubSpotBatch>> ArchiveAsync(HubSpotObject type, IReadOnlyList<HubSpotId> ids, CancellationToken cancellationToken) =>
        PostAsync($"{type.Name}.batchArchive", ids, paths.Object(type, "/batch/archive"), Json.Ids, Json.HubSpotBatch, cancellationToken);

    /// <summary>Whether the contact was taken for erasure; one that is not there is none.</summary>
    public async Task<bool> EraseAsync(HubSpotObject type, string id, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(VendorCall.Write($"{type.Name}.gdprDelete"), ErasePath(type), new HubSpotErasureOf(id), Json.HubSpotErasureOf, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess || (answer.Status == HttpStatusCode.NotFound ? false : throw answer.Unexpected());
    }

    public async Task<HubSpotLinked> LinksAsync(HubSpotAssociation link, IReadOnlyList<HubSpotLinkRead> reads, CancellationToken cancellationToken)
    {
        var call = VendorCall.Read($"{link.From}.{link.To}.read", reads.Count);
        using var answer = await http.PostAsync(call, paths.Associations(link, "/batch/read"), new(reads), Json.LinkReads, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? new([]) : await answer.RequireAsync(Json.HubSpotLinked, cancellationToken).ConfigureAwait(false);
    }

    public Task<HubSpotReply<HubSpotLinkedPairs>> LinkAsync(HubSpotAssociation link, IReadOnlyList<HubSpotLinkWrite> inputs, CancellationToken cancellationToken) =>
        PostAsync($"{link.From}.{link.To}.create", inputs, LinkPath(link), Json.LinkWrites, Json.HubSpotLinkedPairs, cancellationToken);

    public string LinkPath(HubSpotAssociation link) => paths.Associations(link, "/batch/create");

    public Task<HubSpotReply<HubSpotLinkedPairs>> UnlinkAsync(HubSpotAssociation link, IReadOnlyList<HubSpotLinkRemoval> inputs, CancellationToken cancellationToken) =>
        PostAsync($"{link.From}.{link.To}.archive", inputs, paths.Associations(link, "/batch/archive"), Json.LinkRemovals, Json.HubSpotLinkedPairs, cancellationToken);

    public Task<HubSpotReply<HubSpotLinkedPairs>> UnlabelAsync(HubSpotAssociation link, IReadOnlyList<HubSpotLinkWrite> inputs, CancellationToken cancellationToken) =>
        PostAsync($"{link.From}.{link.To}.unlabel", inputs, paths.Associations(link, "/batch/labels/archive"), Json.LinkWrites, Json.HubSpotLinkedPairs, cancellationToken);

    public Task<HubSpotReply<HubSpotStatuses>> UnsubscribeAllAsync(IReadOnlyList<string> emails, CancellationToken cancellationToken) =>
        PostAsync("preferences.unsubscribeAll", emails, "/communication-preferences/v4/statuses/batch/unsubscribe-all?channel=EMAIL", Json.Texts, Json.HubSpotStatuses, cancellationToken);

    public Task<HubSpotReply<HubSpotStatuses>> SubscribeAsync(IReadOnlyList<HubSpotStatus> statuses, CancellationToken cancellationToken) =>
        PostAsync("preferences.write", statuses, "/communication-preferences/v4/statuses/batch/write", Json.StatusWrites, Json.HubSpotStatuses, cancellationToken);

    /// <summary>Null when the account has no such property.</summary>
    public async Task<HubSpotProperty?> PropertyAsync(HubSpotObject type, string name, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(VendorCall.Read($"{type.Name}.property"), paths.Properties(type, "/" + name), cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : await answer.RequireAsync(Json.HubSpotProperty, cancellationToken).ConfigureAwait(false);
    }

    public async Task CreatePropertyAsync(HubSpotObject type, HubSpotNewProperty property, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(VendorCall.Write($"{type.Name}.createProperty"), paths.Properties(type), property, Json.HubSpotNewProperty, cancellationToken).ConfigureAwait(false);
        await answer.RequireAsync(Json.HubSpotProperty, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A page of the portal's users.</summary>
    public Task<HubSpotOwnerPage> OwnersAsync(string? after, CancellationToken cancellationToken) =>
        GetAsync(VendorCall.Read("owners.list", 100), paths.Owners(after), Json.HubSpotOwnerPage, cancellationToken);

    public static string Preview<T>(IReadOnlyList<T> inputs, JsonTypeInfo<HubSpotInputs<T>> type) =>
        Encoding.UTF8.GetString(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(new(inputs), type));

    public void Dispose() => http.Dispose();

    private async Task<T> GetAsync<T>(VendorCall call, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(call, path, cancellationToken).ConfigureAwait(false);
        return await answer.RequireAsync(type, cancellationToken).ConfigureAwait(false);
    }

    // 400, 404, 409 and 413 speak of the records in the batch; other refusals speak of the whole account.
    private async Task<HubSpotReply<TAnswer>> PostAsync<T, TAnswer>(
        string operation, IReadOnlyList<T> inputs, string path, JsonTypeInfo<HubSpotInputs<T>> type, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
        where TAnswer : class
    {
        using var answer = await http.PostAsync(VendorCall.Write(operation, inputs.Count), path, new(inputs), type, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NoContent)
            return new(answer.Status, Answer: null, Error: null);
        if (answer.IsSuccess)
            return new(answer.Status, await answer.ReadAsync(answerType, cancellationToken).ConfigureAwait(false), Error: null);
        if (answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge))
            throw answer.Unexpected();
        return new(answer.Status, Answer: null, await answer.TryReadAsync(Json.HubSpotError, cancellationToken).ConfigureAwait(false) ?? new(null, null, null, null));
    }
}
