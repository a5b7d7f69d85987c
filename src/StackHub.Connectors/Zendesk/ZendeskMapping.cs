using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Zendesk;

/// <summary>Zendesk's records to vendor fields and back; pure.</summary>
internal static class ZendeskMapping
{
    /// <summary>The fields that were asked for, as far as the item tells them.</summary>
    public static ExternalRecord ToRecord(ZendeskType type, ZendeskItem item, ExternalRef @ref, DateTimeOffset modifiedAt, IReadOnlyList<string> fields)
    {
        var values = new Dictionary<string, ExternalValue>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (TryRead(type, item, field, out var text))
                values[field] = new ExternalValue(text);
        }
        return new ExternalRecord(@ref, modifiedAt, values) { Complete = fields.All(values.ContainsKey) };
    }

    /// <summary>The written fields as they are stored now.</summary>
    public static Dictionary<string, string?> Stored(ZendeskType type, ZendeskItem item, IEnumerable<FieldWrite> fields)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (TryRead(type, item, field.VendorField, out var text))
                values[field.VendorField] = text;
        }
        return values;
    }

    /// <summary>A new record: the hub's id in external_id is unique there, so that a repeat cannot make a second one.</summary>
    public static JsonObject CreateBody(ZendeskType type, RecordWrite write)
    {
        var body = Body(type, write, new ZendeskItem(default));
        body["external_id"] = write.HubId.ToString();
        if (type.IsUsers)
            body["role"] = "end-user";
        return body;
    }

    /// <param name="current">The record as it is, for what a write must know of it: the other half of a name, further domains.</param>
    public static JsonObject UpdateBody(ZendeskType type, RecordWrite write, ZendeskItem current)
    {
        var body = Body(type, write, current);
        body["id"] = long.Parse(write.Target!, CultureInfo.InvariantCulture);
        return body;
    }

    private static JsonObject Body(ZendeskType type, RecordWrite write, ZendeskItem current)
    {
        var creates = write.Target is null;
        var (body, custom) = (new JsonObject(), new JsonObject());
        foreach (var field in write.Fields.Where(field => !(creates && field.Value.IsBlank)))
        {
            if (type.IsCustom(field.VendorField))
                custom[type.KeyOf(field.VendorField)] = Node(field);
            else if (field.VendorField == ZendeskFields.Domain)
                body["domain_names"] = Domains(current, field.Value.Text);
            else if (field.VendorField != ZendeskFields.Email || IsNewAddress(current, field.Value.Text))
                body[field.VendorField] = field.VendorField == ZendeskFields.Tags ? Set(field.Value.Text) : Node(field);
        }
        if (type.IsUsers)
            AddName(write, current, body, custom);
        if (custom.Count > 0)
            body[type.Fields] = custom;
        if (body.ContainsKey(ZendeskFields.Email))
            body["skip_verify_email"] = true; // else Zendesk writes to the person
        return body;
    }

    /// <summary>An address is only ever added by a write; taking it away is a call of its own.</summary>
    private static bool IsNewAddress(ZendeskItem current, string? address) =>
        address is not null && !address.Equals(current.Email, StringComparison.OrdinalIgnoreCase);

    /// <summary>The one name follows the two. A user that has only the one keeps both halves of it: they are stored before it is no longer read.</summary>
    private static void AddName(RecordWrite write, ZendeskItem current, JsonObject body, JsonObject custom)
    {
        var writesParts = write.Fields.Any(field => ZendeskFields.IsNamePart(field.VendorField));
        if (body.ContainsKey(ZendeskFields.Name) || (!writesParts && write.Target is not null))
            return;
        var (first, last) = (Part(write, current, ZendeskFields.FirstName), Part(write, current, ZendeskFields.LastName));
        if (writesParts && current.IsPresent && HasNoNameParts(current))
        {
            custom["first_name"] = first;
            custom["last_name"] = last;
        }
        body[ZendeskFields.Name] = ZendeskName.Of(first, last, write.Fields.FirstOrDefault(field => field.VendorField == ZendeskFields.Email).Value.Text ?? current.Email);
    }

    private static string? Part(RecordWrite write, ZendeskItem current, string field)
    {
        foreach (var written in write.Fields)
            if (written.VendorField == field)
                return written.Value.Text;
        return TryRead(ZendeskType.Users, current, field, out var text) ? text : null;
    }

    private static bool TryRead(ZendeskType type, ZendeskItem item, string field, out string? text)
    {
        text = null;
        if (!item.IsPresent)
            return false;
        if (ZendeskFields.IsNamePart(field) && HasNoNameParts(item))
            return TryReadNamePart(item, field, out text);
        if (type.IsCustom(field))
        {
            // A field without a value may be left out, so in a record that shows custom fields "absent" is "blank".
            return item.Child(type.Fields) is { } custom && (custom.Get(type.KeyOf(field)) is not { } value || TryText(value, out text));
        }
        if (field == ZendeskFields.Domain)
        {
            text = item.Texts("domain_names") is [var first, ..] ? first : null;
            return item.Get("domain_names") is not null;
        }
        if (item.Get(field) is { } found)
            return TryText(found, out text);
        return field == ZendeskFields.Email && item.Get("role") is not null; // a whole user without an address
    }

    private static bool TryReadNamePart(ZendeskItem item, string field, out string? text)
    {
        var (first, last) = ZendeskName.Split(item.Name);
        text = field == ZendeskFields.FirstName ? first : last;
        return item.Name is not null;
    }

    private static bool HasNoNameParts(ZendeskItem item) =>
        item.Child("user_fields") is not { } custom || (string.IsNullOrEmpty(custom.Text("first_name")) && string.IsNullOrEmpty(custom.Text("last_name")));

    private static bool TryText(JsonElement value, out string? text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } said ? said : null,
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number when value.TryGetDecimal(out var number) => number.ToString("0.############################", CultureInfo.InvariantCulture),
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(one => one.ToString()).Order(StringComparer.Ordinal)) is { Length: > 0 } set ? set : null,
            _ => null,
        };
        return value.ValueKind != JsonValueKind.Object;
    }

    /// <summary>The hub knows one domain, Zendesk many: only the first is ours to change.</summary>
    private static JsonArray Domains(ZendeskItem current, string? domain)
    {
        var others = current.IsPresent ? current.Texts("domain_names").Skip(1).Where(other => !other.Equals(domain, StringComparison.OrdinalIgnoreCase)) : [];
        return Array(domain is null ? others : others.Prepend(domain));
    }

    private static JsonArray Set(string? text) => Array((text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries));

    private static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode?)JsonValue.Create(text))];

    private static JsonNode? Node(FieldWrite field) => (field.Type, field.Value.Text) switch
    {
        (FieldType.Text or FieldType.Phone, null) => "", // null leaves a phone number as it is
        (_, null) => null,
        (FieldType.Boolean, var text) => text == "true",
        (FieldType.Number, var text) when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) =>
            decimal.Truncate(number) == number && Math.Abs(number) <= long.MaxValue ? (long)number : number,
        (FieldType.Reference, var text) when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
        (_, var text) => text,
    };
}
