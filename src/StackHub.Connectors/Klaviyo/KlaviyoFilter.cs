using System.Globalization;

namespace StackHub.Connectors.Klaviyo;

/// <summary>Klaviyo's filter language: https://developers.klaviyo.com/en/reference/api-overview#filtering.</summary>
internal static class KlaviyoFilter
{
    public static string Any(string field, IEnumerable<string> values) => $"any({field},[{string.Join(',', values.Select(Quoted))}])";

    public static string After(string field, DateTimeOffset time) => $"greater-than({field},{Iso(time)})";

    public static string Between(string field, DateTimeOffset after, DateTimeOffset before) => $"and({After(field, after)},less-than({field},{Iso(before)}))";

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
