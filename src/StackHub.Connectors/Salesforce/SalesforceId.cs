namespace StackHub.Connectors.Salesforce;

/// <summary>Salesforce ids: 15 case-sensitive characters, or the same with a 3-character checksum of their case.</summary>
internal static class SalesforceId
{
    private const int Short = 15;
    private const string ChecksumDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    /// <summary>The 18-character form the REST API answers; what is not 15 characters long stays as it is.</summary>
    public static string Full(string id) => id.Length == Short && id.All(char.IsAsciiLetterOrDigit) ? id + Checksum(id) : id;

    /// <summary>True when both name the same record or organisation, whichever form each is in.</summary>
    public static bool Same(string left, string right) => string.Equals(Full(left), Full(right), StringComparison.Ordinal);

    /// <summary>One digit for each group of five: a bit is set where the character is upper case.</summary>
    private static string Checksum(string id) => string.Create(3, id, static (digits, source) =>
    {
        for (var group = 0; group < digits.Length; group++)
        {
            var bits = 0;
            for (var place = 0; place < 5; place++)
                bits |= char.IsAsciiLetterUpper(source[(group * 5) + place]) ? 1 << place : 0;
            digits[group] = ChecksumDigits[bits];
        }
    });
}
