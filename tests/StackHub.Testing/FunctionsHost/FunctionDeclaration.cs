using System.Text.Json;
using System.Text.RegularExpressions;

namespace StackHub.Testing.FunctionsHost;

/// <summary>One function as its folder declares it, by the host's rules.</summary>
/// <param name="Type">httpTrigger, queueTrigger or timerTrigger.</param>
/// <param name="Parameter">The trigger binding's name.</param>
/// <param name="Target">The route, the queue's name, or the schedule.</param>
/// <param name="Connection">The app setting that names a queue's storage account.</param>
internal sealed partial record FunctionDeclaration(string Name, string Type, string Parameter, string Target, string? Connection)
{
    public static IReadOnlyList<FunctionDeclaration> ReadAll(string appFolder)
    {
        var functions = Directory.GetDirectories(appFolder).Where(folder => File.Exists(Path.Combine(folder, "function.json"))).Select(Read).ToArray();
        // Without a function the real host starts no handler.
        return functions.Length > 0 ? functions : throw new InvalidOperationException($"There is no function in {appFolder}.");
    }

    private static FunctionDeclaration Read(string folder)
    {
        var name = Path.GetFileName(folder);
        Check(FunctionName().IsMatch(name) && name != "host", name, "is no name of a function");
        Check(Directory.GetFileSystemEntries(folder).Length == 1, name, "has more than its function.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "function.json")));
        var bindings = document.RootElement.GetProperty("bindings").EnumerateArray().ToArray();
        Check(bindings.All(binding => BindingName().IsMatch(Text(binding, "name") ?? "")), name, "has a binding without a proper name");
        var trigger = bindings.Single(binding => Text(binding, "type")!.EndsWith("Trigger", StringComparison.Ordinal));
        Check(Text(trigger, "direction") == "in", name, "has a trigger that is not 'in'");
        var type = Text(trigger, "type")!;
        var target = Text(trigger, type switch { "httpTrigger" => "route", "queueTrigger" => "queueName", "timerTrigger" => "schedule", _ => throw new NotSupportedException(type) });
        Check(target is { Length: > 0 }, name, "has a trigger without its target");
        switch (type)
        {
            case "httpTrigger":
                Check(bindings.Length == 2 && Text(bindings.Single(binding => Text(binding, "type") == "http"), "direction") == "out", name, "is not one request and one answer, and so is not proxied");
                Check(!target!.StartsWith("admin", StringComparison.Ordinal) && !target.StartsWith("runtime", StringComparison.Ordinal), name, "has a reserved route");
                break;
            case "queueTrigger":
                Check(Text(trigger, "connection") is { Length: > 0 } && Text(trigger, "dataType") == "string", name, "names no connection, or no data type");
                break;
            default:
                Check(Ncrontab().IsMatch(target!), name, "has a schedule that is not of six fields");
                break;
        }
        return new(name, type, Text(trigger, "name")!, target!, Text(trigger, "connection"));
    }

    private static string? Text(JsonElement binding, string name) => binding.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Check(bool holds, string function, string problem)
    {
        if (!holds)
            throw new InvalidOperationException($"Function '{function}' {problem}.");
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_\-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex FunctionName();

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9]{0,127}$")]
    private static partial Regex BindingName();

    [GeneratedRegex(@"^([*\d]+(/\d+)?)( [*\d]+(/\d+)?){5}$")]
    private static partial Regex Ncrontab();
}
