using System.Globalization;
using System.Text.Json;
using StackHub.Storage;

namespace StackHub.Functions.Invocation;

/// <summary>
/// A queue message as the host tells it: <c>{ "Data": { name: text }, "Metadata": {...} }</c>. The host writes a string as JSON within a
/// JSON string, and numbers of the metadata as strings; older ones and its documents do not, so both are read.
/// </summary>
internal static class InvocationBody
{
    /// <summary>Null when there is no message in it.</summary>
    public static QueueMessage? Message(JsonElement body, string queue, string invocation, DateTimeOffset now)
    {
        if (body.ValueKind != JsonValueKind.Object || Member(body, "Data") is not { ValueKind: JsonValueKind.Object } data || Only(data) is not { } message)
            return null;
        var metadata = Member(body, "Metadata") is { ValueKind: JsonValueKind.Object } told ? told : default;
        return new(queue, Word(metadata, "Id") ?? invocation, "", Text(message), Count(metadata), InsertedAt(metadata) ?? now);
    }

    /// <summary>The one binding's value, whatever its name.</summary>
    private static JsonElement? Only(JsonElement data)
    {
        foreach (var member in data.EnumerateObject())
            return member.Value;
        return null;
    }

    private static int Count(JsonElement metadata) =>
        int.TryParse(Word(metadata, "DequeueCount"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;

    private static DateTimeOffset? InsertedAt(JsonElement metadata) =>
        DateTimeOffset.TryParse(Word(metadata, "InsertionTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    private static string? Word(JsonElement metadata, string name) => metadata.ValueKind == JsonValueKind.Object && Member(metadata, name) is { } value ? Text(value) : null;

    /// <summary>The text that was meant, whether it came as JSON, as a string, or as a string that holds a JSON string.</summary>
    private static string Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return value.GetRawText();
        var text = value.GetString()!;
        return text is ['"', .., '"'] && Inner(text) is { } inner ? inner : text;
    }

    private static string? Inner(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.String ? document.RootElement.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        foreach (var member in element.EnumerateObject())
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        return null;
    }
}
