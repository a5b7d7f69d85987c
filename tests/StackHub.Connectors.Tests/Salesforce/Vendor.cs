using System.Net;
using System.Text;
using StackHub.Connecting;
using StackHub.Connectors.Salesforce;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Tests.Salesforce;

/// <summary>A Salesforce made of canned answers that keeps every request.</summary>
internal sealed class Vendor : HttpMessageHandler, IVendorBudget, ITokenStore
{
    public static readonly SystemId System = new("salesforce");
    public const string Token = "00Dx!t";

    private VendorToken? token;

    public List<Sent> Requests { get; } = [];

    public List<TimeSpan> Blocks { get; } = [];

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>
    {
        ["loginUrl"] = "http://127.0.0.1:9",
        ["clientId"] = "client",
        ["clientSecret"] = "secret",
        ["refreshToken"] = "refresh",
    };

    /// <summary>Tokens handed out so far.</summary>
    public int Grants { get; private set; }

    /// <summary>The answer to each request; the default says that nothing is there.</summary>
    public Func<Sent, (HttpStatusCode Status, string Body)> Answer { get; set; } = _ => Rows();

    public SalesforceConnector Connect() => new(new ConnectorContext(System, Settings, this, this, TimeProvider.System), this);

    public static (HttpStatusCode, string) Ok(string body) => (HttpStatusCode.OK, body);

    public static (HttpStatusCode, string) Rows(params string[] rows) => Ok($$"""{"totalSize":{{rows.Length}},"done":true,"records":[{{string.Join(',', rows)}}]}""");

    public static (HttpStatusCode, string) Refusal(HttpStatusCode status, string code, string message = "") => (status, $$"""[{"message":"{{message}}","errorCode":"{{code}}"}]""");

    public static string Saved(string id, bool created = false) => $$"""{"id":"{{id}}","success":true,"errors":[],"created":{{(created ? "true" : "false")}}}""";

    public static string Failed(string code, string message = "", string fields = "") => $$"""{"success":false,"errors":[{"statusCode":"{{code}}","message":"{{message}}","fields":[{{fields}}]}]}""";

    public static RecordWrite Create(string type, params FieldWrite[] fields) => Create(1, type, fields);

    public static RecordWrite Create(int number, string type, params FieldWrite[] fields) => new(new RecordId(new Guid(number, 0, 0, new byte[8])), type, fields);

    public static RecordWrite Update(string type, string id, params FieldWrite[] fields) => Create(type, fields) with { Target = id };

    public static FieldWrite Field(string name, string? value, FieldType type = FieldType.Text) => new(name, type, new FieldValue(value));

    public ValueTask TakeAsync(SystemId system, string scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask BlockAsync(SystemId system, TimeSpan wait, CancellationToken cancellationToken)
    {
        Blocks.Add(wait);
        return ValueTask.CompletedTask;
    }

    public ValueTask<VendorToken?> GetAsync(SystemId system, CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public async Task<VendorToken> RefreshAsync(SystemId system, string? rejected, Func<VendorToken?, CancellationToken, Task<VendorToken>> refresh, CancellationToken cancellationToken) =>
        token = await refresh(token, cancellationToken);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new Sent(request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase), body);
        var (status, text) = sent.Path.StartsWith("/services/oauth2/", StringComparison.Ordinal) ? Grant(sent) : Take(sent);
        var response = new HttpResponseMessage(status) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        response.Headers.Add("Sforce-Limit-Info", $"api-usage={Requests.Count}/5000");
        return response;
    }

    private (HttpStatusCode, string) Take(Sent sent)
    {
        Requests.Add(sent);
        return Answer(sent);
    }

    private (HttpStatusCode, string) Grant(Sent sent)
    {
        Assert.Contains("grant_type=refresh_token", sent.Body!, StringComparison.Ordinal);
        Grants++;
        return Ok($$"""{"access_token":"{{Token}}","instance_url":"http://127.0.0.1:9","token_type":"Bearer"}""");
    }

    /// <summary>One request as it went out.</summary>
    internal sealed record Sent(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string? Body)
    {
        /// <summary>The query it asks, readable; empty for other requests.</summary>
        public string Soql => Path.Contains("?q=", StringComparison.Ordinal) ? Uri.UnescapeDataString(Path[(Path.IndexOf("?q=", StringComparison.Ordinal) + 3)..]) : "";

        public bool IsWrite => Method is not "GET";
    }
}
