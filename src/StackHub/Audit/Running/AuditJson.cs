using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;
using StackHub.Audit.Drills;

namespace StackHub.Audit.Running;

/// <summary>How findings and runs are kept.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true, Converters = [typeof(IsoDay)])]
[JsonSerializable(typeof(Finding))]
[JsonSerializable(typeof(AuditRun))]
[JsonSerializable(typeof(Trial))]
internal sealed partial class AuditJson : JsonSerializerContext;

/// <summary>A date as "2026-12-01".</summary>
internal sealed class IsoDay : JsonConverter<LocalDate>
{
    public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => LocalDatePattern.Iso.Parse(reader.GetString()!).Value;

    public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
}
