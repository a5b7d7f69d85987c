using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;

namespace StackHub.Flows;

/// <summary>What a flow decided about a record's fields.</summary>
/// <param name="At">When it was decided; the same decision has the same time however often it is sent.</param>
/// <param name="Fields">Canonical fields and values; null clears.</param>
public sealed record FieldWrite(RecordId Record, DateTimeOffset At, IReadOnlyDictionary<string, string?> Fields)
{
    public override string ToString() => $"write of {Fields.Count} fields to {Record}";
}

/// <summary>A <see cref="FieldWrite"/> in a message.</summary>
internal sealed record FieldWriteBody(string Record, DateTimeOffset At, Dictionary<string, string?> Fields)
{
    public static FieldWriteBody Of(FieldWrite write) => new(write.Record.ToString(), write.At, write.Fields.ToDictionary());

    public FieldWrite Write() => new(RecordId.Parse(Record), At, Fields);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(FieldWriteBody[]))]
[JsonSerializable(typeof(RecordsChanged))]
[JsonSerializable(typeof(LeadReleased))]
internal sealed partial class FlowJson : JsonSerializerContext;
