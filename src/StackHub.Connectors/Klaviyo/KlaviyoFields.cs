using System.Collections.Frozen;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Names of a profile's fields: attributes, "location." and "properties." parts, and the opt-out, which is a field only to the hub.</summary>
internal static class KlaviyoFields
{
    public const string Profiles = "profiles";
    public const string Email = "email";
    public const string Phone = "phone_number";
    public const string ExternalId = "external_id";
    public const string OptOut = "subscriptions.email_opt_out";

    private const string Location = "location.";
    private const string Properties = "properties.";
    private static readonly FrozenSet<string> Containers = FrozenSet.Create("location", "properties");

    /// <summary>The object that holds the field, and its name there; no object for an attribute itself.</summary>
    public static (string? Container, string Name) Parts(string field)
    {
        var dot = field.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && Containers.Contains(field[..dot]) ? (field[..dot], field[(dot + 1)..]) : (null, field);
    }

    public static bool IsProperty(string field) => field.StartsWith(Properties, StringComparison.Ordinal);

    public static bool IsAttribute(string field) => field != OptOut;

    /// <summary>Parts that are absent from an answer have no value; an attribute that is absent is unknown.</summary>
    public static bool IsPart(string field) => IsProperty(field) || field.StartsWith(Location, StringComparison.Ordinal);

    /// <summary>"/data/attributes/location/city" is location.city.</summary>
    public static string? OfPointer(string? pointer) =>
        pointer is not null && pointer.StartsWith("/data/attributes/", StringComparison.Ordinal) ? pointer["/data/attributes/".Length..].TrimEnd('/').Replace('/', '.') : null;
}
