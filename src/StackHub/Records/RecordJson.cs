using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StackHub.Records;

/// <summary>
/// The stored form of a record: compact JSON. A run of equal observations is one array [0, value, time, delta, ...]; a receipt is
/// [1, value, stored, at, length, author, authored at, trace, form], and then where it matters whether no answer
/// came and by how much it may be older. Times are Unix milliseconds.
/// A 0 stands for "stored as meant" and for "the trace of the link's receipt before": one change writes many fields.
/// </summary>
public static class RecordJson
{
    private const int MostKept = 64 * 1024;

    private static readonly SharedNames Names = new(4_096);

    private static readonly JsonWriterOptions Compact = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A buffer a thread: records are written at every step of a change.</summary>
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? writer;

    public static byte[] Write(HubRecord record)
    {
        var (buffer, json) = writer ??= NewWriter();
        Write(json, record);
        json.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        if (buffer.Capacity > MostKept)
            writer = null;
        return bytes;
    }

    public static HubRecord Read(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored);
        var root = document.RootElement;
        return new(RecordId.Parse(root.GetProperty("id").GetString()!), (RecordKind)root.GetProperty("k").GetInt32())
        {
            Links = [.. root.GetProperty("l").EnumerateArray().Select(ReadLink)],
            MergedInto = root.TryGetProperty("m", out var merged) ? RecordId.Parse(merged.GetString()!) : null,
            Absorbed = ReadIds(root, "ab"),
            DistinctFrom = ReadIds(root, "df"),
            GivenBack = root.TryGetProperty("gb", out var given)
                ? given.EnumerateArray().ToImmutableSortedDictionary(entry => ReadRef(entry), entry => RecordId.Parse(entry[3].GetString()!))
                : ImmutableSortedDictionary<ExternalRef, RecordId>.Empty,
            Frozen = ReadTimes(root, "fz"),
            Released = ReadTimes(root, "rl"),
            SentCreates = root.TryGetProperty("sc", out var sent) ? [.. sent.EnumerateArray().Select(ReadLink)] : [],
            Contested = root.TryGetProperty("ct", out _),
            RefusedCreates = root.TryGetProperty("rc", out var refused)
                ? refused.EnumerateObject().ToImmutableSortedDictionary(entry => new SystemId(entry.Name), entry => ReadRefusal(entry.Value))
                : ImmutableSortedDictionary<SystemId, Refusal>.Empty,
        };
    }

    private static (ArrayBufferWriter<byte>, Utf8JsonWriter) NewWriter()
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        return (buffer, new(buffer, Compact));
    }

    private static void Write(Utf8JsonWriter json, HubRecord record)
    {
        json.WriteStartObject();
        json.WriteString("id", record.Id.ToString());
        json.WriteNumber("k", (int)record.Kind);
        if (record.MergedInto is { } merged)
            json.WriteString("m", merged.ToString());
        if (record.Contested)
            json.WriteBoolean("ct", true);
        WriteIds(json, "ab", record.Absorbed);
        WriteIds(json, "df", record.DistinctFrom);
        WriteTimes(json, "fz", record.Frozen);
        WriteTimes(json, "rl", record.Released);
        if (!record.RefusedCreates.IsEmpty)
        {
            json.WriteStartObject("rc");
            foreach (var (system, refusal) in record.RefusedCreates)
                WriteRefusal(json, system.Name, refusal);
            json.WriteEndObject();
        }
        if (!record.GivenBack.IsEmpty)
        {
            json.WriteStartArray("gb");
            foreach (var (reference, owner) in record.GivenBack)
                WriteRef(json, reference, owner.ToString());
            json.WriteEndArray();
        }
        if (!record.SentCreates.IsEmpty)
            WriteLinks(json, "sc", record.SentCreates);
        WriteLinks(json, "l", record.Links);
        json.WriteEndObject();
    }

    private static void WriteLinks(Utf8JsonWriter json, string name, ImmutableArray<LinkedRecord> links)
    {
        json.WriteStartArray(name);
        foreach (var link in links)
            WriteLink(json, link);
        json.WriteEndArray();
    }

    private static void WriteLink(Utf8JsonWriter json, LinkedRecord link)
    {
        json.WriteStartObject();
        json.WritePropertyName("r");
        WriteRef(json, link.Ref, null);
        json.WriteNumber("s", Milliseconds(link.SeenAt));
        if (link.DeletedAt is { } deleted)
            json.WriteNumber("d", Milliseconds(deleted));
        if (link.MovedTo is { } moved)
        {
            json.WritePropertyName("m");
            WriteRef(json, moved, null);
        }
        if (link.Complete)
            json.WriteBoolean("c", true);
        if (!link.Refusals.IsEmpty)
        {
            json.WriteStartObject("x");
            foreach (var (field, refusal) in link.Refusals)
                WriteRefusal(json, field, refusal);
            json.WriteEndObject();
        }
        json.WriteStartObject("f");
        string? trace = null;
        foreach (var (field, cell) in link.Cells)
        {
            json.WriteStartArray(field);
            WriteCell(json, cell, ref trace);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRefusal(Utf8JsonWriter json, string name, Refusal refusal)
    {
        json.WriteStartArray(name);
        json.WriteStringValue(refusal.ValueHash);
        json.WriteStringValue(refusal.Code);
        json.WriteNumberValue(Milliseconds(refusal.At));
        json.WriteEndArray();
    }

    private static Refusal ReadRefusal(JsonElement json) => new(json[0].GetString()!, json[1].GetString()!, Time(json[2].GetInt64()));

    private static void WriteCell(Utf8JsonWriter json, Cell cell, ref string? trace)
    {
        var seen = cell.Seen;
        for (var index = 0; index < seen.Length;)
        {
            var value = seen[index].Value;
            json.WriteStartArray();
            json.WriteNumberValue(0);
            json.WriteStringValue(value.Text);
            var last = 0L;
            for (; index < seen.Length && seen[index].Value == value; index++)
            {
                var time = Milliseconds(seen[index].At);
                json.WriteNumberValue(time - last);
                last = time;
            }
            json.WriteEndArray();
        }
        foreach (var write in cell.Written)
        {
            json.WriteStartArray();
            json.WriteNumberValue(1);
            json.WriteStringValue(write.Value.Text);
            if (write.Stored == write.Value)
                json.WriteNumberValue(0);
            else
                json.WriteStringValue(write.Stored.Text);
            json.WriteNumberValue(Milliseconds(write.At));
            json.WriteNumberValue(Milliseconds(write.Until) - Milliseconds(write.At));
            json.WriteStringValue(write.Author?.System.Name);
            json.WriteNumberValue(write.Author is { } author ? Milliseconds(author.At) : 0);
            if (write.Trace is not null && write.Trace == trace)
                json.WriteNumberValue(0);
            else
                json.WriteStringValue(write.Trace);
            trace = write.Trace;
            json.WriteNumberValue((int)write.Form);
            if (write.Unanswered || write.Since != write.At)
            {
                json.WriteNumberValue(write.Unanswered ? 1 : 0);
                json.WriteNumberValue(Milliseconds(write.At) - Milliseconds(write.Since));
            }
            json.WriteEndArray();
        }
    }

    private static LinkedRecord ReadLink(JsonElement json)
    {
        var cells = ImmutableSortedDictionary.CreateBuilder<string, Cell>(StringComparer.Ordinal);
        string? trace = null;
        foreach (var cell in json.GetProperty("f").EnumerateObject())
            cells[Names.Of(cell.Name)] = ReadCell(cell.Value, ref trace);
        var refusals = ImmutableSortedDictionary.CreateBuilder<string, Refusal>(StringComparer.Ordinal);
        if (json.TryGetProperty("x", out var stored))
            foreach (var refusal in stored.EnumerateObject())
                refusals[refusal.Name] = ReadRefusal(refusal.Value);
        return new(ReadRef(json.GetProperty("r")))
        {
            SeenAt = Time(json.GetProperty("s").GetInt64()),
            DeletedAt = json.TryGetProperty("d", out var deleted) ? Time(deleted.GetInt64()) : null,
            MovedTo = json.TryGetProperty("m", out var moved) ? ReadRef(moved) : null,
            Complete = json.TryGetProperty("c", out _),
            Cells = cells.ToImmutable(),
            Refusals = refusals.ToImmutable(),
        };
    }

    private static Cell ReadCell(JsonElement json, ref string? trace)
    {
        var seen = ImmutableArray.CreateBuilder<Observation>();
        var written = ImmutableArray.CreateBuilder<HubWrite>();
        foreach (var entry in json.EnumerateArray())
        {
            var value = new FieldValue(entry[1].GetString());
            if (entry[0].GetInt32() == 1)
                written.Add(ReadWrite(entry, value, ref trace));
            else
                ReadRun(entry, value, seen);
        }
        return Cell.Stored(seen.DrainToImmutable(), written.DrainToImmutable());
    }

    private static void ReadRun(JsonElement entry, FieldValue value, ImmutableArray<Observation>.Builder seen)
    {
        var time = 0L;
        foreach (var delta in entry.EnumerateArray().Skip(2))
        {
            time += delta.GetInt64();
            seen.Add(new(Time(time), value));
        }
    }

    private static HubWrite ReadWrite(JsonElement entry, FieldValue value, ref string? trace) => new(Time(entry[3].GetInt64()), value)
    {
        Until = Time(entry[3].GetInt64() + entry[4].GetInt64()),
        Stored = entry[2].ValueKind == JsonValueKind.Number ? value : new(entry[2].GetString()),
        Author = entry[5].GetString() is { } system ? new(new(Names.Of(system)), Time(entry[6].GetInt64())) : null,
        Trace = entry[7].ValueKind == JsonValueKind.Number ? trace : trace = entry[7].GetString(),
        Form = (OwnForm)entry[8].GetInt32(),
        Unanswered = entry.GetArrayLength() > 9 && entry[9].GetInt32() == 1,
        Since = Time(entry[3].GetInt64() - (entry.GetArrayLength() > 10 ? entry[10].GetInt64() : 0)),
    };

    private static void WriteRef(Utf8JsonWriter json, ExternalRef reference, string? owner)
    {
        json.WriteStartArray();
        json.WriteStringValue(reference.System.Name);
        json.WriteStringValue(reference.ObjectType);
        json.WriteStringValue(reference.Id);
        if (owner is not null)
            json.WriteStringValue(owner);
        json.WriteEndArray();
    }

    private static ExternalRef ReadRef(JsonElement json) => new(new(Names.Of(json[0].GetString()!)), Names.Of(json[1].GetString()!), json[2].GetString()!);

    private static void WriteIds(Utf8JsonWriter json, string name, ImmutableSortedSet<RecordId> ids)
    {
        if (ids.IsEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var id in ids)
            json.WriteStringValue(id.ToString());
        json.WriteEndArray();
    }

    private static ImmutableSortedSet<RecordId> ReadIds(JsonElement json, string name) =>
        json.TryGetProperty(name, out var ids) ? [.. ids.EnumerateArray().Select(id => RecordId.Parse(id.GetString()!))] : [];

    private static void WriteTimes(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, DateTimeOffset> times)
    {
        if (times.IsEmpty)
            return;
        json.WriteStartObject(name);
        foreach (var (field, time) in times)
            json.WriteNumber(field, Milliseconds(time));
        json.WriteEndObject();
    }

    private static ImmutableSortedDictionary<string, DateTimeOffset> ReadTimes(JsonElement json, string name) =>
        json.TryGetProperty(name, out var times)
            ? times.EnumerateObject().ToImmutableSortedDictionary(time => time.Name, time => Time(time.Value.GetInt64()), StringComparer.Ordinal)
            : ImmutableSortedDictionary.Create<string, DateTimeOffset>(StringComparer.Ordinal);

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
