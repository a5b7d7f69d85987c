using System.Globalization;
using StackHub.Records;

namespace StackHub.Mapping;

/// <summary>The canonical text of each <see cref="FieldType"/>: the form in which values of all systems are compared.</summary>
public static class CanonicalText
{
    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", "yyyy-MM-dd'T'HH:mm:ss'+0000'"];

    /// <summary>Null when the text is not of the type; blank text is a blank value of every type.</summary>
    public static FieldValue? Of(FieldType type, string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return FieldValue.Blank;
        return type switch
        {
            FieldType.Email => new(Lower(Same(text!, trimmed))),
            FieldType.Phone => new(Phone(Same(text!, trimmed))),
            FieldType.Number => Number(trimmed),
            FieldType.Boolean => Boolean(trimmed),
            FieldType.Date => Date(trimmed),
            FieldType.Instant => Instant(trimmed),
            FieldType.Set or FieldType.References => new(Set(trimmed)),
            _ => new(Same(text!, trimmed)),
        };
    }

    /// <summary>The options of a set value.</summary>
    public static string[] Split(string? set) => set?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>A set value from its options: distinct, ordinal order, joined by ';'.</summary>
    public static string Join(IEnumerable<string> options) => string.Join(';', options.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private static string Same(string text, ReadOnlySpan<char> trimmed) => trimmed.Length == text.Length ? text : trimmed.ToString();

    private static string Lower(string text)
    {
        foreach (var character in text)
            if (character is >= 'A' and <= 'Z' || character > 127)
                return text.ToLowerInvariant();
        return text;
    }

    /// <summary>International numbers lose their punctuation; anything else stays as it was typed.</summary>
    private static string Phone(string text)
    {
        if (text[0] != '+')
            return text;
        Span<char> digits = stackalloc char[17];
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsAsciiDigit(character) || (character == '+' && length == 0))
            {
                if (length == 16)
                    return text;
                digits[length++] = character;
            }
            else if (character is not (' ' or '-' or '.' or '(' or ')' or '/' or '\u00A0'))
            {
                return text;
            }
        }
        return length is < 8 or > 16 || digits[1] == '0' ? text : length == text.Length ? text : digits[..length].ToString();
    }

    private static FieldValue? Number(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? new(number.ToString("0.############################", CultureInfo.InvariantCulture))
            : null;

    private static FieldValue? Boolean(ReadOnlySpan<char> text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) || text is "1" || text.Equals("yes", StringComparison.OrdinalIgnoreCase) ? new("true")
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) || text is "0" || text.Equals("no", StringComparison.OrdinalIgnoreCase) ? new("false")
        : null;

    private static FieldValue? Date(ReadOnlySpan<char> text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return new(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return Time(text) is { } time ? new(time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) : null;
    }

    private static FieldValue? Instant(ReadOnlySpan<char> text) =>
        Time(text) is { } time ? new(time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)) : null;

    private static DateTimeOffset? Time(ReadOnlySpan<char> text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && text.Length is >= 12 and <= 14)
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }

    private static string Set(ReadOnlySpan<char> text) => text.Contains(';') ? Join(Split(text.ToString())) : text.ToString();
}
