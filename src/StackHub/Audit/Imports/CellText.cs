using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace StackHub.Audit.Imports;

/// <summary>Reads what people and exports write into cells. What could mean two things is refused.</summary>
internal static class CellText
{
    private static readonly LocalDatePattern[] Days =
        [LocalDatePattern.Iso, LocalDatePattern.CreateWithInvariantCulture("uuuu/MM/dd"), LocalDatePattern.CreateWithInvariantCulture("dd.MM.uuuu")];

    private static readonly string[] Yes = ["yes", "y", "true", "1", "x", "signed", "enabled"];
    private static readonly string[] No = ["no", "n", "false", "0", "missing", "none", "disabled"];

    public static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? YesNo(string text) =>
        Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? true : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? false : null;

    /// <summary>"1,234.50", "1.234,50", "$75", "75 EUR".</summary>
    public static decimal? Money(string text)
    {
        var digits = text.Trim(' ', '\u00a0', '$', '€', '£', '¥').TrimEnd([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ "]).TrimStart([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ$€£ "]);
        var (comma, point) = (digits.LastIndexOf(','), digits.LastIndexOf('.'));
        var isDecimalComma = comma > point && (point >= 0 || (digits.Length - comma - 1 is 1 or 2 && digits.IndexOf(',', StringComparison.Ordinal) == comma));
        var plain = isDecimalComma ? digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : digits.Replace(",", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    /// <summary>A date, or the date of a date and time.</summary>
    public static LocalDate? Day(string text)
    {
        // Most rows of a large file are of this form, and a pattern takes ten times as long.
        if (text.Length >= 10 && text[4] == '-' && text[7] == '-' && (text.Length == 10 || text[10] is 'T' or ' '))
            return Digits(text, 0, 4) is { } year and > 0 && Digits(text, 5, 2) is { } month and >= 1 and <= 12 && Digits(text, 8, 2) is { } day && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new(year, month, day) : null;
        foreach (var pattern in Days)
            if (pattern.Parse(text) is { Success: true } date)
                return date.Value;
        return null;
    }

    private static int? Digits(string text, int from, int count) =>
        int.TryParse(text.AsSpan(from, count), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
