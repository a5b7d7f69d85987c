using System.Text.Json;
using System.Text.Json.Serialization;

namespace StackHub.Conformance.Tests.Judging;

/// <summary>What a judge says of one exchange: which operation of the vendor's description it is, and where it departs from it.</summary>
internal sealed record Verdict(string Vendor, int Number, int Status, string Operation, bool Described, IReadOnlyList<Problem> Problems)
{
    public static Verdict Parse(string line) => JsonSerializer.Deserialize(line, VerdictJson.Default.Verdict)!;
}

/// <summary>A place in a message and what the description wants there; never a value of the message.</summary>
/// <param name="Side">"request" or "response".</param>
internal sealed record Problem(string Side, string Where, string Wanted, bool IsWarning);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class VerdictJson : JsonSerializerContext;
