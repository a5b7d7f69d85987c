using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Klaviyo.Endpoints;
using StackHub.Sandbox.Vendors.Klaviyo.Jobs;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>A simulated Klaviyo account.</summary>
public sealed class KlaviyoSandbox : VendorSandbox
{
    public const string VendorName = "klaviyo";

    private readonly KlaviyoEvents events;
    private readonly KlaviyoLimits limits;

    public KlaviyoSandbox(SandboxOptions options) : base(VendorName, options, options.Of<KlaviyoOptions>())
    {
        Options = options.Of<KlaviyoOptions>();
        limits = new(Options);
        Webhooks.Secret = Options.WebhookSecret;
        Tokens = new("sbx-kl-", Options.TokenLifetime, Clock);
        Shapes = new(() => BaseUrl);
        Jobs = new(Clock);
        events = new(Clock, Webhooks, () => Sender, () => BaseUrl);
        Writes = new(State, Errors, Clock, Faults, events);
    }

    public string ApiKey => Options.ApiKey;

    public string ListId => Options.ListId;

    public KlaviyoOptions Options { get; }

    internal KlaviyoState State { get; } = new();

    internal KlaviyoErrors Errors { get; } = new();

    internal KlaviyoJson Shapes { get; }

    internal KlaviyoWrites Writes { get; }

    internal KlaviyoJobs Jobs { get; }

    internal TokenDesk Tokens { get; }

    /// <summary>Access tokens of the app end; the private key lives on.</summary>
    public override void ExpireTokens() => Tokens.ExpireAll();

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["apiKey"] = Options.ApiKey,
        ["clientId"] = Options.Credentials.ClientId,
        ["clientSecret"] = Options.Credentials.ClientSecret,
        ["refreshToken"] = Options.Credentials.RefreshToken,
        ["webhookSecret"] = Options.WebhookSecret,
        ["list"] = Options.ListId,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
            {
                Jobs.RunDue();
                return new Dictionary<string, int> { ["profiles"] = State.Profiles.Count };
            }
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
        {
            Jobs.RunDue();
            return State.Profiles.GetValueOrDefault(id) is { } profile ? Shapes.Of(profile, withSubscriptions: true) : null;
        }
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
        {
            Jobs.RunDue();
            return new KlaviyoEdits(this).Carry(edit);
        }
    }

    internal override SeedShare Share => new(Name, "profiles", People: 0.5, Companies: 0);

    internal override void Sow(Truth truth) => new KlaviyoSeed(State, Options.ListId).Sow(truth);

    internal override IEnumerable<Endpoint> Endpoints => [.. new Profiles(this).All, .. new Imports(this).All, .. new Consents(this).All, .. new Account(this).All];

    internal override int WebhookBatch => 1_000;

    internal override Answer? Refuse(Call call)
    {
        Jobs.RunDue();
        if (call.Endpoint.IsSignIn)
            return null;
        if (!IsSignedIn(call))
            return Errors.Answer(401, "not_authenticated", "Authentication credentials were not provided.", "Missing or invalid private key or access token.");
        if (BadRevision(call) is { } bad)
            return bad;
        if (call.Header("Accept") is { } accept && !accept.Contains(KlaviyoErrors.MediaType, StringComparison.Ordinal) && !accept.Contains("*/*", StringComparison.Ordinal))
            return Errors.Answer(406, "not_acceptable", "Not acceptable.", "Could not satisfy the request Accept header.");
        if (!Options.EnforceLimits || limits.Enter(call.Operation, Clock.Now) is not { } wait)
            return null;
        Stats.Violate("limit", $"{call.Operation} came {wait.TotalMilliseconds:0} ms before its limit was free");
        return Throttled(wait);
    }

    internal override Answer Stamp(Call call, Answer answer) => call.Endpoint.IsSignIn ? answer : limits.Stamp(call.Operation, answer, Clock.Now);

    internal override Answer ServerError() => Errors.Answer(500, "error", "A server error occurred.", "Please try again later.");

    internal override Answer Unavailable() => Errors.Answer(503, "service_unavailable", "Service unavailable.", "Please try again later.");

    internal override Answer Throttled(TimeSpan retryAfter)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds));
        return Errors.Answer(429, "throttled", "Request was throttled.", $"Request was throttled. Expected available in {seconds} seconds.").With("Retry-After", $"{seconds}");
    }

    internal override Answer NotFound(string method, string path) => Errors.Answer(404, "not_found", "Not found.", "The path is not known.");

    internal override Answer BadJson(JsonException problem) => Errors.Answer(400, "parse_error", "Malformed request.", "JSON parse error.");

    internal override Answer BadContentType(string? contentType)
    {
        Stats.Violate("content-type", $"'{contentType}' instead of {KlaviyoErrors.MediaType}");
        return Errors.Answer(415, "unsupported_media_type", "Unsupported media type.", $"The content type must be {KlaviyoErrors.MediaType}.");
    }

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) => this.events.Envelope(target, events);

    private bool IsSignedIn(Call call) => call.Header("Authorization") == $"Klaviyo-API-Key {Options.ApiKey}" || (call.Bearer is { } token && Tokens.IsGood(token));

    private Answer? BadRevision(Call call)
    {
        var revision = call.Header("revision");
        var isDate = DateOnly.TryParseExact(revision?.Split('.')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        if (isDate && string.CompareOrdinal(revision, Options.Revisions.Oldest) >= 0 && string.CompareOrdinal(revision, Options.Revisions.Newest) <= 0)
            return null;
        Stats.Violate("revision", $"{call.Operation} with revision '{revision}'");
        return Errors.Answer(
            400,
            revision is null ? "missing_revision" : "invalid_revision",
            "The revision is not valid.",
            "The request needs a revision header with the date of a living revision of the API.",
            new JsonObject { ["parameter"] = "revision" });
    }
}
