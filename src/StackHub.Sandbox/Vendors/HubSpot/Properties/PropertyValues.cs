using System.Globalization;
using System.Text.RegularExpressions;

namespace StackHub.Sandbox.Vendors.HubSpot.Properties;

/// <summary>Checks a value against its property and gives the form HubSpot stores.</summary>
internal static partial class PropertyValues
{
    private const int LongestText = 65_536;

    /// <summary>The stored form, or the problem; the empty string clears and always fits.</summary>
    public static (string Value, HubSpotProblem? Problem) Stored(PropertyDefinition property, string value)
    {
        if (value.Length == 0)
            return ("", null);
        return property.Type switch
        {
            "number" => Checked(property, value.Trim(), double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "INVALID_NUMBER", $"{value} was not a valid number."),
            "bool" => Checked(property, value.ToLowerInvariant(), value.ToLowerInvariant() is "true" or "false", "INVALID_OPTION", $"{value} was not one of the allowed options: [true, false]"),
            "datetime" => Time(value) is { } time ? (Stamp(time), null) : Bad(property, "INVALID_DATE", $"{value} was not a valid long."),
            "date" => Day(value) is { } day ? (day, null) : Bad(property, "INVALID_DATE", $"{value} is not a valid date; it must be midnight UTC or yyyy-MM-dd."),
            "enumeration" => Choice(property, value),
            _ when property.Name == "email" => Email(property, value.Trim().ToLowerInvariant()),
            _ => Checked(property, value, value.Length <= LongestText, "INVALID_LENGTH", $"Property value is too long (max {LongestText} characters)."),
        };
    }

    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time written as ISO 8601 or as milliseconds since 1970.</summary>
    public static DateTimeOffset? Time(string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return Math.Abs(milliseconds) < 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        return value.Length >= 10 && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
    }

    private static string? Day(string value) => Time(value) is { } time && time.TimeOfDay == TimeSpan.Zero
        ? time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;

    private static (string, HubSpotProblem?) Choice(PropertyDefinition property, string value)
    {
        if (property.Options.Count == 0)
            return (value, null);
        var unknown = property.FieldType == "checkbox"
            ? value.Split(';').FirstOrDefault(one => !property.Options.Contains(one))
            : property.Options.Contains(value) ? null : value;
        return unknown is null ? (value, null) : Bad(property, "INVALID_OPTION", $"{unknown} was not one of the allowed options: [{string.Join(", ", property.Options)}]");
    }

    private static (string, HubSpotProblem?) Email(PropertyDefinition property, string value) =>
        Checked(property, value, EmailShape().IsMatch(value), "INVALID_EMAIL", $"Email address {value} is invalid");

    private static (string, HubSpotProblem?) Checked(PropertyDefinition property, string value, bool isGood, string code, string message) =>
        isGood ? (value, null) : Bad(property, code, message);

    private static (string, HubSpotProblem?) Bad(PropertyDefinition property, string code, string message) => ("", new(message, code, property.Name));

    [GeneratedRegex(@"^[^@\s,;<>""()]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,}$")]
    private static partial Regex EmailShape();
}
