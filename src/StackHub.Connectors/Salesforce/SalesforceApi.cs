using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StackHub.Connecting;
using StackHub.Connectors.Http;

namespace StackHub.Connectors.Salesforce;

/// <summary>Salesforce's REST API: queries, collections, descriptions.</summary>
internal sealed class SalesforceApi(ConnectorContext context, SalesforceOptions options, HttpMessageHandler? transport) : IDisposable
{
    private const int RunLength = 500;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);
    private readonly VendorHttp http = new(context, HttpOptions(context, options, transport));
    private int exceeded;

    /// <summary>The newest Sforce-Limit-Info; null before the first answer.</summary>
    public ApiUsage? Usage { get; private set; }

    /// <summary>Where calls go, below the instance address.</summary>
    public string Root { get; } = RootOf(options);

    public static string RootOf(SalesforceOptions options) => $"/services/data/v{options.ApiVersion}";

    public static string QueryPath(SalesforceOptions options, string query, bool all) =>
        $"{RootOf(options)}/{(all ? "queryAll" : "query")}?q={Uri.EscapeDataString(query)}";

    /// <summary>All rows of a query, whatever pages they come in.</summary>
    public async Task<QueryRows> QueryAsync(string operation, string query, bool all, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        var path = QueryPath(options, query, all);
        while (true)
        {
            using var answer = await SendAsync(VendorCall.Read(operation), HttpMethod.Get, path, content: null, cancellationToken).ConfigureAwait(false);
            if (!answer.IsSuccess)
                return new(rows, await ErrorAsync(answer, cancellationToken).ConfigureAwait(false));
            var page = await answer.ReadAsync(SalesforceJson.Default.QueryPage, cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Records);
            if (page.Done)
                return new(rows, Refusal: null);
            path = NextPath(page, path);
        }
    }

    /// <summary>The rows of one query asked in runs of values, each short enough for an address; deleted records included.</summary>
    public async Task<IReadOnlyList<JsonElement>> RunsAsync(string operation, IReadOnlyList<string> values, Func<IEnumerable<string>, string> query, CancellationToken cancellationToken)
    {
        List<JsonElement> rows = [];
        foreach (var run in Soql.Runs(values, RunLength, Uri.EscapeDataString(query([])).Length))
        {
            var answer = await QueryAsync(operation, query(run), all: true, cancellationToken).ConfigureAwait(false);
            rows.AddRange(answer.Refusal is null ? answer.Rows : throw Unavailable(operation, answer.Refusal));
        }

        return rows;
    }

    /// <summary>A collections call: a result a record in the records' order, or the error of the whole call.</summary>
    public async Task<SaveAnswer> SaveAsync(VendorCall call, HttpMethod method, string path, ReadOnlyMemory<byte>? body, CancellationToken cancellationToken)
    {
        using var content = body is { } json ? new ReadOnlyMemoryContent(json) { Headers = { ContentType = new("application/json") } } : null;
        using var answer = await SendAsync(call, method, Root + path, content, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
            return Matching(call, await answer.ReadAsync(SalesforceJson.Default.SaveResultArray, cancellationToken).ConfigureAwait(false));
        var error = await ErrorAsync(answer, cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.BadRequest ? new([], error) : throw Unavailable(call.Operation, error);
    }

    /// <summary>Null when there is no such thing, or it is hidden from this user.</summary>
    public async Task<T?> GetAsync<T>(string operation, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var answer = await SendAsync(VendorCall.Read(operation), HttpMethod.Get, path, content: null, cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;
        return answer.IsSuccess ? await answer.ReadAsync(type, cancellationToken).ConfigureAwait(false) : throw answer.Unexpected();
    }

    /// <summary>Only the code goes on: a query's error quotes the query, and with it addresses.</summary>
    public VendorUnavailableException Unavailable(string operation, SalesforceError error) =>
        new(context.System, $"{operation}: {error.Code}") { NeedsPerson = !SalesforceErrors.IsTransient(error) };

    public void Dispose() => http.Dispose();

    public async Task<VendorAnswer> SendAsync(VendorCall call, HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var answer = await http.SendAsync(call, method, path, content, cancellationToken).ConfigureAwait(false);
        if (answer.Headers.TryGetValues("Sforce-Limit-Info", out var info))
            Usage = ApiUsage.TryParse(info.First()) ?? Usage;
        if (answer.IsSuccess)
            exceeded = 0;
        if (answer.Status != HttpStatusCode.Forbidden)
            return answer;
        using (answer)
            throw await ForbiddenAsync(call, answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Salesforce tells no Retry-After with its daily limit: stay away a little longer each time.</summary>
    private async Task<VendorUnavailableException> ForbiddenAsync(VendorCall call, VendorAnswer answer, CancellationToken cancellationToken)
    {
        var error = await ErrorAsync(answer, cancellationToken).ConfigureAwait(false);
        if (error.Code != "REQUEST_LIMIT_EXCEEDED")
            return Unavailable(call.Operation, error);
        var wait = FirstWait * Math.Pow(2, Math.Min(Interlocked.Increment(ref exceeded) - 1, 10));
        wait = wait < LongestWait ? wait : LongestWait;
        await context.Budget.BlockAsync(context.System, wait, cancellationToken).ConfigureAwait(false);
        return new(context.System, $"{call.Operation}: {error.Code}", wait);
    }

    private SaveAnswer Matching(VendorCall call, SaveResult[] results) => results.Length == call.Records
        ? new(results, Refusal: null)
        : throw new VendorUnavailableException(context.System, $"{call.Operation}: {results.Length} results for {call.Records} records") { Uncertain = true };

    public static async Task<SalesforceError> ErrorAsync(VendorAnswer answer, CancellationToken cancellationToken)
    {
        var errors = await answer.TryReadAsync(SalesforceJson.Default.SalesforceErrorArray, cancellationToken).ConfigureAwait(false);
        return errors is [var first, ..] ? first : new(ErrorCode: $"HTTP {(int)answer.Status}", StatusCode: null, Message: null, Fields: null);
    }

    private string NextPath(QueryPage page, string current)
    {
        // The address comes from an answer: it stays a path of this API on this instance, and it moves.
        var next = page.NextRecordsUrl;
        return next is not null && next != current && next.StartsWith("/services/data/", StringComparison.Ordinal)
            ? next
            : throw new VendorUnavailableException(context.System, "query: the next page's address is missing or makes no progress");
    }

    private static VendorHttpOptions HttpOptions(ConnectorContext context, SalesforceOptions options, HttpMessageHandler? transport) =>
        new(options.LoginUrl, SalesforceAuth.Of(options, context.Time))
        {
            UseInstanceUrl = true,
            Headers = Headers(options),
            AttemptTimeout = TimeSpan.FromMinutes(2), // Salesforce gives a call's triggers and flows up to two minutes
            MaxConnections = options.Concurrency,
            MaxAnswerBytes = 128 * 1024 * 1024,
            Transport = transport,
        };

    /// <summary>On every call: they mean nothing on reads, and so no write can forget them.</summary>
    private static List<KeyValuePair<string, string>> Headers(SalesforceOptions options)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new("Sforce-Auto-Assign", "FALSE"), // else assignment rules give every lead we touch a new owner
            new("Sforce-Call-Options", $"client={options.ClientName}"),
        ];
        if (options.AllowDuplicates)
            headers.Add(new("Sforce-Duplicate-Rule-Header", "allowSave=true"));
        return headers;
    }
}
