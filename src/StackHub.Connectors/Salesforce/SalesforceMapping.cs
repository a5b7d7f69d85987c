using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>Rows to changes and writes to records; pure both ways.</summary>
internal static class SalesforceMapping
{
    /// <summary>What one row says: gone, moved on, or these values.</summary>
    public static Change ToChange(SystemId system, SalesforceObject type, JsonElement row, RowContext context)
    {
        var self = type.Ref(system, SalesforceRow.Id(row));
        if (MovedTo(system, type, row) is { } survivor)
            return new Change.Moved(self, survivor, SalesforceRow.Stamp(row));
        return SalesforceRow.Is(row, "IsDeleted")
            ? new Change.Deleted(self, SalesforceRow.Stamp(row))
            : new Change.Seen(ToRecord(self, row, context));
    }

    /// <summary>The survivor of a merge or the contact of a converted lead; null when the record goes on as itself.</summary>
    public static ExternalRef? MovedTo(SystemId system, SalesforceObject type, JsonElement row)
    {
        if (SalesforceRow.Is(row, "IsDeleted") && SalesforceRow.Text(row, "MasterRecordId") is { } master)
            return type.Ref(system, master);
        return SalesforceRow.Is(row, "IsConverted") && SalesforceRow.Text(row, "ConvertedContactId") is { } contact
            ? SalesforceObject.Contact.Ref(system, contact)
            : null;
    }

    /// <summary>A record as a collections call wants it; <paramref name="key"/> is the field the vendor finds it by.</summary>
    public static void WriteRecord(Utf8JsonWriter json, string type, KeyValuePair<string, string>? key, IEnumerable<FieldWrite> fields)
    {
        json.WriteStartObject();
        if (key is { } found)
            json.WriteString(found.Key, found.Value);
        json.WriteStartObject("attributes");
        json.WriteString("type", type);
        json.WriteEndObject();
        foreach (var field in fields)
            WriteField(json, field);
        json.WriteEndObject();
    }

    private static ExternalRecord ToRecord(ExternalRef self, JsonElement row, RowContext context)
    {
        var fields = new Dictionary<string, ExternalValue>(context.Fields.Count, StringComparer.Ordinal);
        foreach (var field in context.Fields.Where(field => SalesforceRow.Has(row, field)))
        {
            var text = SalesforceRow.Text(row, field);
            fields[field] = new(text, context.History.At(self.Id, field, text));
        }

        if (context.Roles is { } roles)
            fields[SalesforceMaps.ContactRoles] = new(roles.Text(self.Id), roles.At(self.Id));
        return new(self, SalesforceRow.ModifiedAt(row), fields) { Complete = context.Complete && fields.Count == context.Asked };
    }

    private static void WriteField(Utf8JsonWriter json, FieldWrite field)
    {
        json.WritePropertyName(field.VendorField);
        SalesforceValue.Write(json, field);
    }
}
