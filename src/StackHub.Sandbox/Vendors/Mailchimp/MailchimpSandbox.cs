using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Mailchimp;

/// <summary>A simulated Mailchimp account with one audience; it begins without members.</summary>
public sealed class MailchimpSandbox : VendorSandbox
{
    public const string VendorName = "mailchimp";

    private readonly RollingWindow calls;

    public MailchimpSandbox(SandboxOptions options) : base(VendorName, options, options.Of<MailchimpOptions>())
    {
        Options = options.Of<MailchimpOptions>();
        calls = new(Options.CallsPerSecond, TimeSpan.FromSeconds(1));
        Webhooks.Secret = Options.WebhookSecret;
        Members = new(this);
    }

    public MailchimpOptions Options { get; }

    internal MailchimpMembers Members { get; }

    /// <summary>API keys live until they are revoked.</summary>
    public override void ExpireTokens()
    {
    }

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = new Uri(BaseUrl, "/3.0").ToString(),
        ["apiKey"] = Options.ApiKey,
        ["dataCenter"] = "us21",
        ["list"] = Options.ListId,
        ["webhookSecret"] = Options.WebhookSecret,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return new Dictionary<string, int> { ["members"] = Members.Live.Count() };
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
            return Members.Find(id)?.Json(Options.ListId);
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
        {
            using var body = JsonDocument.Parse(Body(edit).ToJsonString());
            if (edit.Action == "create")
                return Told("subscribe", Members.Create(body.RootElement).Member ?? throw new ArgumentException("Mailchimp refuses the member.", nameof(edit)));
            var member = Members.Find(edit.Id ?? "") ?? throw new ArgumentException($"There is no member '{edit.Id}'.", nameof(edit));
            if (edit.Action == "delete")
                Members.Archive(member);
            else if (Members.Update(member, body.RootElement) is { } error)
                throw new ArgumentException(error.Text, nameof(edit));
            return Told(edit.Action == "delete" ? "unsubscribe" : "profile", member);
        }
    }

    internal static Answer Problem(int status, string title, string detail, string? field = null)
    {
        var problem = new JsonObject { ["type"] = "https://mailchimp.com/developer/marketing/docs/errors/", ["title"] = title, ["status"] = status, ["detail"] = detail, ["instance"] = "00000000-0000-0000-0000-000000000000" };
        if (field is not null)
            problem["errors"] = new JsonArray(new JsonObject { ["field"] = field, ["message"] = detail });
        return new(status, problem) { ContentType = "application/problem+json; charset=utf-8" };
    }

    internal override void Sow(Truth truth)
    {
    }

    internal override IEnumerable<Endpoint> Endpoints => new MailchimpEndpoints(this).All;

    internal override Answer? Refuse(Call call)
    {
        if (!IsSignedIn(call.Header("Authorization")))
            return Problem(401, "API Key Invalid", "Your API key may be invalid, or you've attempted to access the wrong datacenter.");
        if (!Options.EnforceLimits || calls.TryEnter(Clock.Now))
            return null;
        Stats.Violate("limit", $"{call.Operation} was one call too many");
        return Throttled(TimeSpan.FromSeconds(1));
    }

    internal override Answer ServerError() => Problem(500, "Internal Server Error", "An unexpected internal error has occurred.");

    internal override Answer Unavailable() => Problem(503, "Service Unavailable", "The service is down for maintenance.");

    internal override Answer Throttled(TimeSpan retryAfter) => Problem(429, "Too Many Requests", "You have exceeded the limit of simultaneous connections.").With("Retry-After", $"{Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds))}");

    internal override Answer NotFound(string method, string path) => Problem(404, "Resource Not Found", "The requested resource could not be found.");

    internal override Answer BadJson(JsonException problem) => Problem(400, "JSON Parse Error", "We encountered an unspecified JSON parsing error.");

    internal override Answer BadContentType(string? contentType) => Problem(415, "Unsupported Media Type", "The body must be JSON.");

    /// <summary>Unsigned; whoever knows the address may post there, so a secret is a part of it.</summary>
    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) =>
        new(HttpMethod.Post, new UriBuilder(target) { Query = $"key={Uri.EscapeDataString(Webhooks.Secret)}" }.Uri) { Content = new StringContent((string)events[0].Body["form"]!, Encoding.UTF8, "application/x-www-form-urlencoded") };

    private JsonObject Told(string topic, MailchimpMember member)
    {
        var form = $"type={topic}&fired_at={Uri.EscapeDataString(Clock.Now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss"))}&data%5Bemail%5D={Uri.EscapeDataString(member.Email)}&data%5Blist_id%5D={Options.ListId}";
        if (Webhooks.Target is not null)
            Sender.Emit(new(topic, new JsonObject { ["form"] = form }));
        return member.Json(Options.ListId);
    }

    private bool IsSignedIn(string? header) =>
        header is not null && header.StartsWith("Basic ", StringComparison.Ordinal) && Encoding.UTF8.GetString(Convert.FromBase64String(header[6..])).Split(':', 2) is [_, var key] && key == Options.ApiKey;

    /// <summary>"merge_fields.FNAME" goes where it belongs.</summary>
    private static JsonObject Body(VendorEdit edit)
    {
        var (json, fields) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in edit.Fields)
        {
            if (name.StartsWith("merge_fields.", StringComparison.Ordinal))
                fields[name["merge_fields.".Length..]] = value;
            else
                json[name] = value;
        }
        json["merge_fields"] = fields;
        return json;
    }
}
