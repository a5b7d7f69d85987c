using System.Text.Json;
using System.Text.Json.Serialization;
using StackHub.Records;

namespace StackHub.Web.Json;

/// <summary>Ids as the text a person copies.</summary>
internal abstract class IdConverter<T> : JsonConverter<T>
{
    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value!.ToString());

    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value!.ToString()!);

    /// <summary>Ids come in as parameters, never in bodies.</summary>
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();
}

internal sealed class RecordIdConverter : IdConverter<RecordId>;

internal sealed class SystemIdConverter : IdConverter<SystemId>;

internal sealed class ExternalRefConverter : IdConverter<ExternalRef>;
