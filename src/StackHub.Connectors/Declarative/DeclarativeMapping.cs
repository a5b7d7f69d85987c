using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Declarative;

/// <summary>Between records and a vendor's JSON, as the file's fields say; pure.</summary>
internal static class DeclarativeMapping
{
    public static ExternalRecord ToRecord(ObjectSpec type, JsonNode item, ExternalRef reference, IReadOnlyList<string> fields)
    {
        var values = new Dictionary<string, ExternalValue>(fields.Count);
        foreach (var name in fields)
        {
            if (Field(type, name) is { } field && TryRead(field, item, out var text))
                values[name] = new(text);
        }
        return new(reference, ModifiedOf(type, item) ?? DateTimeOffset.UnixEpoch, values) { Complete = values.Count == fields.Count, TellsChange = true };
    }

    public static string? IdOf(ObjectSpec type, JsonNode? item) => JsonPath.Text(JsonPath.At(item, type.Id));

    public static DateTimeOffset? ModifiedOf(ObjectSpec type, JsonNode? item) => Time(JsonPath.Text(JsonPath.At(item, type.Modified)));

    /// <summary>ISO text, or a count of seconds or milliseconds.</summary>
    public static DateTimeOffset? Time(string? text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return text.Length > 11 ? DateTimeOffset.FromUnixTimeMilliseconds(count) : DateTimeOffset.FromUnixTimeSeconds(count);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
    }

    /// <summary>The names of one write: {{ record.x }} a field's value, {{ fields }} all of them at their places, {{ hub.id }} and {{ id }}.</summary>
    public static Names NamesOf(ObjectSpec type, RecordWrite write, Names settings)
    {
        var (all, names) = (new JsonObject(), settings.With("hub.id", write.HubId.ToString()).With("id", write.Target));
        foreach (var given in Written(type, write))
        {
            var wire = Wire(given.Field, given.Write);
            names = names.With($"record.{given.Field.Name}", JsonPath.Text(given.Field.IsList ? JsonPath.At(wire, "0") : wire));
            JsonPath.Put(all, given.Field.Path, wire);
            if (given.Field.Type == FieldType.Email)
                names = names.With("email", given.Write.Value.Text);
        }
        return names.With("fields", all);
    }

    /// <summary>What goes with the record itself: not the switch that is a call of its own, nor what is only read.</summary>
    public static IEnumerable<(FieldSpec Field, FieldWrite Write)> Written(ObjectSpec type, RecordWrite write) =>
        from given in write.Fields
        let field = Field(type, given.VendorField)
        where field is { ReadOnly: false } && field.Name != type.Consent?.Field
        select (field, given);

    private static FieldSpec? Field(ObjectSpec type, string name) => type.Fields.FirstOrDefault(field => field.Name == name);

    private static bool TryRead(FieldSpec field, JsonNode item, out string? text)
    {
        var node = JsonPath.At(item, field.Path);
        text = node is JsonArray list
            ? field.IsList ? JsonPath.Text(list.FirstOrDefault()) : CanonicalText.Join(list.Select(JsonPath.Text).OfType<string>()) is { Length: > 0 } set ? set : null
            : JsonPath.Text(node);
        if (field.Values.Count == 0)
            return node is not JsonObject && JsonPath.Has(item, field.Path);
        var word = text;
        text = field.Values.FirstOrDefault(value => value.Value == word).Key;
        return text is not null;
    }

    private static JsonNode? Wire(FieldSpec field, FieldWrite write)
    {
        if (write.Value.Text is not { } text)
            return field.IsList ? new JsonArray() : field.Blank == BlankAs.Empty ? JsonValue.Create("") : null;
        JsonNode? node = field.Values.TryGetValue(text, out var word) ? JsonValue.Create(word) : field.Type switch
        {
            FieldType.Boolean when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            FieldType.Number when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            FieldType.Set => new JsonArray([.. CanonicalText.Split(text).Select(option => (JsonNode?)JsonValue.Create(option))]),
            _ => JsonValue.Create(text),
        };
        return field.IsList ? new JsonArray(node) : node;
    }
}
