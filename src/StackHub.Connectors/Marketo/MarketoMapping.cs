using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Marketo;

/// <summary>Marketo's records to vendor fields and back; pure.</summary>
internal static class MarketoMapping
{
    /// <summary>The fields that were asked for, as far as the item tells them.</summary>
    public static ExternalRecord ToRecord(MarketoItem item, ExternalRef @ref, DateTimeOffset modifiedAt, IReadOnlyList<string> fields)
    {
        var values = new Dictionary<string, ExternalValue>(fields.Count, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (item.Get(field) is not null)
                values[field] = new ExternalValue(item.Text(field));
        }

        return new ExternalRecord(@ref, modifiedAt, values) { Complete = fields.All(values.ContainsKey) };
    }

    /// <summary>Values that the log tells the change of are dated by it, if they are still the ones it tells.</summary>
    public static ExternalRecord Dated(ExternalRecord record, MarketoChange change)
    {
        var values = record.Fields.ToDictionary(
            value => value.Key,
            value => change.Fields.TryGetValue(value.Key, out var told) && told.Text == value.Value.Text ? value.Value with { At = told.At } : value.Value,
            StringComparer.Ordinal);
        // updatedAt does not move with custom fields, the log does.
        return record with { Fields = values, ModifiedAt = change.At > record.ModifiedAt ? change.At : record.ModifiedAt };
    }

    /// <summary>The fields as Marketo types them; a create leaves blank ones out.</summary>
    public static JsonObject ToBody(RecordWrite write)
    {
        var body = new JsonObject();
        foreach (var field in write.Fields.Where(f => write.Target is not null || !f.Value.IsBlank))
            body[field.VendorField] = Node(field);
        return body;
    }

    private static JsonNode? Node(FieldWrite field) => (field.Type, field.Value.Text) switch
    {
        (_, null) => null,
        (FieldType.Boolean, "true") => true,
        (FieldType.Boolean, "false") => false,
        (FieldType.Number, var text) when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => Number(number),
        (FieldType.Instant, var text) when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => MarketoTime.Text(time),
        (_, var text) => text,
    };

    /// <summary>A score or a count must be a whole number, also in how it is written.</summary>
    private static JsonNode Number(decimal number) => decimal.Truncate(number) == number && Math.Abs(number) <= long.MaxValue ? (long)number : number;
}
