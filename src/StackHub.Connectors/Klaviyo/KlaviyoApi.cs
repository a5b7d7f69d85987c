using System.Net;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Klaviyo's calls, a method each; it knows paths and shapes and decides nothing.</summary>
internal sealed class KlaviyoApi(ConnectorContext context, KlaviyoOptions options) : IDisposable
{
    public const string MediaType = "application/vnd.api+json";
    public const string ProfilesPath = "/api/profiles";
    public const string ImportPath = "/api/profile-bulk-import-jobs";
    private static readonly KlaviyoWire Wire = KlaviyoWire.Default;

    private readonly VendorHttp http = new(context, new VendorHttpOptions(options.BaseUrl, options.Auth)
    {
        Headers = [new("revision", options.Revision), new("Accept", MediaType)],
        MaxConnections = options.Concurrency * 2,
    });

    public static string ProfilePath(string id) => $"{ProfilesPath}/{Uri.EscapeDataString(id)}";

    public async Task<KlaviyoPageReply> ListAsync(KlaviyoQuery query, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Read(KlaviyoLimits.List, KlaviyoQuery.PageSize), query.Path, cancellationToken);
        if (answer.Status == HttpStatusCode.BadRequest && query.Cursor is not null && (await ErrorAsync(answer, cancellationToken)).Source?.Parameter == "page[cursor]")
            return KlaviyoPageReply.CursorLost;
        var page = await answer.RequireAsync(Wire.KlaviyoPage, cancellationToken);
        var profiles = page.Data ?? [];
        if (profiles.Any(profile => string.IsNullOrEmpty(profile.Id))) // one without would be lost without a word
            throw Unavailable($"{KlaviyoLimits.List}: a page holds a profile without an id");
        return new(profiles, KlaviyoQuery.CursorOf(page.Links?.Next));
    }

    /// <summary>Null when there is no such profile.</summary>
    public async Task<KlaviyoProfile?> GetAsync(string id, bool withSubscriptions, CancellationToken cancellationToken)
    {
        var path = ProfilePath(id) + (withSubscriptions ? "?additional-fields%5Bprofile%5D=subscriptions" : "");
        using var answer = await http.GetAsync(Read(KlaviyoLimits.Get), path, cancellationToken);
        return answer.Status == HttpStatusCode.NotFound ? null : (await answer.RequireAsync(Wire.KlaviyoOne, cancellationToken)).Data;
    }

    public Task<KlaviyoReply> CreateAsync(JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(KlaviyoLimits.Create, HttpMethod.Post, ProfilesPath, body, cancellationToken);

    public Task<KlaviyoReply> UpdateAsync(string id, JsonObject body, CancellationToken cancellationToken) =>
        SendAsync(KlaviyoLimits.Update, HttpMethod.Patch, ProfilePath(id), body, cancellationToken);

    public async Task<KlaviyoJobReply> ImportAsync(JsonObject body, int records, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(Write(KlaviyoLimits.Import, records), HttpMethod.Post, ImportPath, Json(body), cancellationToken);
        if (answer.IsSuccess)
            return new((await answer.ReadAsync(Wire.KlaviyoJobOne, cancellationToken)).Data, Error: null);
        return new(Job: null, await RefusalAsync(answer, cancellationToken));
    }

    public async Task<KlaviyoJob?> JobAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Read(KlaviyoLimits.ImportStatus), $"{ImportPath}/{Uri.EscapeDataString(id)}", cancellationToken);
        return (await answer.RequireAsync(Wire.KlaviyoJobOne, cancellationToken)).Data;
    }

    /// <summary>Consent, suppression and deletion jobs answer nothing that we need.</summary>
    public async Task<KlaviyoReply> StartAsync(KlaviyoJobRequest job, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(Write(job.Operation, job.Records), HttpMethod.Post, job.Path, Json(job.Body), cancellationToken);
        return new(answer.Status, Profile: null, answer.IsSuccess ? null : await RefusalAsync(answer, cancellationToken));
    }

    public async Task<bool> HasListAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Read(KlaviyoLimits.GetList), $"/api/lists/{Uri.EscapeDataString(id)}", cancellationToken);
        if (!answer.IsSuccess && answer.Status != HttpStatusCode.NotFound)
            throw answer.Unexpected();
        return answer.IsSuccess;
    }

    public VendorUnavailableException Unavailable(string reason) => new(context.System, reason);

    public void Dispose() => http.Dispose();

    private async Task<KlaviyoReply> SendAsync(string operation, HttpMethod method, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(Write(operation), method, path, Json(body), cancellationToken);
        return answer.IsSuccess
            ? new(answer.Status, (await answer.ReadAsync(Wire.KlaviyoOne, cancellationToken)).Data, Error: null)
            : new(answer.Status, Profile: null, await RefusalAsync(answer, cancellationToken));
    }

    /// <summary>The refusal of what was sent; one of the call itself (its revision, its rights) speaks of no record and is thrown.</summary>
    private static async Task<KlaviyoError> RefusalAsync(VendorAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity))
            throw answer.Unexpected();
        var error = await ErrorAsync(answer, cancellationToken);
        return error.Source?.Parameter is null ? error : throw answer.Unexpected();
    }

    private static async Task<KlaviyoError> ErrorAsync(VendorAnswer answer, CancellationToken cancellationToken) =>
        (await answer.TryReadAsync(Wire.KlaviyoErrors, cancellationToken))?.Errors is [var first, ..] ? first : throw answer.Unexpected();

    private static System.Net.Http.HttpContent Json(JsonObject body) => VendorHttp.Json(body, Wire.JsonObject, MediaType);

    private static VendorCall Read(string operation, int records = 1) => VendorCall.Read(operation, records, KlaviyoLimits.ScopeOf(operation));

    private static VendorCall Write(string operation, int records = 1) => VendorCall.Write(operation, records, KlaviyoLimits.ScopeOf(operation));
}
