using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StackHub.Connecting;
using StackHub.Records;

namespace StackHub.Connectors.Salesforce;

/// <summary>The bodies and paths of collections calls; pure, so that a preview shows what a write sends.</summary>
internal static class SalesforceRequests
{
    public const string Collections = "/composite/sobjects";

    /// <summary>By our own id, so that a create that is sent again finds the record it made.</summary>
    public static string UpsertPath(string objectType, string hubIdField) => $"{Collections}/{objectType}/{hubIdField}";

    public static string DeletePath(IEnumerable<string> ids) => $"{Collections}?ids={string.Join(',', ids.Select(Uri.EscapeDataString))}";

    public static byte[] Update(IEnumerable<RecordWrite> writes) =>
        Body(writes, static (json, write) => SalesforceMapping.WriteRecord(json, write.ObjectType, new("id", write.Target!), Plain(write)));

    public static byte[] Upsert(IEnumerable<RecordWrite> writes, string hubIdField) =>
        Body(writes, (json, write) => SalesforceMapping.WriteRecord(json, write.ObjectType, new(hubIdField, write.HubId.ToString()), Plain(write)));

    public static byte[] InsertRoles(IEnumerable<(string OpportunityId, ContactRole Role)> roles) =>
        Body(roles, static (json, entry) => SalesforceMapping.WriteRecord(json, SalesforceQueries.Role, key: null,
        [
            Field("OpportunityId", entry.OpportunityId),
            Field("ContactId", entry.Role.ContactId),
            Field("Role", entry.Role.Role),
        ]));

    public static byte[] UpdateRoles(IEnumerable<ContactRole> roles) =>
        Body(roles, static (json, role) => SalesforceMapping.WriteRecord(json, SalesforceQueries.Role, new("id", role.Id), [Field("Role", role.Role)]));

    /// <summary>The fields of the record itself; contact roles are records of their own.</summary>
    public static IEnumerable<FieldWrite> Plain(RecordWrite write) => write.Fields.Where(field => field.VendorField != SalesforceMaps.ContactRoles);

    public static FieldWrite? Roles(RecordWrite write)
    {
        foreach (var field in write.Fields)
            if (field.VendorField == SalesforceMaps.ContactRoles)
                return field;
        return null;
    }

    public static string Text(byte[] body) => Encoding.UTF8.GetString(body);

    private static FieldWrite Field(string name, string? value) => new(name, Mapping.FieldType.Text, new FieldValue(value));

    private static byte[] Body<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("allOrNone", false);
            json.WriteStartArray("records");
            foreach (var item in items)
                write(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
