using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.HubSpot.Endpoints;
using StackHub.Sandbox.Vendors.HubSpot.Records;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.HubSpot;

/// <summary>A simulated HubSpot portal.</summary>
public sealed class HubSpotSandbox : VendorSandbox
{
    /// <summary>The same bodies under the numbered and the dated address.</summary>
    internal static readonly string[] ObjectRoots = ["/crm/v3/objects/{type}", "/crm/objects/{release:length(7)}/{type}"];

    private readonly RollingWindow burst;
    private readonly RollingWindow searches;
    private readonly RollingWindow day;
    private readonly HubSpotEvents events;

    public HubSpotSandbox(SandboxOptions options) : base("hubspot", options, options.HubSpot)
    {
        Options = options.HubSpot;
        burst = new(Options.BurstCalls, Options.BurstWindow);
        searches = new(Options.SearchesPerSecond, TimeSpan.FromSeconds(1));
        day = new(Options.DailyCalls, TimeSpan.FromHours(24));
        Tokens = new("CLiT", Options.TokenLifetime, Clock);
        Tokens.AddPermanent(Options.PrivateAppToken);
        Webhooks.Secret = Options.Credentials.ClientSecret;
        Subscriptions = new(Options.SubscribedProperties, Clock.Now);
        events = new(State, Options, Subscriptions, Clock, Webhooks, () => Sender);
        Writes = new(State, Errors, Options, Clock, Faults, events);
        App = ChangeSource.App(Options.AppId);
    }

    public VendorCredentials Credentials => Options.Credentials;

    public string PrivateAppToken => Options.PrivateAppToken;

    public int PortalId => Options.PortalId;

    public int AppId => Options.AppId;

    /// <summary>The people who can own records, by their addresses.</summary>
    public IReadOnlyDictionary<string, string> Owners => State.Owners.ToDictionary(owner => owner.Email, owner => owner.Id);

    internal HubSpotOptions Options { get; }

    internal HubSpotState State { get; } = new();

    internal HubSpotErrors Errors { get; } = new();

    internal HubSpotWrites Writes { get; }

    internal HubSpotSubscriptions Subscriptions { get; }

    internal TokenDesk Tokens { get; }

    /// <summary>The app that calls the API, as the source of a change.</summary>
    internal ChangeSource App { get; }

