using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using StackHub.Sandbox.Faults;
using StackHub.Sandbox.Hosting;
using StackHub.Sandbox.Seeding;

namespace StackHub.Sandbox.Control;

/// <summary>Lets another process flip switches, make edits and read statistics.</summary>
internal sealed class ControlApi(SandboxServer server, int port) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        app = Loopback.Build(port, _ => true);
        Map("GET", "/control/vendors", _ => server.Vendors.Select(JsonNode (vendor) => Shown(vendor)).ToJsonArray());
        Map("GET", "/control/truth", call => Truth(call));
        Map("GET", "/control/{vendor}/stats", call => Stats(Vendor(call)));
        Map("DELETE", "/control/{vendor}/stats", call => Done(Vendor(call).Stats.Clear));
        Map("GET", "/control/{vendor}/faults", call => SwitchesJson.Read(Vendor(call).Faults));
        Map("PATCH", "/control/{vendor}/faults", call => Patched(call, Vendor(call).Faults));
        Map("DELETE", "/control/{vendor}/faults", call => Done(Vendor(call).Faults.Clear));
        Map("POST", "/control/{vendor}/faults/throttle", call => Done(() => Vendor(call).Faults.ThrottleNext(TimeSpan.FromSeconds(call.Json.Member("seconds")?.GetDouble() ?? 1))));
        Map("POST", "/control/{vendor}/faults/plan", call => Done(() => Vendor(call).Faults.Plan([.. call.Json.Texts("fates").Select(fate => Enum.Parse<FaultKind>(fate, ignoreCase: true))])));
        Map("POST", "/control/{vendor}/tokens/expire", call => Done(Vendor(call).ExpireTokens));
        Map("GET", "/control/{vendor}/webhooks", call => Webhooks(Vendor(call)));
        Map("PATCH", "/control/{vendor}/webhooks", call => Patched(call, Vendor(call).Webhooks));
        Map("PATCH", "/control/{vendor}/clock", Clock);
        Map("POST", "/control/{vendor}/edits", Edit);
        Map("GET", "/control/{vendor}/counts", call => JsonSerializer.SerializeToNode(Vendor(call).Counts, Web));
        Map("GET", "/control/{vendor}/records/{type}/{id}", call => Vendor(call).Read(call.Route("type"), call.Route("id")));
        await app.StartAsync(cancellationToken);
        Address = Loopback.AddressOf(app);
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Map(string method, string route, Func<Call, JsonNode?> handle)
    {
        var endpoint = new Endpoint(method, route, route, _ => Answer.NoContent);
        app!.MapMethods(route, [method], async context =>
        {
            using var memory = new MemoryStream();
            await context.Request.Body.CopyToAsync(memory, context.RequestAborted);
            using var call = new Call(context, endpoint, memory.ToArray());
            var answer = Answered(call, handle);
            context.Response.StatusCode = answer.Status;
            await Loopback.WriteBodyAsync(context.Response, answer);
        });
    }

    private static Answer Answered(Call call, Func<Call, JsonNode?> handle)
    {
        try
        {
            return handle(call) is { } json ? Answer.Ok(json) : new(404, new JsonObject { ["error"] = "There is no such record." });
        }
        catch (Exception problem) when (problem is ArgumentException or JsonException or FormatException)
        {
            return new(400, new JsonObject { ["error"] = problem.Message });
        }
        catch (VendorRefusal refusal)
        {
            return refusal.Answer;
        }
        catch (Vendors.Salesforce.RecordRefused refused)
        {
            return refused.Error.Answer(refused.Status);
        }
    }

    private VendorSandbox Vendor(Call call) => server.Vendors.FirstOrDefault(vendor => vendor.Name.Equals(call.Route("vendor"), StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no vendor '{call.Route("vendor")}'.", nameof(call));

    private static JsonObject Done(Action action)
    {
        action();
        return new() { ["done"] = true };
    }

    private static JsonObject Patched(Call call, object switches)
    {
        SwitchesJson.Apply(switches, call.Json);
        return SwitchesJson.Read(switches);
    }

    private static JsonObject Shown(VendorSandbox vendor)
    {
        var json = vendor.Configuration;
        json["name"] = vendor.Name;
        json["webhookSecret"] = vendor.Webhooks.Secret;
        return json;
    }

    private static JsonObject Stats(VendorSandbox vendor) => new()
    {
        ["operations"] = JsonSerializer.SerializeToNode(vendor.Stats.Operations, Web),
        ["violations"] = JsonSerializer.SerializeToNode(vendor.Stats.Violations, Web),
        ["peakPerSecond"] = vendor.Stats.PeakPerSecond,
        ["currentPerSecond"] = vendor.Stats.CurrentPerSecond,
        ["peakConcurrency"] = vendor.Stats.PeakConcurrency,
        ["refreshes"] = vendor.Stats.Refreshes,
        ["overlappingRefreshes"] = vendor.Stats.OverlappingRefreshes,
    };

    private static JsonObject Webhooks(VendorSandbox vendor)
    {
        var json = SwitchesJson.Read(vendor.Webhooks);
        (json["waiting"], json["delivered"]) = (vendor.WebhooksWaiting, vendor.WebhooksDelivered);
        (json["posts"], json["abandoned"]) = (vendor.WebhookPosts, vendor.WebhooksAbandoned);
        return json;
    }

    private JsonObject Clock(Call call)
    {
        var clock = Vendor(call).Clock;
        if (call.Json.Member("offsetSeconds") is { } offset)
            clock.Offset = TimeSpan.FromSeconds(offset.GetDouble());
        if (call.Json.Member("advanceSeconds") is { } advance)
            clock.Advance(TimeSpan.FromSeconds(advance.GetDouble()));
        return new() { ["now"] = clock.Now.ToString("O"), ["offsetSeconds"] = clock.Offset.TotalSeconds };
    }

    private JsonNode Edit(Call call)
    {
        var json = call.Json;
        var edit = new VendorEdit(
            json.Text("action") ?? throw new ArgumentException("An edit needs an action.", nameof(call)),
            json.Text("type") ?? throw new ArgumentException("An edit needs a type.", nameof(call)),
            json.Text("id"))
        {
            Fields = json.Member("fields") is { } fields ? fields.EnumerateObject().ToDictionary(field => field.Name, field => field.Value.AsText()) : [],
            OtherId = json.Text("otherId"),
            OtherType = json.Text("otherType"),
        };
        return Vendor(call).Edit(edit) ?? Done(() => { });
    }

    private JsonNode? Truth(Call call)
    {
        var people = server.Truth.People.AsEnumerable();
        if (call.Query("oddity") is { } name)
            people = server.Truth.With(Enum.Parse<Oddity>(name, ignoreCase: true));
        return JsonSerializer.SerializeToNode(people.Skip(call.QueryInt("skip", 0)).Take(call.QueryInt("take", 100)), Web);
    }
}
