using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StackHub.Connecting;
using StackHub.Mapping;
using StackHub.Records;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Profiles to vendor fields and back; pure.</summary>
internal static class KlaviyoMapping
{
    /// <summary>The fields that were asked for, as far as the profile tells them.</summary>
    public static ExternalRecord ToRecord(KlaviyoProfile profile, ExternalRef @ref, IReadOnlyList<string> fields, string? list)
    {
        var values = new Dictionary<string, ExternalValue>(fields.Count);
        foreach (var field in fields)
        {
            if (TryRead(profile, field, list, out var text))
                values[field] = new(text);
        }

        return new(@ref, profile.Updated ?? DateTimeOffset.UnixEpoch, values) { Complete = true };
    }

    /// <summary>What the profile says now for the fields that were written.</summary>
    public static Dictionary<string, string?> Stored(KlaviyoProfile profile, RecordWrite write)
    {
        var values = new Dictionary<string, string?>(write.Fields.Count);
        foreach (var field in write.Fields.Where(field => KlaviyoFields.IsAttribute(field.VendorField)))
        {
            if (TryRead(profile, field.VendorField, list: null, out var text))
                values[field.VendorField] = text;
        }

        return values;
    }

    /// <summary>Whether the profile says what was written, in the form in which the hub compares.</summary>
    public static bool Says(KlaviyoProfile profile, RecordWrite write) => write.Fields.Where(field => KlaviyoFields.IsAttribute(field.VendorField)).All(field =>
        TryRead(profile, field.VendorField, list: null, out var text) && CanonicalText.Of(field.Type, text) == CanonicalText.Of(field.Type, field.Value.Text));

    /// <summary>Null clears, what is absent stays; consent is no attribute.</summary>
    public static JsonObject ToAttributes(RecordWrite write)
    {
        var attributes = new JsonObject();
        foreach (var field in write.Fields.Where(field => KlaviyoFields.IsAttribute(field.VendorField)))
        {
            var (container, name) = KlaviyoFields.Parts(field.VendorField);
            var holder = container is null ? attributes : (JsonObject)(attributes[container] ??= new JsonObject());
            holder[name] = Wire(field);
        }

        if (write.Target is null)
            attributes[KlaviyoFields.ExternalId] = write.HubId.ToString();
        return attributes;
    }

    public static JsonObject ToResource(RecordWrite write)
    {
        var resource = new JsonObject { ["type"] = "profile" };
        if (write.Target is { } id)
            resource["id"] = id;
        resource["attributes"] = ToAttributes(write);
        return resource;
    }

    private static bool TryRead(KlaviyoProfile profile, string field, string? list, out string? text)
    {
        text = null;
        if (field == KlaviyoFields.OptOut)
        {
            var subscription = profile.Subscription;
            text = subscription.IsOptedOut(list) ? "true" : "false";
            return subscription.Consent is not null;
        }

        var (container, name) = KlaviyoFields.Parts(field);
        var holder = container is null ? profile.Attributes : Member(profile.Attributes, container) ?? default;
        return Member(holder, name) is { } value ? TryText(value, out text) : KlaviyoFields.IsPart(field);
    }

    private static bool TryText(JsonElement value, out string? text)
    {
        text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString() is { Length: > 0 } filled ? filled : null,
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Array => CanonicalText.Join(value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)) is { Length: > 0 } set ? set : null,
            _ => null,
        };
        return value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined); // an object is more than the hub can keep
    }

    /// <summary>Attributes are texts; properties have types, by which segments compare them.</summary>
    private static JsonNode? Wire(FieldWrite field)
    {
        if (field.Value.Text is not { } text)
            return null;
        if (!KlaviyoFields.IsProperty(field.VendorField))
            return text;
        return field.Type switch
        {
            FieldType.Boolean when bool.TryParse(text, out var flag) => JsonValue.Create(flag),
            FieldType.Number when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            FieldType.Set => new JsonArray([.. CanonicalText.Split(text).Select(option => (JsonNode?)option)]),
            _ => text,
        };
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : null;
}