    public override void ExpireTokens() => Tokens.ExpireAll();

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["tokenUrl"] = new Uri(BaseUrl, "/oauth/v1/token").ToString(),
        ["clientId"] = Credentials.ClientId,
        ["clientSecret"] = Credentials.ClientSecret,
        ["refreshToken"] = Credentials.RefreshToken,
        ["privateAppToken"] = PrivateAppToken,
        ["portalId"] = PortalId,
        ["appId"] = AppId,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return HubSpotType.All.ToDictionary(type => type.Plural, type => State.Table(type).Records.Values.Count(record => !record.IsArchived));
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
        {
            EraseDue();
            return HubSpotType.Find(type) is { } known && State.Table(known).Find(id) is { } record ? HubSpotEdits.Json(record) : null;
        }
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
            return new HubSpotEdits(this).Carry(edit);
    }

    internal override void Sow(Truth truth) => new HubSpotSeed(State, Writes).Sow(truth);

    internal override IEnumerable<Endpoint> Endpoints =>
    [
        .. new SignIn(this).All, .. new Objects(this).All, .. new Batches(this).All, .. new Associations(this).All,
        .. new Schemas(this).All, .. new Preferences(this).All, .. new WebhookSettings(this).All,
    ];

    /// <summary>What was to be erased by now is gone before anybody looks.</summary>
    internal void EraseDue()
    {
        foreach (var record in State.Erasing.Where(erasing => erasing.Value <= Clock.Now).Select(erasing => erasing.Key).ToList())
        {
            State.Erasing.Remove(record);
            Writes.Erase(record, App);
        }
    }

    internal override Answer? Refuse(Call call)
    {
        EraseDue();
        if (call.Endpoint.IsSignIn)
            return null;
        if (call.Bearer is not { } token)
            return Errors.Answer(401, "INVALID_AUTHENTICATION", "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview");
        if (!Tokens.IsGood(token))
            return Errors.Answer(401, "EXPIRED_AUTHENTICATION", "The OAuth token used to make this call expired or is invalid.");
        return Options.EnforceLimits ? OverLimit(call) : null;
    }

    internal override Answer Stamp(Call call, Answer answer)
    {
        if (call.Endpoint.IsSignIn || call.Endpoint.IsSearch)
            return answer;
        var now = Clock.Now;
        return answer with
        {
            Headers = new Dictionary<string, string>(answer.Headers)
            {
                ["X-HubSpot-RateLimit-Daily"] = day.Limit.ToString(),
                ["X-HubSpot-RateLimit-Daily-Remaining"] = day.Remaining(now).ToString(),
                ["X-HubSpot-RateLimit-Interval-Milliseconds"] = burst.Length.TotalMilliseconds.ToString("0"),
                ["X-HubSpot-RateLimit-Max"] = burst.Limit.ToString(),
                ["X-HubSpot-RateLimit-Remaining"] = burst.Remaining(now).ToString(),
            },
        };
    }

    internal override Answer ServerError() => Errors.Answer(500, "INTERNAL_ERROR", "internal error");

    internal override Answer Unavailable() => Errors.Answer(503, "SERVICE_UNAVAILABLE", "The service is temporarily unavailable");

    internal override Answer Throttled(TimeSpan retryAfter) =>
        RateLimit("TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.").With("Retry-After", Math.Ceiling(retryAfter.TotalSeconds).ToString());

    internal override Answer NotFound(string method, string path) => Errors.Answer(404, "OBJECT_NOT_FOUND", $"Unable to find a resource for {method} {path}");

    internal override Answer BadJson(JsonException problem) =>
        Errors.Answer(400, "VALIDATION_ERROR", $"Invalid input JSON on line {problem.LineNumber + 1}, column {problem.BytePositionInLine + 1}: {problem.Message}");

    internal override Answer BadContentType(string? contentType) => Errors.Answer(415, "VALIDATION_ERROR", $"HTTP 415 Unsupported Media Type: {contentType}");

    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) => this.events.Envelope(target, events, attempt);

    internal override int WebhookBatch => HubSpotEvents.Batch;

    /// <summary>By id, or by a property whose values are unique.</summary>
    internal HubSpotRecord? Lookup(HubSpotTable table, string? property, string id) => property switch
    {
        null or "hs_object_id" => table.Find(id),
        _ when table.IsUnique(property) => table.FindUnique(property, id),
        _ => throw Errors.Invalid($"Property {property} is not a unique identifier property of {table.Type.Plural}"),
    };

    internal HubSpotRecord Create(HubSpotType type, IReadOnlyDictionary<string, string> values, JsonElement json)
    {
        var stored = Writes.Checked(type, values);
        var links = json.Items("associations").Select(link => (
            Id: link.Member("to")?.Member("id")?.AsText() ?? throw Errors.Missing("to"),
            Types: link.Items("types").Select(spec => int.TryParse(spec.Member("associationTypeId")?.AsText(), out var number) ? number : throw Errors.Missing("associationTypeId")).ToList())).ToList();
        var ends = links.ConvertAll(link => (Record: End(type, link.Id, link.Types), link.Types));
        var record = Writes.Create(type, stored, App);
        foreach (var (end, types) in ends)
            Writes.Link(record, end, types, App);
        return record;
    }

    /// <summary>Lets the contact of this address show what the consent book says.</summary>
    internal void ShowConsent(string email)
    {
        if (State.Contacts.FindUnique("email", email) is not { } contact)
            return;
        var isOut = State.Consents.IsOutOfEverything(email) ? "true" : "";
        if ((contact["hs_email_optout"] ?? "") != isOut)
            Writes.Update(contact, new() { ["hs_email_optout"] = isOut }, App);
    }

    private HubSpotRecord End(HubSpotType from, string id, List<int> types)
    {
        foreach (var to in HubSpotType.All)
        {
            if (AssociationTypes.Between(from, to).Any(pair => types.Contains(pair.Number)))
                return State.Table(to).Find(id) is { IsArchived: false } record ? record : throw Errors.NotFound();
        }

        throw Errors.Invalid("One or more association types don't exist");
    }

    private Answer? OverLimit(Call call)
    {
        var now = Clock.Now;
        if (!day.TryEnter(now))
            return Over(call, "DAILY", "You have reached your daily limit.", day.UntilFree(now));
        if (!burst.TryEnter(now))
            return Over(call, "TEN_SECONDLY_ROLLING", "You have reached your ten_secondly_rolling limit.", burst.UntilFree(now));
        return call.Endpoint.IsSearch && !searches.TryEnter(now)
            ? Over(call, "SECONDLY", "You have reached your secondly limit.", searches.UntilFree(now))
            : null;
    }

    private Answer Over(Call call, string policy, string message, TimeSpan wait)
    {
        Stats.Violate("limit", $"{call.Operation}: {policy}");
        // A full search second holds back searches only.
        if (policy != "SECONDLY")
            RetryAfter.Issue(wait);
        return RateLimit(policy, message).With("Retry-After", Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString());
    }

    private Answer RateLimit(string policy, string message)
    {
        var answer = Errors.Answer(429, "RATE_LIMITS", message);
        var json = (JsonObject)answer.Json!;
        (json["errorType"], json["policyName"]) = ("RATE_LIMIT", policy);
        return answer;
    }
}
