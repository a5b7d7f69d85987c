using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Salesforce.Endpoints;
using StackHub.Sandbox.Vendors.Salesforce.Schema;
using StackHub.Sandbox.Vendors.Salesforce.Storage;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>A simulated Salesforce org.</summary>
public sealed class SalesforceSandbox : VendorSandbox
{
    internal const string Data = "/services/data/v{version}/";

    private readonly RollingWindow day;
    private readonly OutboundMessages messages;

    public SalesforceSandbox(SandboxOptions options) : base("salesforce", options, options.Salesforce)
    {
        Options = options.Salesforce;
        day = new(Options.DailyCalls, TimeSpan.FromHours(24));
        State = new(Clock.Now.AddYears(-2));
        Tokens = new($"{State.OrganizationId[..15]}!", Options.TokenLifetime, Clock);
        messages = new(this);
        Writes = new(State, Options, Clock, Faults, messages.Announce);
        Reader = new(State);
    }

    public VendorCredentials Credentials => Options.Credentials;

    public string OrganizationId => State.OrganizationId;

    /// <summary>The user the API writes as; other users are people.</summary>
    public string IntegrationUserId => State.IntegrationUser;

    /// <summary>A person who works there.</summary>
    public string HumanUserId => State.HumanUser;

    /// <summary>The people who sell there, by their addresses.</summary>
    public IReadOnlyDictionary<string, string> Sellers
    {
        get
        {
            lock (Gate)
                return State.SalesUsers.ToDictionary(id => State.Find("User", id)!.Text("Email")!, id => id);
        }
    }

    internal SalesforceOptions Options { get; }

    internal SalesforceState State { get; }

    internal SalesforceWrites Writes { get; }

    internal RecordReader Reader { get; }

    internal TokenDesk Tokens { get; }

