using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Limits;
using StackHub.Sandbox.Seeding;
using StackHub.Sandbox.Vendors.Marketo.Endpoints;
using StackHub.Sandbox.Webhooks;

namespace StackHub.Sandbox.Vendors.Marketo;

/// <summary>A simulated Marketo Engage instance.</summary>
public sealed class MarketoSandbox : VendorSandbox
{
    private const string TokenPrefix = "mk-";
    private readonly RollingWindow window;
    private DateOnly day;
    private int usedToday;

    public MarketoSandbox(SandboxOptions options) : base("marketo", options, options.Of<MarketoOptions>())
    {
        Options = options.Of<MarketoOptions>();
        window = new(Options.WindowCalls, Options.Window);
        State = new(Clock, Faults);
        Leads = new(State, Options);
        Objects = new(State, Options, Answers);
        Tokens = new(TokenPrefix, Options.TokenLifetime, Clock);
        PagingTokens = new(Clock, Options.PagingTokenLife);
    }

    public string ClientId => Options.ClientId;

    public string ClientSecret => Options.ClientSecret;

    /// <summary>Calls counted since midnight, US Central.</summary>
    public int UsedToday
    {
        get
        {
            lock (Gate)
                return usedToday;
        }
    }

    /// <summary>The same, for who holds the lock.</summary>
    internal int CountedToday => usedToday;

    internal MarketoOptions Options { get; }

    internal MarketoState State { get; }

    internal MarketoAnswers Answers { get; } = new();

    internal MarketoLeads Leads { get; }

    internal MarketoObjects Objects { get; }

    internal TokenDesk Tokens { get; }

    internal PagingTokens PagingTokens { get; }

    public override void ExpireTokens() => Tokens.ExpireAll();

    /// <summary>Ends all paging tokens at once.</summary>
    public void ExpirePagingTokens()
    {
        lock (Gate)
            PagingTokens.ExpireAll();
    }

    public override JsonObject Configuration => new()
    {
        ["baseUrl"] = BaseUrl.ToString(),
        ["clientId"] = ClientId,
        ["clientSecret"] = ClientSecret,
    };

    public override IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (Gate)
                return new Dictionary<string, int>
                {
                    ["leads"] = State.Leads.Rows.Count,
                    ["companies"] = State.Companies.Rows.Count,
                    ["opportunities"] = State.Opportunities.Rows.Count,
                };
        }
    }

    public override JsonNode? Read(string type, string id)
    {
        lock (Gate)
            return new MarketoEdits(this).Shown(type, id);
    }

    public override JsonNode? Edit(VendorEdit edit)
    {
        lock (Gate)
            return new MarketoEdits(this).Carry(edit);
    }

    internal override SeedShare Share => new("marketo", "leads", People: 0.5, Companies: 0.5);

    internal override void Sow(Truth truth) => new MarketoSeed(State).Sow(truth);

    internal override IEnumerable<Endpoint> Endpoints =>
    [
        .. new SignIn(this).All, .. new LeadCalls(this).All, .. new ActivityCalls(this).All,
        .. new ObjectCalls(this).All, .. new SchemaCalls(this).All, .. new ExportCalls(this).All,
    ];

    internal override Answer? Refuse(Call call)
    {
        if (call.Endpoint.IsSignIn)
            return null;
        if (call.AddressLength > Options.LongestAddress)
            return Violated("address", call, new(414) { Text = "" });
        if (call.Query("access_token") is not null || call.Bearer is not { } token)
            return Answers.Error("600", "Access token not specified");
        if (!Tokens.IsGood(token))
            return token.StartsWith(TokenPrefix, StringComparison.Ordinal) ? Answers.Error("602", "Access token expired") : Answers.Error("601", "Access token invalid");
        return Options.EnforceLimits ? Limited(call) : null;
    }

    internal override Answer ServerError() => Answers.Error("611", "System error");

    internal override Answer Unavailable() => Answers.Error("608", "API Temporarily Unavailable");

    internal override Answer Throttled(TimeSpan retryAfter) => Answers.Error("606", $"Max rate limit '{Options.WindowCalls}' exceeded with in '{Options.Window.TotalSeconds:0}' secs");

    internal override Answer NotFound(string method, string path) => Answers.Error("610", "Requested resource not found");

    internal override Answer BadJson(JsonException problem) => Answers.Error("609", "Invalid JSON");

    internal override Answer BadContentType(string? contentType) => Answers.Error("612", "Invalid Content Type");

    /// <summary>Marketo's webhooks are made by its users, one smart campaign each: there is nothing to send by itself.</summary>
    internal override HttpRequestMessage Envelope(Uri target, IReadOnlyList<WebhookEvent> events, int attempt) =>
        throw new NotSupportedException("Marketo sends no webhooks of its own.");

    private Answer? Limited(Call call)
    {
        if (Stats.InFlightLongerThan(TimeSpan.Zero) > Options.Concurrency)
            return Violated("concurrency", call, Answers.Error("615", "Concurrent access limit reached"));
        var today = DateOnly.FromDateTime(CentralTime.Of(Clock.Now).DateTime);
        if (today != day)
            (day, usedToday) = (today, 0);
        if (usedToday >= Options.DailyCalls)
            return Violated("quota", call, Answers.Error("607", $"Daily API Request Quota of '{Options.DailyCalls}' reached"));
        if (!window.TryEnter(Clock.Now))
            return Violated("limit", call, Throttled(window.UntilFree(Clock.Now)));
        usedToday++;
        return null;
    }

    private Answer Violated(string rule, Call call, Answer answer)
    {
        Stats.Violate(rule, call.Operation);
        return answer;
    }
}
