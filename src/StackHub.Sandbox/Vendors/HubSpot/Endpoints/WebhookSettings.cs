using System.Text.Json.Nodes;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Vendors.HubSpot.Properties;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>The app's webhook settings and subscriptions, as the app itself may change them.</summary>
internal sealed class WebhookSettings(HubSpotSandbox sandbox)
{
    private const string Root = "/webhooks/v3/{appId}/";

    private readonly HubSpotBodies bodies = new(sandbox);

    public IEnumerable<Endpoint> All =>
    [
        Endpoint.Get(Root + "settings", "webhooks.getSettings", _ => sandbox.Webhooks.Target is null ? throw sandbox.Errors.NotFound() : Answer.Ok(Settings())),
        Endpoint.Put(Root + "settings", "webhooks.setSettings", Set),
        Endpoint.Delete(Root + "settings", "webhooks.clearSettings", Clear),
        Endpoint.Get(Root + "subscriptions", "webhooks.listSubscriptions", _ => Answer.Ok(new JsonObject { ["results"] = sandbox.Subscriptions.All.Select(JsonNode (one) => Json(one)).ToJsonArray() })),
        Endpoint.Post(Root + "subscriptions", "webhooks.subscribe", Subscribe),
        Endpoint.Patch(Root + "subscriptions/{id}", "webhooks.updateSubscription", Update),
        Endpoint.Delete(Root + "subscriptions/{id}", "webhooks.unsubscribe", Unsubscribe),
    ];

    private Answer Set(Call call)
    {
        if (!Uri.TryCreate(bodies.Required(call.Json, "targetUrl"), UriKind.Absolute, out var target))
            throw sandbox.Errors.Invalid("targetUrl is not a valid URL");
        if (call.Json.Member("throttling") is not { } throttling)
            throw sandbox.Errors.Missing("throttling");
        if (!int.TryParse(bodies.Required(throttling, "maxConcurrentRequests"), out var most) || most < 1)
            throw sandbox.Errors.Invalid("maxConcurrentRequests must be a positive number");
        (sandbox.Webhooks.Target, sandbox.Webhooks.Concurrency) = (target, most);
        return Answer.Ok(Settings());
    }

    private Answer Clear(Call call)
    {
        sandbox.Webhooks.Target = null;
        return Answer.NoContent;
    }

    private Answer Subscribe(Call call)
    {
        var type = bodies.Required(call.Json, "eventType");
        var property = call.Json.Text("propertyName");
        if (type.EndsWith(".propertyChange", StringComparison.Ordinal) && property is null)
            throw sandbox.Errors.Missing("propertyName");
        return Answer.Created(Json(sandbox.Subscriptions.Add(type, property, call.Json.Flag("active") ?? false, sandbox.Clock.Now)));
    }

    private Answer Update(Call call)
    {
        var subscription = Find(call);
        subscription.Active = call.Json.Flag("active") ?? subscription.Active;
        return Answer.Ok(Json(subscription));
    }

    private Answer Unsubscribe(Call call)
    {
        sandbox.Subscriptions.All.Remove(Find(call));
        return Answer.NoContent;
    }

    private HubSpotSubscription Find(Call call) =>
        sandbox.Subscriptions.All.Find(subscription => subscription.Id.ToString() == call.Route("id")) ?? throw sandbox.Errors.NotFound();

    private JsonObject Settings() => new()
    {
        ["targetUrl"] = sandbox.Webhooks.Target?.ToString(),
        ["throttling"] = new JsonObject { ["maxConcurrentRequests"] = sandbox.Webhooks.Concurrency },
        ["createdAt"] = PropertyValues.Stamp(sandbox.Clock.Now),
    };

    private static JsonObject Json(HubSpotSubscription subscription)
    {
        var json = new JsonObject
        {
            ["id"] = subscription.Id.ToString(),
            ["eventType"] = subscription.EventType,
            ["active"] = subscription.Active,
            ["createdAt"] = PropertyValues.Stamp(subscription.CreatedAt),
        };
        if (subscription.Property is { } property)
            json["propertyName"] = property;
        return json;
    }
}
