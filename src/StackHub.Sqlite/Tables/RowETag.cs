using System.Globalization;

namespace StackHub.Sqlite.Tables;

/// <summary>ETags are stamps in hexadecimal; text that is none is a version no row ever had.</summary>
internal static class RowETag
{
    private const long Never = -1;

    public static string Of(long stamp) => stamp.ToString("x", CultureInfo.InvariantCulture);

    public static long Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var stamp) ? stamp : Never;
}
