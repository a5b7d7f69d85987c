using System.Text.Json;

namespace StackHub.Web.Routing.Simulating;

/// <summary>Rules to be tried on leads that came.</summary>
/// <param name="Rules">A whole configuration file, or one with routing: only: the text of its YAML, or the same as a JSON object.</param>
/// <param name="Last">How far back the window begins, such as 30d or 12h; 30d unless told.</param>
/// <param name="WarmUp">For how long before it leads are replayed under the rules in force to fill the pools; as long as the window unless told, 0d for empty pools.</param>
/// <param name="Within">In which working time somebody has to speak to a lead, such as 4h; what the lifecycle promises unless told.</param>
public sealed record SimulateRules(JsonElement Rules, string? Last, string? WarmUp, string? Within)
{
    /// <summary>Null when it is neither a text nor an object.</summary>
    public string? Text() => Rules.ValueKind switch
    {
        JsonValueKind.String => Rules.GetString(),
        JsonValueKind.Object => Rules.GetRawText(),
        _ => null,
    };

    public override string ToString() => "rules to simulate";
}
