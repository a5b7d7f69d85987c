using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Intercom.Endpoints;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Intercom;

/// <summary>A simulated Intercom workspace.</summary>
public sealed class IntercomSandbox : VendorSandbox
{
    private readonly FixedSlices slices;
    private readonly IntercomEvents events;

    public IntercomSandbox(SandboxOptions options) : base("intercom", options, options.Intercom)
    {
        Options = options.Intercom;
        slices = new(Options.SliceCalls, Options.Slice);
        State = new(Clock.Now);
        Webhooks.Secret = Options.ClientSecret;
        Tokens = new("dG9r", Options.TokenLifetime, Clock);
        Tokens.AddPermanent(Options.AccessToken);
        events = new(Options, Clock, Webhooks, () => Sender);
        Writes = new(State, Errors, Options, Clock, Faults, events);
    }

    public string AccessToken => Options.AccessToken;

    public string ClientSecret => Options.ClientSecret;

    public string AppId => Options.AppId;

    internal IntercomOptions Options { get; }

    internal IntercomState State { get; }

    internal IntercomErrors Errors { get; } = new();

    internal IntercomWrites Writes { get; }

    internal TokenDesk Tokens { get; }

    /// <summary>Sends the ping notification of a new subscription.</summary>
    public void Ping()
    {
        lock (Gate)
            events.Ping();
    }

    /// <summary>Intercom's tokens do not expire, so the access token is revoked; <see cref="RestoreToken"/> brings it back.</summary>
    public override void ExpireTokens() => Tokens.Revoke(Options.AccessToken);

    public void RestoreToken() => Tokens.AddPermanent(Options.AccessToken);

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["accessToken"] = AccessToken,
        ["clientSecret"] = ClientSecret,
        ["appId"] = AppId,
        ["version"] = Options.Versions[^1],
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return new Dictionary<string, int>
                {
                    ["contacts"] = State.Contacts.Values.Count(contact => !contact.Archived),
                    ["companies"] = State.Companies.Count,
                };
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
            return IntercomEdits.Json(this, type, id);
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
            return new IntercomEdits(this).Carry(edit);
    }

    internal override void Sow(Truth truth) => new IntercomSeed(State).Sow(truth);

    internal override IEnumerable<Endpoint> Endpoints =>
    [
        .. new Contacts(this).All, .. new Companies(this).All, .. new Workspace(this).All,
    ];

    internal override Answer? Refuse(Call call)
    {
        if (call.Bearer is not { } token || !Tokens.IsGood(token))
            return Errors.Answer(401, "unauthorized", "Access Token Invalid");
        var version = call.Header("Intercom-Version");
        if (version is null || !Options.Versions.Contains(version))
        {
            Stats.Violate("version", $"{call.Operation} with Intercom-Version '{version}'");
            if (version is not null)
                return Errors.Answer(400, "intercom_version_invalid", "The requested version could not be found");
        }

        if (!Options.EnforceLimits || slices.TryEnter(Clock.Now))
            return null;
        Stats.Violate("limit", $"{call.Operation}: more than {slices.Limit} calls in {Options.Slice.TotalSeconds:0} s");
        var wait = slices.Resets(Clock.Now) - Clock.Now;
        RetryAfter.Issue(wait);
        return Throttled(wait);
    }

    internal override Answer Stamp(Call call, Answer answer) => answer with
    {
        Headers = new Dictionary<string, string>(answer.Headers)
        {
            ["X-RateLimit-Limit"] = slices.Limit.ToString(),
            ["X-RateLimit-Remaining"] = slices.Remaining(Clock.Now).ToString(),
            ["X-RateLimit-Reset"] = slices.Resets(Clock.Now).ToUnixTimeSeconds().ToString(),
            ["Intercom-Version"] = Options.Versions[^1],
        },
    };

    internal override Answer ServerError() => Errors.Answer(500, "server_error", "Internal server error");

    internal override Answer Unavailable() => Errors.Answer(503, "service_unavailable", "Sorry, the API service is temporarily unavailable");

    internal override Answer Throttled(TimeSpan retryAfter) =>
        Errors.Answer(429, "rate_limit_exceeded", "Exceeded rate limit of your workspace").With("Retry-After", Wait(retryAfter));

    internal override Answer NotFound(string method, string path) => Errors.Answer(404, "not_found", "The requested resource was not found");

    internal override Answer BadJson(JsonException problem) => Errors.Answer(400, "parameter_invalid", "Invalid JSON. Check the syntax of your request");

    internal override Answer BadContentType(string? contentType) =>
        Errors.Answer(415, "media_type_not_acceptable", "The Content-Type header should be set to 'application/json'");

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) =>
        this.events.Envelope(target, events[0], attempt);

    private static string Wait(TimeSpan time) => Math.Max(1, Math.Ceiling(time.TotalSeconds)).ToString();
}
