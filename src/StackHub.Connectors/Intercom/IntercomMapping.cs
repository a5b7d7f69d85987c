using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Intercom;

/// <summary>Intercom's records to vendor fields and back; pure.</summary>
internal static class IntercomMapping
{
    private const int AttributeLength = 255;
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static ObjectMap CompanyMap { get; } = new(IntercomFields.Companies, RecordKind.Account,
    [
        new("name", "name"),
        new("domain", "website") { Inbound = ["domain"] },
        new("employees", IntercomFields.Size) { Type = FieldType.Number },
        new("industry", "industry"),
    ]);

    public static ObjectMap ContactMap { get; } = new(IntercomFields.Contacts, RecordKind.Person,
    [
        new("email", IntercomFields.Email) { Type = FieldType.Email },
        new("firstName", IntercomFields.FirstName) { MaxLength = AttributeLength },
        new("lastName", IntercomFields.LastName) { MaxLength = AttributeLength },
        new("phone", "phone") { Type = FieldType.Phone },
        new("title", "custom_attributes.job_title") { MaxLength = AttributeLength },
        new("account", IntercomFields.Company) { Type = FieldType.Reference, To = RecordKind.Account },
        new("emailOptOut", "unsubscribed_from_emails") { Type = FieldType.Boolean },
        new("lifecycleStage", "custom_attributes.lifecycle_stage") { MaxLength = AttributeLength },
        new("leadScore", "custom_attributes.lead_score") { Type = FieldType.Number },
    ]);

    private static readonly FrozenSet<string> OptionalInCompanies = FrozenSet.Create(IntercomFields.Size, "website", "industry");

    public static ImmutableArray<ObjectMap> DefaultMaps { get; } = [CompanyMap, ContactMap];

    /// <summary>The fields that were asked for, as far as the item tells them.</summary>
    public static ExternalRecord ToRecord(IntercomItem item, ExternalRef @ref, DateTimeOffset modifiedAt, IReadOnlyList<string> fields)
    {
        var values = ValuesOf(item, fields);
        return new ExternalRecord(@ref, modifiedAt, values) { Complete = fields.All(f => values.ContainsKey(f) || IsUndecided(item, f)) };
    }

    /// <summary>Everything a webhook's item tells: the default fields, and whatever else is in it.</summary>
    public static ExternalRecord ToRecord(IntercomItem item, ExternalRef @ref, DateTimeOffset modifiedAt)
    {
        var map = @ref.ObjectType == IntercomFields.Contacts ? ContactMap : CompanyMap;
        string[] known = [.. map.Fields.Select(f => f.VendorField)];
        string[] all = [.. known.Concat(item.Keys).Concat(CustomFieldsOf(item)).Distinct()];
        var values = ValuesOf(item, all);
        return new ExternalRecord(@ref, modifiedAt, values) { Complete = known.All(f => values.ContainsKey(f) || IsUndecided(item, f)) };
    }

    public static Dictionary<string, string?> Stored(IntercomItem item, IEnumerable<string> fields) =>
        ValuesOf(item, fields).ToDictionary(v => v.Key, v => v.Value.Text);

    /// <summary>The body of a contact or company write, without what a second step writes.</summary>
    public static JsonObject ToBody(RecordWrite write)
    {
        var creates = write.Target is null;
        var body = new JsonObject();
        var custom = new JsonObject();
        foreach (var field in write.Fields.Where(f => f.VendorField != IntercomFields.Company && !(creates && f.Value.IsBlank)))
        {
            if (IntercomFields.IsCustom(field.VendorField))
                custom[IntercomFields.AttributeOf(field.VendorField)] = AttributeNode(field);
            else
                body[field.VendorField] = write.ObjectType == IntercomFields.Contacts ? ContactNode(field) : CompanyNode(field);
        }
        if (custom.Count > 0)
            body["custom_attributes"] = custom;
        return body;
    }

    /// <summary>The one name for people to read, from the two parts the item has stored.</summary>
    public static string? NameOf(IntercomItem contact) =>
        IntercomName.Join(TextOf(contact, IntercomFields.FirstName), TextOf(contact, IntercomFields.LastName));

    /// <summary>The half of the name that is only in the contact's one name; null when it is stored, or there is none.</summary>
    public static (string Field, string Text)? OtherNamePart(IntercomItem contact, string written)
    {
        if (!HasNoNameParts(contact))
            return null;
        var (first, last) = IntercomName.Split(contact.Name);
        var (field, text) = written == IntercomFields.FirstName ? (IntercomFields.LastName, last) : (IntercomFields.FirstName, first);
        return text is null ? null : (field, text);
    }

