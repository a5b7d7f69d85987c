using System.Text.Json.Serialization;

namespace StackHub.Privacy.Intake;

/// <summary>What came with a request in the person's own words: personal data, kept sealed, and never a proof of anything.</summary>
/// <param name="Phone">Where the person can be called; it names nobody, since nobody showed that it is theirs.</param>
/// <param name="Place">Where they say they live.</param>
public sealed record IntakeNote(string? Message, string? Phone, string? Place)
{
    public bool IsEmpty => Message is null && Phone is null && Place is null;

    public override string ToString() => "[note]";
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IntakeNote))]
internal sealed partial class IntakeJson : JsonSerializerContext;
