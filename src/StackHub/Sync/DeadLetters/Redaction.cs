using System.Text.RegularExpressions;

namespace StackHub.Sync.DeadLetters;

/// <summary>Takes personal data out of a vendor's words: the values that were sent, anything like an address, long numbers, quoted text.</summary>
public static partial class Redaction
{
    private const int MaxLength = 500;

    public static string Of(string message, IEnumerable<string?> values)
    {
        foreach (var value in values.Where(value => value?.Length > 1).OrderByDescending(value => value!.Length))
            message = message.Replace(value!, "[value]", StringComparison.OrdinalIgnoreCase);
        message = Address().Replace(message, "[email]");
        message = Digits().Replace(message, "[number]");
        message = Quoted().Replace(message, "[text]");
        return message.Length > MaxLength ? message[..MaxLength] : message;
    }

    [GeneratedRegex(@"[^\s@<>""'(]{1,64}@[^\s@<>""')]{1,255}")]
    private static partial Regex Address();

    /// <summary>Phone numbers and the like; vendors' ids have letters or are shorter.</summary>
    [GeneratedRegex(@"\+?\d[\d ().\-]{6,}\d")]
    private static partial Regex Digits();

    [GeneratedRegex("\"[^\"]{1,200}\"|\u201C[^\u201D]{1,200}\u201D")]
    private static partial Regex Quoted();
}
