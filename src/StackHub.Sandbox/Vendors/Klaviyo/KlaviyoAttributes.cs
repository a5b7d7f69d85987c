using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Sandbox.Hosting;

namespace StackHub.Sandbox.Vendors.Klaviyo;

/// <summary>A profile's attributes as a request gives them, checked; what is absent was not given, what is null is cleared.</summary>
internal sealed partial class KlaviyoAttributes
{
    public static readonly string[] Texts = ["first_name", "last_name", "organization", "locale", "title", "image"];
    public static readonly string[] Places = ["address1", "address2", "city", "country", "latitude", "longitude", "region", "zip", "timezone", "ip"];
    private readonly JsonElement json;
    private readonly KlaviyoErrors errors;
    private readonly string pointer;

    public KlaviyoAttributes(JsonElement json, KlaviyoErrors errors, string pointer = "/data/attributes")
    {
        (this.json, this.errors, this.pointer) = (json, errors, pointer);
        if (json.ValueKind != JsonValueKind.Object)
            throw errors.Invalid("'attributes' must be an object.", pointer);
        foreach (var member in json.EnumerateObject())
            Check(member);
    }

    public string? Email => json.Text("email")?.ToLowerInvariant();

    public string? Phone => json.Text("phone_number");

    public string? ExternalId => json.Text("external_id");

    public bool Has(string name) => json.TryGetProperty(name, out _);

    public string? Text(string name) => json.Text(name);

    public IEnumerable<JsonProperty> In(string name) => json.Member(name) is { ValueKind: JsonValueKind.Object } inner ? inner.EnumerateObject() : [];

    private void Check(JsonProperty member)
    {
        var value = member.Value;
        switch (member.Name)
        {
            case "email" when value.ValueKind == JsonValueKind.String && !EmailShape().IsMatch(value.GetString()!):
                throw errors.Invalid("Invalid email address", $"{pointer}/email");
            case "phone_number" when value.ValueKind == JsonValueKind.String && !PhoneShape().IsMatch(value.GetString()!):
                throw errors.Invalid("Invalid phone number format (Example of a valid format: +12345678901)", $"{pointer}/phone_number");
            case "email" or "phone_number" or "external_id":
                RequireText(member, pointer);
                break;
            case "location":
                CheckPlaces(value);
                break;
            case "properties" when value.ValueKind is JsonValueKind.Object or JsonValueKind.Null:
                break;
            default:
                if (!Texts.Contains(member.Name))
                    throw errors.Invalid($"'{member.Name}' is not a valid field for the resource 'profile'.", $"{pointer}/{member.Name}");
                RequireText(member, pointer);
                break;
        }
    }

    private void CheckPlaces(JsonElement location)
    {
        if (location.ValueKind != JsonValueKind.Object)
            throw errors.Invalid("'location' must be an object.", $"{pointer}/location");
        foreach (var place in location.EnumerateObject())
        {
            if (!Places.Contains(place.Name))
                throw errors.Invalid($"'{place.Name}' is not a valid field of 'location'.", $"{pointer}/location/{place.Name}");
            if (place.Name is not ("latitude" or "longitude"))
                RequireText(place, $"{pointer}/location");
        }
    }

    private void RequireText(JsonProperty member, string inside)
    {
        if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            throw errors.Invalid($"'{member.Name}' must be a string.", $"{inside}/{member.Name}");
    }

    [GeneratedRegex(@"^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$")]
    private static partial Regex EmailShape();

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex PhoneShape();
}
