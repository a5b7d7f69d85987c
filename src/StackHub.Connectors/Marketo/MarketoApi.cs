using System.Globalization;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using StackHub.Connecting;
using StackHub.Connectors.Http;
using StackHub.Records;
using Json = StackHub.Connectors.Marketo.MarketoJson;

namespace StackHub.Connectors.Marketo;

/// <summary>Marketo's REST calls, one method each, over the shared HTTP base.</summary>
internal sealed class MarketoApi : IDisposable
{
    public const int PageSize = 300;
    private const long MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan InlineWait = TimeSpan.FromSeconds(25); // its usual wait is 20 seconds: worth staying for

    private readonly ConnectorContext context;
    private readonly VendorHttp http;
    private DateTimeOffset closedUntil = DateTimeOffset.MinValue;

    public MarketoApi(ConnectorContext context, MarketoOptions options, HttpMessageHandler? transport)
    {
        this.context = context;
        var root = options.BaseUrl.AbsoluteUri.TrimEnd('/');
        http = new VendorHttp(context, new VendorHttpOptions(options.BaseUrl, new VendorAuth.OAuth(new Uri(root + "/identity/oauth/token"), _ =>
        [
            new("grant_type", "client_credentials"), new("client_id", options.ClientId), new("client_secret", options.ClientSecret),
        ]))
        {
            Headers = [new("Accept", "application/json, text/csv")],
            MaxConnections = options.Concurrency,
            MaxAnswerBytes = MaxAnswerBytes,
            MaxInlineWait = InlineWait,
            DefaultWait = options.ThrottleWait,
            Translate = new MarketoTranslation(context.Time, options.ThrottleWait, MaxAnswerBytes).TranslateAsync,
            Transport = transport,
        });
    }

    public SystemId System => context.System;

    public Task<MarketoReply> FilterAsync(MarketoObject type, string query, int records, CancellationToken cancellationToken) =>
        GetAsync(VendorCall.Read($"{type.Name}.filter", records), $"{type.Path}?{query}", cancellationToken);

    public Task<MarketoReply> SyncAsync(MarketoObject type, MarketoSync sync, CancellationToken cancellationToken) =>
        PostAsync(VendorCall.Write($"{type.Name}.sync", sync.Input.Count), type.Path, sync, Json.Default.MarketoSync, cancellationToken);

    public Task<MarketoReply> DeleteAsync(MarketoObject type, MarketoDelete delete, CancellationToken cancellationToken) =>
        PostAsync(VendorCall.Write($"{type.Name}.delete", delete.Input.Count), type.DeletePath, delete, Json.Default.MarketoDelete, cancellationToken);