    private static Dictionary<string, ExternalValue> ValuesOf(IntercomItem item, IEnumerable<string> fields)
    {
        var values = new Dictionary<string, ExternalValue>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            if (TryRead(item, field, out var text))
                values[field] = new ExternalValue(text);
        }
        return values;
    }

    private static bool TryRead(IntercomItem item, string field, out string? text)
    {
        if (field == IntercomFields.Company)
            return TryReadCompany(item, out text);
        if (IntercomFields.IsNamePart(field) && HasNoNameParts(item))
            return TryReadNamePart(item, field, out text);
        if (IntercomFields.IsCustom(field))
        {
            text = null;
            var attributes = item.Child("custom_attributes");
            // Intercom leaves attributes without a value out, so in a record that shows attributes "absent" is "blank".
            return attributes is not null && (attributes.Value.Get(IntercomFields.AttributeOf(field)) is not { } value || TryText(field, value, out text));
        }
        text = null;
        if (ByPath(item, field) is not { } found)
            return OptionalInCompanies.Contains(field) && item.Get("company_id") is not null; // a whole company leaves out what it has not
        if (!TryText(field, found, out text))
            return false;
        // A company's size cannot be null, so "unknown" is written and read as 0.
        if (field == IntercomFields.Size && text == "0")
            text = null;
        return true;
    }

    private static bool TryReadCompany(IntercomItem item, out string? text)
    {
        text = item.Companies?.Only;
        return text is not null || item.Companies is { IsNone: true };
    }

    /// <summary>Attached to several companies: Intercom says nothing of which one counts, so the field stays unknown.</summary>
    private static bool IsUndecided(IntercomItem item, string field) => field == IntercomFields.Company && item.Companies is not null;

    private static bool TryReadNamePart(IntercomItem item, string field, out string? text)
    {
        var (first, last) = IntercomName.Split(item.Name);
        text = field == IntercomFields.FirstName ? first : last;
        return item.Get(IntercomFields.Name) is not null;
    }

    private static bool HasNoNameParts(IntercomItem item) =>
        string.IsNullOrEmpty(TextOf(item, IntercomFields.FirstName)) && string.IsNullOrEmpty(TextOf(item, IntercomFields.LastName));

    private static string? TextOf(IntercomItem item, string customField) =>
        item.Child("custom_attributes")?.Text(IntercomFields.AttributeOf(customField));

    private static JsonElement? ByPath(IntercomItem item, string field)
    {
        var parts = field.Split('.', 2);
        return parts.Length == 1 ? item.Get(field) : item.Child(parts[0])?.Get(parts[1]);
    }

    private static IEnumerable<string> CustomFieldsOf(IntercomItem item) =>
        item.Child("custom_attributes")?.Keys.Select(k => IntercomFields.CustomPrefix + k) ?? [];

    private static bool TryText(string field, JsonElement value, out string? text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => NumberText(field, value),
            _ => null,
        };
        return text is not null || value.ValueKind == JsonValueKind.Null;
    }

    private static string? NumberText(string field, JsonElement value)
    {
        // Intercom's dates are Unix seconds, and the names of its date fields end in "_at", custom ones too.
        if (field.EndsWith("_at", StringComparison.Ordinal) && value.TryGetInt64(out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString(InstantFormat);
        return value.TryGetDecimal(out var number) ? number.ToString("0.############################", CultureInfo.InvariantCulture) : value.GetRawText();
    }

    private static JsonNode? ContactNode(FieldWrite field) => field.VendorField switch
    {
        // Not nullable in the vendor's description, unlike the phone and the name.
        IntercomFields.Email or "role" or "external_id" => field.Value.Text ?? "",
        IntercomFields.Owner => field.Value.Text is { } owner ? WholeNumber(owner) : null,
        _ => AttributeNode(field),
    };

    private static JsonNode? CompanyNode(FieldWrite field) => field.VendorField switch
    {
        IntercomFields.Size or "monthly_spend" => WholeNumber(field.Value.Text),
        "remote_created_at" => AttributeNode(field),
        _ => field.Value.Text ?? "",
    };

    private static JsonNode WholeNumber(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= int.MaxValue
            ? (long)decimal.Truncate(number)
            : text is null ? 0 : text; // what is no number goes as it is, for the vendor to refuse

    private static JsonNode? AttributeNode(FieldWrite field) => (field.Type, field.Value.Text) switch
    {
        (_, null) => null,
        (FieldType.Boolean, "true") => true,
        (FieldType.Boolean, "false") => false,
        (FieldType.Number, var text) when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => NumberNode(number),
        (FieldType.Date or FieldType.Instant, var text) when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time.ToUnixTimeSeconds(),
        (_, var text) => text,
    };

    private static JsonNode NumberNode(decimal number) =>
        decimal.Truncate(number) == number && Math.Abs(number) <= long.MaxValue ? (long)number : number;
}
