using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Outreach;

/// <summary>A simulated Outreach account; it begins without prospects.</summary>
public sealed class OutreachSandbox : VendorSandbox
{
    public const string VendorName = "outreach";
    public const string MediaType = "application/vnd.api+json";

    private readonly RollingWindow calls;

    public OutreachSandbox(SandboxOptions options) : base(VendorName, options, options.Of<OutreachOptions>())
    {
        Options = options.Of<OutreachOptions>();
        calls = new(Options.CallsPerHour, TimeSpan.FromHours(1));
        Webhooks.Secret = Options.WebhookSecret;
        Tokens = new("sbx-or-", Options.TokenLifetime, Clock);
        Prospects = new(this);
    }

    public OutreachOptions Options { get; }

    internal OutreachProspects Prospects { get; }

    internal TokenDesk Tokens { get; }

    public override void ExpireTokens() => Tokens.ExpireAll();

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = new Uri(BaseUrl, "/api/v2").ToString(),
        ["clientId"] = Options.Credentials.ClientId,
        ["clientSecret"] = Options.Credentials.ClientSecret,
        ["refreshToken"] = Options.Credentials.RefreshToken,
        ["requester"] = "privacy@example.com",
        ["webhookSecret"] = Options.WebhookSecret,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return new Dictionary<string, int> { ["prospects"] = Prospects.All.Count() };
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
            return Prospects.Find(id)?.Json();
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
        {
            using var body = JsonDocument.Parse(Body(edit).ToJsonString());
            if (edit.Action == "create")
                return Told("prospect.created", Prospects.Create(body.RootElement));
            var prospect = Prospects.Find(edit.Id ?? "") ?? throw new ArgumentException($"There is no prospect '{edit.Id}'.", nameof(edit));
            if (edit.Action == "delete")
                Prospects.Delete(prospect);
            else
                Prospects.Update(prospect, body.RootElement);
            return Told(edit.Action == "delete" ? "prospect.destroyed" : "prospect.updated", prospect);
        }
    }

    /// <summary>The signature of a webhook: https://developers.outreach.io/api/webhooks/.</summary>
    public static string Sign(string secret, string body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    internal static VendorRefusal Invalid(string detail, string pointer) => new(Error(422, "validationError", "Validation Error", detail, pointer));

    internal static VendorRefusal Missing() => new(Error(404, "resourceNotFound", "Resource Not Found", "Could not find the resource."));

    internal override void Sow(Truth truth)
    {
    }

    internal override IEnumerable<Endpoint> Endpoints => new OutreachEndpoints(this).All;

    internal override Answer? Refuse(Call call)
    {
        if (call.Endpoint.IsSignIn)
            return null;
        if (call.Bearer is not { } token || !Tokens.IsGood(token))
            return Error(401, "unauthorizedRequest", "Unauthorized", "The access token is invalid or has expired.");
        if (!Options.EnforceLimits || calls.TryEnter(Clock.Now))
            return null;
        Stats.Violate("limit", $"{call.Operation} was one call too many");
        return Throttled(calls.UntilFree(Clock.Now));
    }

    internal override Answer ServerError() => Error(500, "internalServerError", "Internal Server Error", "Something went wrong.");

    internal override Answer Unavailable() => Error(503, "serviceUnavailable", "Service Unavailable", "Try again later.");

    internal override Answer Throttled(TimeSpan retryAfter) => Error(429, "rateLimitExceeded", "Rate Limit Exceeded", "Too many requests.").With("Retry-After", $"{Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds))}");

    internal override Answer NotFound(string method, string path) => Error(404, "resourceNotFound", "Resource Not Found", "Could not find the resource.");

    internal override Answer BadJson(JsonException problem) => Error(400, "malformedRequest", "Malformed Request", "The body is not JSON.");

    internal override Answer BadContentType(string? contentType)
    {
        Stats.Violate("content-type", $"'{contentType}' instead of {MediaType}");
        return Error(415, "unsupportedMediaType", "Unsupported Media Type", $"The content type must be {MediaType}.");
    }

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt)
    {
        var body = events[0].Body.ToJsonString();
        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Outreach-Webhook-Signature", Sign(Webhooks.Secret, body));
        return request;
    }

    private JsonObject Told(string topic, OutreachProspect prospect)
    {
        if (Webhooks.Target is not null)
            Sender.Emit(new(topic, new JsonObject { ["data"] = prospect.Json(), ["meta"] = new JsonObject { ["eventName"] = topic, ["deliveredAt"] = OutreachProspect.Time(Clock.Now) } }));
        return prospect.Json();
    }

    private static Answer Error(int status, string id, string title, string detail, string? pointer = null)
    {
        var error = new JsonObject { ["id"] = id, ["title"] = title, ["detail"] = detail };
        if (pointer is not null)
            error["source"] = new JsonObject { ["pointer"] = pointer };
        return new(status, new JsonObject { ["errors"] = new JsonArray(error) }) { ContentType = MediaType };
    }

    private static JsonObject Body(VendorEdit edit)
    {
        var json = new JsonObject();
        foreach (var (name, value) in edit.Fields)
            json[name == "email" ? "emails" : name] = name == "email" ? new JsonArray(JsonValue.Create(value)) : name == "emailOptedOut" ? value == "true" : value;
        return json;
    }
}
