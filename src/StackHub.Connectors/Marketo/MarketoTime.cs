using System.Globalization;

namespace StackHub.Connectors.Marketo;

/// <summary>Marketo's way to write a moment: whole seconds, in UTC.</summary>
internal static class MarketoTime
{
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The second a moment is in.</summary>
    public static DateTimeOffset Second(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
