using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace StackHub.Web.Privacy.Console;

/// <summary>Reads the officers' forms.</summary>
internal static class FormValues
{
    public const int LongestText = 500;
    private const int KeySize = 16;
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Null when nothing usable was written.</summary>
    public static string? Text(this IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: > 0 and <= LongestText } text && !text.Any(letter => char.IsControl(letter) && letter is not ('\r' or '\n' or '\t')) ? text : null;

    public static IReadOnlyList<string> Lines(this IFormCollection form, string name) =>
        form[name].ToString().Split(['\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static DateOnly? Day(this IFormCollection form, string name) =>
        DateOnly.TryParseExact(form[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>As a browser's field for a moment writes it, in UTC.</summary>
    public static DateTimeOffset? Moment(this IFormCollection form, string name) =>
        DateTimeOffset.TryParseExact(form[name].ToString(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>Tells one filled-in form from another, so that sending it twice is sending it once.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeySize));
}
