using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Zendesk.Endpoints;
using StackHub.Sandbox.Vendors.Zendesk.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Zendesk;

/// <summary>A simulated Zendesk Support account.</summary>
public sealed class ZendeskSandbox : VendorSandbox
{
    private readonly RollingWindow calls;
    private readonly RollingWindow exports;
    private readonly RollingWindow erasures;
    private readonly ZendeskEvents events;
    private int grants;

    public ZendeskSandbox(SandboxOptions options) : base("zendesk", options, options.Of<ZendeskOptions>())
    {
        Options = options.Of<ZendeskOptions>();
        calls = new(Options.CallsPerMinute, TimeSpan.FromMinutes(1));
        exports = new(Options.ExportsPerMinute, TimeSpan.FromMinutes(1));
        erasures = new(Options.PermanentDeletionsPerTenMinutes, TimeSpan.FromMinutes(10));
        State = new(Clock.Now);
        Shapes = new(Options);
        Jobs = new(Options, Clock);
        Webhooks.Secret = Options.WebhookSecret;
        Tokens = new("zd", Options.TokenLifetime, Clock);
        Grants.Add(Options.RefreshToken);
        events = new(Clock, Webhooks, () => Sender);
        UserWrites = new(State, Clock, Faults, events, Stats);
        OrganizationWrites = new(State, Clock, Faults, events);
    }

    public string WebhookSecret => Options.WebhookSecret;

    internal ZendeskOptions Options { get; }

    internal ZendeskState State { get; }

    internal ZendeskJson Shapes { get; }

    internal ZendeskJobs Jobs { get; }

    internal ZendeskUserWrites UserWrites { get; }

    internal ZendeskOrganizationWrites OrganizationWrites { get; }

    internal TokenDesk Tokens { get; }

    /// <summary>Refresh tokens that were not used yet.</summary>
    internal HashSet<string> Grants { get; } = [];

    internal override SeedShare? Share => new(Name, "users", 0.45, 0.6);

    /// <summary>Access tokens of the OAuth client; the API token does not expire.</summary>
    public override void ExpireTokens() => Tokens.ExpireAll();

