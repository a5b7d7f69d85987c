using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StackHub.Connectors.Declarative.Templates;

/// <summary>What may be done to a value between its name and its place: encodings, and the forms vendors want times and addresses in.</summary>
internal static class Filters
{
    public const string Url = "url";

    public static readonly IReadOnlyDictionary<string, Func<string, string>> All = new Dictionary<string, Func<string, string>>(StringComparer.Ordinal)
    {
        [Url] = Uri.EscapeDataString,
        ["json"] = value => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        ["soql"] = Soql,
        ["odata"] = value => value.Replace("'", "''", StringComparison.Ordinal),
        ["lower"] = value => value.ToLowerInvariant(),
        ["md5-lower"] = value => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(value.ToLowerInvariant()))),
        ["seconds"] = value => Time(value) is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : value,
        ["unix"] = value => Time(value) is { } time ? time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : value,
        ["unix-ms"] = value => Time(value) is { } time ? time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : value,
    };

    /// <summary>Inside single quotes: https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm.</summary>
    private static string Soql(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    private static DateTimeOffset? Time(string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
