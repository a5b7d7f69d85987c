using System.Text.Json;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.HubSpot.Endpoints;

/// <summary>Reads request bodies, with HubSpot's refusals for what is missing or too much.</summary>
internal sealed class HubSpotBodies(HubSpotSandbox sandbox)
{
    public List<JsonElement> Inputs(Call call)
    {
        if (call.Json.Member("inputs") is not { ValueKind: JsonValueKind.Array } array)
            throw sandbox.Errors.Missing("inputs");
        var inputs = array.EnumerateArray().ToList();
        call.Records = inputs.Count;
        if (inputs.Count <= sandbox.Options.BatchLimit)
            return inputs;
        sandbox.Stats.Violate("batch-size", $"{call.Operation} with {inputs.Count} inputs");
        throw sandbox.Errors.Invalid($"Too many inputs. The maximum batch size is {sandbox.Options.BatchLimit}, but {inputs.Count} were given");
    }

    public Dictionary<string, string> Properties(JsonElement json)
    {
        if (json.Member("properties") is not { ValueKind: JsonValueKind.Object } properties)
            throw sandbox.Errors.Missing("properties");
        return properties.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.AsText()
            ?? throw sandbox.Errors.Invalid($"Invalid input JSON on line 1, column 1: Cannot deserialize value of type `java.lang.String` from {member.Value.ValueKind} value (property \"{member.Name}\")"));
    }

    public string Required(JsonElement json, string name) => json.Member(name)?.AsText() ?? throw sandbox.Errors.Missing(name);

    public HubSpotType Type(string name) => HubSpotType.Find(name)
        ?? throw sandbox.Errors.Invalid($"Unable to infer object type from: {name}");
}
