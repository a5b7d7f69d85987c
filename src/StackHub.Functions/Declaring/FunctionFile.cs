using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Cloud;
using StackHub.Triggers;

namespace StackHub.Functions.Declaring;

/// <summary>A trigger as the function.json the host reads.</summary>
internal static class FunctionFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete", "head", "options"];

    public static string Of(Trigger trigger)
    {
        var bindings = trigger.Kind switch
        {
            TriggerKind.Queue => new JsonArray(Queue(trigger.Binding)),
            TriggerKind.Timer => new JsonArray(Timer(trigger.Every)),
            _ => new JsonArray(HttpIn(trigger.Binding), HttpOut()),
        };
        return new JsonObject { ["bindings"] = bindings }.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Queue(string name) => new()
    {
        ["type"] = "queueTrigger",
        ["direction"] = "in",
        ["name"] = "message",
        ["queueName"] = name,
        ["connection"] = CloudSettings.Storage,
        ["dataType"] = "string",
    };

    private static JsonObject Timer(TimeSpan every) => new()
    {
        ["type"] = "timerTrigger",
        ["direction"] = "in",
        ["name"] = "timer",
        ["schedule"] = Schedule.Of(every),
        ["useMonitor"] = every >= TimeSpan.FromMinutes(1),
        ["runOnStartup"] = false,
    };

    /// <summary>Anonymous to the host: webhooks are proved by their signatures, and the API has keys and roles of its own.</summary>
    private static JsonObject HttpIn(string route) => new()
    {
        ["type"] = "httpTrigger",
        ["direction"] = "in",
        ["name"] = "req",
        ["authLevel"] = "anonymous",
        ["methods"] = new JsonArray([.. Methods.Select(method => (JsonNode)method)]),
        ["route"] = route,
    };

    private static JsonObject HttpOut() => new() { ["type"] = "http", ["direction"] = "out", ["name"] = "res" };
}