    /// <summary>The vendor ends the next so many jobs instead of carrying them out.</summary>
    public void KillNextJobs(int count)
    {
        lock (Gate)
            Jobs.KillNext = count;
    }

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["email"] = Options.Email,
        ["apiToken"] = Options.ApiToken,
        ["clientId"] = Options.ClientId,
        ["clientSecret"] = Options.ClientSecret,
        ["refreshToken"] = Options.RefreshToken,
        ["webhookSecret"] = Options.WebhookSecret,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
            {
                Jobs.CarryOut();
                return new Dictionary<string, int>
                {
                    ["users"] = State.Users.Values.Count(user => user is { Active: true, Role: ZendeskUser.EndUser }),
                    ["organizations"] = State.Organizations.Values.Count(organization => organization.DeletedAt is null),
                };
            }
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
        {
            Jobs.CarryOut();
            return ZendeskEdits.Json(this, type, id);
        }
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
        {
            Jobs.CarryOut();
            return new ZendeskEdits(this).Carry(edit);
        }
    }

    internal override void Sow(Truth truth) => new ZendeskSeed(State).Sow(truth);

    /// <summary>Each also under its older name that ends in .json, which Zendesk still answers and node-zendesk still uses.</summary>
    internal override IEnumerable<Endpoint> Endpoints => Named().SelectMany(endpoint => (Endpoint[])[endpoint, endpoint with { Route = endpoint.Route + ".json" }]);

    private IEnumerable<Endpoint> Named() =>
    [
        .. Safe([.. new Users(this).All, .. new Identities(this).All, .. new Organizations(this).All, .. new Exports(this).All, .. new Account(this).All]),
    ];

    internal IReadOnlyList<JsonElement> Many(Call call, string member) => Listing.Many(call, member, detail => Stats.Violate("batch", detail));

    internal IReadOnlyList<JsonElement> Updates(Call call, string member) => Listing.Updates(call, member, detail => Stats.Violate("batch", detail));

    internal IReadOnlyList<JsonElement> Ids(Call call) => Listing.Ids(call, detail => Stats.Violate("batch", detail));

    internal VendorRefusal TooMany(Call call, int count)
    {
        Stats.Violate("batch", $"{call.Operation} with {count} ids");
        return ZendeskErrors.Refusal(422, "TooManyRecords", "at most 100 records");
    }

    internal string NextGrant()
    {
        var grant = $"{Options.RefreshToken}-{++grants}";
        Grants.Add(grant);
        return grant;
    }

    internal bool IsKnown(Call call) => call.Bearer is { } token
        ? Tokens.IsGood(token)
        : call.Header("Authorization") == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Options.Email}/token:{Options.ApiToken}"))}";

    internal override Answer? Refuse(Call call)
    {
        Jobs.CarryOut();
        if (call.Endpoint.IsSignIn)
            return null;
        if (!IsKnown(call) && call.Operation != "users.me")
            return call.Bearer is null
                ? new(401, new JsonObject { ["error"] = "Couldn't authenticate you" })
                : new(401, new JsonObject { ["error"] = "invalid_token", ["error_description"] = "The access token provided is expired, revoked, malformed or invalid for other reasons." });
        if (!Options.EnforceLimits)
            return null;
        return Limited(call, calls)
            ?? (call.Operation.StartsWith("incremental.", StringComparison.Ordinal) ? Limited(call, exports) : null)
            ?? (call.Operation == "deletedUsers.delete" ? Limited(call, erasures) : null);
    }

    internal override Answer Stamp(Call call, Answer answer)
    {
        var remaining = calls.Remaining(Clock.Now).ToString();
        return answer with
        {
            Headers = new Dictionary<string, string>(answer.Headers)
            {
                ["X-Rate-Limit"] = calls.Limit.ToString(),
                ["X-Rate-Limit-Remaining"] = remaining,
                ["ratelimit-limit"] = calls.Limit.ToString(),
                ["ratelimit-remaining"] = remaining,
                ["ratelimit-reset"] = Math.Max(1, Math.Ceiling(calls.UntilFree(Clock.Now).TotalSeconds)).ToString(),
            },
        };
    }

    internal override Answer ServerError() => ZendeskErrors.Answer(500, "InternalError", "Internal server error");

    internal override Answer Unavailable() => new(503) { Text = "Service Temporarily Unavailable", ContentType = "text/plain" };

    /// <summary>The body is text, not JSON.</summary>
    internal override Answer Throttled(TimeSpan retryAfter) =>
        new Answer(429) { Text = "Rate limit for this endpoint exceeded, please wait before retrying", ContentType = "text/plain; charset=utf-8" }
            .With("Retry-After", Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)).ToString());

    internal override Answer NotFound(string method, string path) =>
        ZendeskErrors.Answer(404, "InvalidEndpoint", "Not found");

    internal override Answer BadJson(JsonException problem) => ZendeskErrors.Answer(422, "Unprocessable Entity", "Server could not parse JSON");

    internal override Answer BadContentType(string? contentType) => ZendeskErrors.Answer(415, "UnsupportedMediaType", "Unsupported media type");

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) => this.events.Envelope(target, events[0]);

    /// <summary>A record that breaks a rule is told as Zendesk tells it of one record.</summary>
    private static IEnumerable<Endpoint> Safe(IEnumerable<Endpoint> endpoints) => endpoints.Select(endpoint => endpoint with
    {
        Handle = call =>
        {
            try
            {
                return endpoint.Handle(call);
            }
            catch (RecordInvalid problem)
            {
                return ZendeskErrors.Invalid(problem);
            }
        },
    });

    private Answer? Limited(Call call, RollingWindow window)
    {
        if (window.TryEnter(Clock.Now))
            return null;
        Stats.Violate("limit", $"{call.Operation}: more than {window.Limit} calls in {window.Length.TotalSeconds:0} s");
        var wait = window.UntilFree(Clock.Now);
        RetryAfter.Issue(wait);
        return Throttled(wait);
    }
}