    public override void ExpireTokens() => Tokens.ExpireAll();

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["tokenUrl"] = new Uri(BaseUrl, "/services/oauth2/token").ToString(),
        ["clientId"] = Credentials.ClientId,
        ["clientSecret"] = Credentials.ClientSecret,
        ["refreshToken"] = Credentials.RefreshToken,
        ["organizationId"] = OrganizationId,
        ["apiVersion"] = Options.Versions[^1],
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return StandardObjects.All.Values.ToDictionary(type => type.Name, type => State.TableOf(type).Rows.Count(row => !row.IsDeleted));
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
        {
            PurgeDue();
            return State.Find(type, id) is { } row ? SalesforceEdits.Json(row) : null;
        }
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
            return new SalesforceEdits(this).Carry(edit);
    }

    internal override void Sow(Truth truth) => new SalesforceSeed(State).Sow(truth);

    internal override IEnumerable<Endpoint> Endpoints =>
    [
        Endpoint.Get("/services/data", "versions", Versions),
        Endpoint.Get(Data + "limits", "limits", Limits),
        .. new SignIn(this).All, .. new Queries(this).All, .. new Records(this).All,
        .. new Collections(this).All, .. new BulkJobs(this).All, .. new SoapCalls(this).All,
    ];

    internal void PurgeLater(SObjectRow row)
    {
        if (Options.PurgeTime == TimeSpan.Zero)
            Writes.Purge(row);
        else
            State.Purging.TryAdd(row, Clock.Now + Options.PurgeTime);
    }

    private void PurgeDue()
    {
        foreach (var row in State.Purging.Where(purging => purging.Value <= Clock.Now).Select(purging => purging.Key).ToList())
        {
            State.Purging.Remove(row);
            State.TableOf(row.Type).Purge(row);
        }
    }

    internal override Answer? Refuse(Call call)
    {
        PurgeDue();
        if (call.Endpoint.IsSignIn || call.Path is "/services/data" or "/services/data/")
            return null;
        if (call.Bearer is not { } token || !Tokens.IsGood(token))
            return new SalesforceError("INVALID_SESSION_ID", "Session expired or invalid").Answer(401);
        if (call.Route("version") is { Length: > 0 } version && !Options.Versions.Contains(version))
            return new SalesforceError("NOT_FOUND", "The requested resource does not exist").Answer(404);
        if (call.Endpoint.IsWrite)
            CheckWriteHeaders(call);
        return Options.EnforceLimits ? OverLimit(call) : null;
    }

    internal override Answer Stamp(Call call, Answer answer) => call.Endpoint.IsSignIn
        ? answer
        : answer.With("Sforce-Limit-Info", $"api-usage={day.Used(Clock.Now)}/{day.Limit}");

    internal override Answer ServerError() => new SalesforceError("UNKNOWN_EXCEPTION", "An unexpected error occurred. Please include this ErrorId if you contact support").Answer(500);

    internal override Answer Unavailable() => new SalesforceError("SERVER_UNAVAILABLE", "Server temporarily unavailable").Answer(503);

    internal override Answer Throttled(TimeSpan retryAfter) =>
        new SalesforceError("SERVER_UNAVAILABLE", "Too many requests").Answer(429).With("Retry-After", Seconds(retryAfter));

    internal override Answer NotFound(string method, string path) => new SalesforceError("NOT_FOUND", "The requested resource does not exist").Answer(404);

    internal override Answer BadJson(JsonException problem) =>
        new SalesforceError("JSON_PARSER_ERROR", $"Unexpected character at [line:{problem.LineNumber + 1}, column:{problem.BytePositionInLine + 1}]").Answer(400);

    internal override Answer BadContentType(string? contentType) =>
        new SalesforceError("UNSUPPORTED_MEDIA_TYPE", $"Content-Type header specified in HTTP request is not supported: {contentType}").Answer(415);

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) => messages.Envelope(target, events);

    internal override bool IsAcknowledged(int status, string body) => OutboundMessages.IsAcknowledged(status, body);

    internal override int WebhookBatch => OutboundMessages.Batch;

    internal static SObjectType TypeOf(Call call) => StandardObjects.All.TryGetValue(call.Route("type"), out var type)
        ? type
        : throw new SalesforceError("NOT_FOUND", "The requested resource does not exist").Refusal(404);

    internal Author AuthorOf(Call call) =>
        new(State.IntegrationUser, AutoAssign: !"FALSE".Equals(call.Header("Sforce-Auto-Assign"), StringComparison.OrdinalIgnoreCase));

    /// <summary>A write with a call of its own: a refused record is the answer.</summary>
    internal T Alone<T>(Func<T> write)
    {
        T result = default!;
        Alone(() => { result = write(); });
        return result;
    }

    internal void Alone(Action write)
    {
        try
        {
            Writes.InOne(() =>
            {
                write();
                return true;
            });
        }
        catch (RecordRefused refused)
        {
            throw refused.Error.Refusal(refused.Status);
        }
    }

    internal List<SObjectRow> Matching(SObjectType type, Field key, string value) => key.Type == FieldType.Id
        ? State.Find(type.Name, value) is { } row ? [row] : []
        : [.. State.TableOf(type).With(type.Ordinal(key.Name), value).Where(row => !row.IsDeleted)];

    internal (bool IsCreated, SObjectRow Row) Upsert(SObjectType type, Field key, string? value, Dictionary<Field, object?> fields, Author author)
    {
        switch (value is null ? [] : Matching(type, key, value))
        {
            case [] when key.Type == FieldType.Id && value is not null:
                throw new RecordRefused(new("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"), 404);
            case []:
                if (key.Type != FieldType.Id)
                    fields[key] = value;
                return (true, Writes.Insert(type, fields, author));
            case [var row]:
                Writes.Update(row, fields, author);
                return (false, row);
            case var many:
                throw new RecordRefused(new("DUPLICATE_EXTERNAL_ID", $"{key.Name}: more than one record found for external id field: [{string.Join(", ", many.Select(row => row.Id))}]", key.Name), 300);
        }
    }

    private void CheckWriteHeaders(Call call)
    {
        if (!"FALSE".Equals(call.Header("Sforce-Auto-Assign"), StringComparison.OrdinalIgnoreCase))
            Stats.Violate("auto-assign", $"{call.Operation} without Sforce-Auto-Assign: FALSE");
        if (call.Header("Sforce-Call-Options")?.Contains("client=", StringComparison.Ordinal) != true)
            Stats.Violate("call-options", $"{call.Operation} without Sforce-Call-Options: client=...");
    }

    private Answer? OverLimit(Call call)
    {
        if (!day.TryEnter(Clock.Now))
        {
            Stats.Violate("limit", $"{call.Operation}: more than {day.Limit} calls in 24 hours");
            return new SalesforceError("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.").Answer(403);
        }

        if (Stats.InFlightLongerThan(Options.LongCallAfter) <= Options.ConcurrentLongCalls)
            return null;
        Stats.Violate("limit", $"{call.Operation}: more than {Options.ConcurrentLongCalls} long calls at once");
        return new SalesforceError("REQUEST_LIMIT_EXCEEDED", "ConcurrentPerOrgLongTxn Limit exceeded.").Answer(403);
    }

    private Answer Versions(Call call) => Answer.Ok(Options.Versions.Select(JsonNode (version) => new JsonObject
    {
        ["label"] = $"Release {version}",
        ["url"] = $"/services/data/v{version}",
        ["version"] = version,
    }).ToJsonArray());

    private Answer Limits(Call call) => Answer.Ok(new JsonObject
    {
        ["DailyApiRequests"] = new JsonObject { ["Max"] = day.Limit, ["Remaining"] = day.Remaining(Clock.Now) },
        ["DailyBulkV2QueryJobs"] = new JsonObject { ["Max"] = 10_000, ["Remaining"] = 10_000 },
    });

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString();
}
