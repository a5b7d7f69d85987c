using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Communication preferences v3 and v4: who may be written to.</summary>
internal sealed class Preferences(HubSpotSandbox sandbox)
{
    private const string V3 = "/communication-preferences/v3/";
    private const string V4 = "/communication-preferences/v4/";
    private static readonly string[] Bases = ["LEGITIMATE_INTEREST_PQL", "LEGITIMATE_INTEREST_CLIENT", "LEGITIMATE_INTEREST_OTHER", "PERFORMANCE_OF_CONTRACT", "CONSENT_WITH_NOTICE", "NON_GDPR", "PROCESS_AND_STORE"];

    private readonly ObjectJson shapes = new(sandbox);
    private readonly HubSpotBodies bodies = new(sandbox);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(V3 + "definitions", "consent.definitions", _ => Answer.Ok(new JsonObject { ["subscriptionDefinitions"] = Consents.Types.Select(JsonNode (type) => Definition(type)).ToJsonArray() })),
        Endpoint.Get(V3 + "status/email/{email}", "consent.get", call => Answer.Ok(Statuses(Email(call)))),
        Endpoint.Post(V3 + "subscribe", "consent.subscribe", call => SetV3(call, "SUBSCRIBED")),
        Endpoint.Post(V3 + "unsubscribe", "consent.unsubscribe", call => SetV3(call, "UNSUBSCRIBED")),
        Endpoint.Get(V4 + "definitions", "consent.definitions", _ => shapes.Batch(200, Consents.Types.Select(Definition), [])),
        Endpoint.Get(V4 + "statuses/{email}", "consent.get", call => shapes.Batch(200, Of(Channelled(call, Email(call))), [])),
        Endpoint.Post(V4 + "statuses/{email}", "consent.set", call => shapes.Batch(200, [Set(Email(call), call.Json)], [])),
        Endpoint.Get(V4 + "statuses/{email}/unsubscribe-all", "consent.getAll", call => shapes.Batch(200, [Wide(Channelled(call, Email(call)))], [])),
        Endpoint.Post(V4 + "statuses/{email}/unsubscribe-all", "consent.unsubscribeAll", call => shapes.Batch(200, Left(Channelled(call, Email(call))), [])),
        Endpoint.Ask(V4 + "statuses/batch/read", "consent.batchRead", call => shapes.Batch(200, Emails(call).ConvertAll(email => Bulk(email, "statuses", Of(email))), [])),
        Endpoint.Ask(V4 + "statuses/batch/unsubscribe-all/read", "consent.batchReadAll", call => shapes.Batch(200, Emails(call).ConvertAll(email => Bulk(email, "wideStatuses", [Wide(email)])), [])),
        Endpoint.Post(V4 + "statuses/batch/write", "consent.batchWrite", call => shapes.Batch(200, bodies.Inputs(call).ConvertAll(JsonNode (input) => Set(bodies.Required(input, "subscriberIdString"), input)), [])),
        Endpoint.Post(V4 + "statuses/batch/unsubscribe-all", "consent.batchUnsubscribeAll", call => shapes.Batch(200, Emails(call).ConvertAll(email => Bulk(email, "statuses", Left(email))), [])),
    ];

    private Consents Book => sandbox.State.Consents;

    private static string Email(Call call) => Uri.UnescapeDataString(call.Route("email")).ToLowerInvariant();

    private string Channelled(Call call, string email) => call.Query("channel") == "EMAIL" ? email : throw sandbox.Errors.Invalid("channel is a required query parameter and must be EMAIL");

    private List<string> Emails(Call call)
    {
        Channelled(call, "");
        return bodies.Inputs(call).ConvertAll(input => input.AsText()?.ToLowerInvariant() ?? throw sandbox.Errors.Missing("inputs"));
    }

    private Answer SetV3(Call call, string status)
    {
        var email = bodies.Required(call.Json, "emailAddress").ToLowerInvariant();
        var type = Type(bodies.Required(call.Json, "subscriptionId"));
        if (status == "SUBSCRIBED" && Book.Of(email, type.Id).Status == "UNSUBSCRIBED")
            throw sandbox.Errors.Invalid($"{email} opted out of this subscription and cannot be resubscribed through the API without a new consent");
        Put(email, type, status, call.Json);
        return Answer.Ok(StatusV3(email, type));
    }

    private JsonObject Set(string email, JsonElement json)
    {
        email = email.ToLowerInvariant();
        var type = Type(bodies.Required(json, "subscriptionId"));
        if (bodies.Required(json, "channel") != "EMAIL")
            throw sandbox.Errors.Invalid("channel must be EMAIL");
        var status = bodies.Required(json, "statusState");
        if (status is not ("SUBSCRIBED" or "UNSUBSCRIBED" or "NOT_SPECIFIED"))
            throw sandbox.Errors.Invalid($"Unknown statusState {status}");
        var reason = Book.Of(email, type.Id).Status == status ? "NO_STATUS_CHANGE" : "REQUESTED_CHANGE_OCCURRED";
        Put(email, type, status, json);
        var shown = StatusV4(email, type);
        shown["setStatusSuccessReason"] = reason;
        return shown;
    }

    private void Put(string email, SubscriptionType type, string status, JsonElement json)
    {
        var basis = json.Text("legalBasis");
        if (basis is not null && !Bases.Contains(basis))
            throw sandbox.Errors.Invalid($"Unknown legalBasis {basis}");
        Book.Set(email, type.Id, new(status, sandbox.Clock.Now, basis, json.Text("legalBasisExplanation")));
        if (status == "SUBSCRIBED")
            Book.ComeBack(email);
        sandbox.ShowConsent(email);
    }

    private IEnumerable<JsonNode> Left(string email)
    {
        Book.LeaveEverything(email, sandbox.Clock.Now);
        sandbox.ShowConsent(email);
        return Of(email);
    }

    private SubscriptionType Type(string id) => Consents.Types.FirstOrDefault(type => type.Id.ToString() == id)
        ?? throw sandbox.Errors.Invalid($"Subscription {id} does not exist");

    private IEnumerable<JsonNode> Of(string email) => Consents.Types.Select(JsonNode (type) => StatusV4(email, type));

    private JsonObject Statuses(string email) => new()
    {
        ["recipient"] = email,
        ["subscriptionStatuses"] = Consents.Types.Select(JsonNode (type) => StatusV3(email, type)).ToJsonArray(),
    };

    private JsonObject StatusV3(string email, SubscriptionType type)
    {
        var consent = Book.Of(email, type.Id);
        var json = new JsonObject
        {
            ["id"] = type.Id.ToString(),
            ["name"] = type.Name,
            ["description"] = type.Description,
            ["status"] = consent.Status == "SUBSCRIBED" ? "SUBSCRIBED" : "NOT_SUBSCRIBED",
            ["sourceOfStatus"] = Book.IsOutOfEverything(email) ? "PORTAL_WIDE_STATUS" : "SUBSCRIPTION_STATUS",
        };
        Explain(json, consent);
        return json;
    }

    private JsonObject StatusV4(string email, SubscriptionType type)
    {
        var consent = Book.Of(email, type.Id);
        var json = new JsonObject
        {
            ["channel"] = "EMAIL",
            ["subscriberIdString"] = email,
            ["subscriptionId"] = type.Id,
            ["subscriptionName"] = type.Name,
            ["status"] = consent.Status,
            ["source"] = "INTEGRATION",
            ["timestamp"] = PropertyValues.Stamp(consent.At),
        };
        Explain(json, consent);
        return json;
    }

    private JsonObject Wide(string email) => new()
    {
        ["channel"] = "EMAIL",
        ["subscriberIdString"] = email,
        ["status"] = Book.IsOutOfEverything(email) ? "UNSUBSCRIBED" : "NOT_SPECIFIED",
        ["wideStatusType"] = "PORTAL_WIDE",
        ["timestamp"] = PropertyValues.Stamp(Book.OutSince(email) ?? DateTimeOffset.UnixEpoch),
    };

    private static JsonObject Bulk(string email, string name, IEnumerable<JsonNode> statuses) => new() { ["subscriberIdString"] = email, [name] = statuses.ToJsonArray() };

    private static void Explain(JsonObject json, Consent consent)
    {
        if (consent.LegalBasis is not null)
            json["legalBasis"] = consent.LegalBasis;
        if (consent.Explanation is not null)
            json["legalBasisExplanation"] = consent.Explanation;
    }

    private static JsonObject Definition(SubscriptionType type) => new()
    {
        ["id"] = type.Id.ToString(),
        ["name"] = type.Name,
        ["description"] = type.Description,
        ["purpose"] = "Marketing",
        ["communicationMethod"] = "Email",
        ["isActive"] = true,
        ["isDefault"] = false,
        ["isInternal"] = false,
        ["createdAt"] = "2024-01-01T00:00:00.000Z",
        ["updatedAt"] = "2024-01-01T00:00:00.000Z",
    };
}
