using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;

namespace StackHub.Privacy.Evidence;

/// <summary>The one form in which an entry is kept and hashed: JSON with its members in this order, its facts in ordinal order.</summary>
internal static class EntryBytes
{
    public static byte[] Write(string request, int sequence, EvidenceNote note, DateTimeOffset at, string previous)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("request", request);
            json.WriteNumber("sequence", sequence);
            json.WriteString("key", note.Key);
            json.WriteString("kind", note.Kind);
            json.WriteString("at", at.ToUniversalTime());
            json.WriteString("actor", note.Actor);
            if (note.System is { } system)
                json.WriteString("system", system);
            json.WriteStartObject("facts");
            foreach (var (name, text) in note.Facts.OrderBy(fact => fact.Key, StringComparer.Ordinal))
                json.WriteString(name, text);
            json.WriteEndObject();
            json.WriteString("previous", previous);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Null when the bytes are no entry.</summary>
    public static EvidenceEntry? Read(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Of(document.RootElement, Hash(bytes));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static EvidenceEntry Of(JsonElement entry, string hash) => new(
        entry.GetProperty("request").GetString()!,
        entry.GetProperty("sequence").GetInt32(),
        new(entry.GetProperty("key").GetString()!, entry.GetProperty("kind").GetString()!, entry.GetProperty("actor").GetString()!)
        {
            System = entry.TryGetProperty("system", out var system) ? system.GetString() : null,
            Facts = entry.GetProperty("facts").EnumerateObject().ToImmutableSortedDictionary(fact => fact.Name, fact => fact.Value.GetString()!, StringComparer.Ordinal),
        },
        entry.GetProperty("at").GetDateTimeOffset(),
        entry.GetProperty("previous").GetString()!,
        hash);
}