    /// <summary>A token that stands for a moment; the feeds go on from it.</summary>
    public async Task<string> PagingTokenAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var reply = await GetAsync(VendorCall.Read("activities.token", 0), $"/rest/v1/activities/pagingtoken.json?sinceDatetime={Uri.EscapeDataString(MarketoTime.Text(since))}", cancellationToken).ConfigureAwait(false);
        return Required(reply, "activities.token").NextPageToken ?? throw Unavailable("activities.token: an answer without a token");
    }

    /// <param name="path">From /rest/v1, with its query, to which the token is added.</param>
    public Task<MarketoReply> ActivitiesAsync(string operation, string path, string token, CancellationToken cancellationToken) =>
        GetAsync(VendorCall.Read(operation, PageSize), $"/rest/v1/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}batchSize={PageSize}&nextPageToken={Uri.EscapeDataString(token)}", cancellationToken);

    public Task<MarketoReply> DescribeLeadsAsync(CancellationToken cancellationToken) => GetAsync(VendorCall.Read("leads.describe", 0), "/rest/v1/leads/describe2.json", cancellationToken);

    public Task<MarketoReply> DescribeAsync(MarketoObject type, CancellationToken cancellationToken) => GetAsync(VendorCall.Read($"{type.Name}.describe", 0), $"/rest/v1/{type.Name}/describe.json", cancellationToken);

    public Task<MarketoReply> CreateFieldsAsync(MarketoNewFields fields, CancellationToken cancellationToken) =>
        PostAsync(VendorCall.Write("leads.createFields", fields.Input.Count), "/rest/v1/leads/schema/fields.json", fields, Json.Default.MarketoNewFields, cancellationToken);

    public Task<MarketoReply> CreateExportAsync(MarketoExportRequest export, CancellationToken cancellationToken) =>
        PostAsync(VendorCall.Write("leads.exportCreate", 0), "/bulk/v1/leads/export/create.json", export, Json.Default.MarketoExportRequest, cancellationToken);

    public async Task<MarketoReply> EnqueueExportAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(VendorCall.Write("leads.exportEnqueue", 0), HttpMethod.Post, ExportPath(id, "enqueue"), content: null, cancellationToken).ConfigureAwait(false);
        return await ReplyAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    public Task<MarketoReply> ExportStatusAsync(string id, CancellationToken cancellationToken) =>
        GetAsync(VendorCall.Read("leads.exportStatus", 0), ExportPath(id, "status"), cancellationToken);

    public async Task<string> ExportFileAsync(string id, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(VendorCall.Read("leads.exportFile", 0), HttpMethod.Get, ExportPath(id, "file"), content: null, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? await answer.ReadTextAsync(cancellationToken).ConfigureAwait(false) : throw answer.Unexpected();
    }

    /// <summary>For calls that nothing a record holds can spoil: an error there is the instance's or ours.</summary>
    public MarketoReply Required(MarketoReply reply, string operation) => reply.Error is { } error
        ? throw new VendorUnavailableException(context.System, $"{operation}: error {error.Code}") { NeedsPerson = MarketoErrors.NeedsPerson(error) }
        : reply;

    public VendorUnavailableException Unavailable(string reason, TimeSpan? retryAfter = null) => new(context.System, reason, retryAfter);

    public void Dispose() => http.Dispose();

    private static string ExportPath(string id, string step) => string.Create(CultureInfo.InvariantCulture, $"/bulk/v1/leads/export/{Uri.EscapeDataString(id)}/{step}.json");

    private async Task<MarketoReply> GetAsync(VendorCall call, string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(call, HttpMethod.Get, path, content: null, cancellationToken).ConfigureAwait(false);
        return await ReplyAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MarketoReply> PostAsync<T>(VendorCall call, string path, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(call, HttpMethod.Post, path, VendorHttp.Json(body, type), cancellationToken).ConfigureAwait(false);
        return await ReplyAsync(answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Once the day's quota is used up, nobody waits for midnight in a call: it is told at once.</summary>
    private async Task<VendorAnswer> SendAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        if (closedUntil - context.Time.GetUtcNow() is { Ticks: > 0 } rest)
            throw Unavailable($"{call.Operation}: the day's quota is used up", rest);
        try
        {
            return await http.SendAsync(call, method, path, content, cancellationToken).ConfigureAwait(false);
        }
        catch (VendorUnavailableException e) when (e.RetryAfter > InlineWait)
        {
            closedUntil = context.Time.GetUtcNow() + e.RetryAfter.Value;
            throw;
        }
    }

    private static async Task<MarketoReply> ReplyAsync(VendorAnswer answer, CancellationToken cancellationToken)
    {
        if (answer.Status == HttpStatusCode.RequestEntityTooLarge)
            return MarketoReply.Refused(MarketoErrors.TooLarge);
        var read = await answer.RequireAsync(Json.Default.MarketoAnswer, cancellationToken).ConfigureAwait(false);
        return read.Success
            ? new([.. (read.Result ?? []).Select(line => new MarketoItem(line))], Error: null, read.NextPageToken, read.MoreResult == true)
            : new([], read.Errors is [var first, ..] ? first : new MarketoError("no code", null));
    }
}
