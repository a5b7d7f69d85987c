namespace StackHub.Sandbox.Vendors.Salesforce;

/// <summary>Salesforce ids: 15 case-sensitive characters, or the same with three check characters.</summary>
internal static class SalesforceIds
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Check = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

    public static string Make(string prefix, long number)
    {
        Span<char> id = stackalloc char[15];
        prefix.CopyTo(id);
        "Hx0000".CopyTo(id[3..]);
        for (var at = 14; at >= 9; at--, number /= 62)
            id[at] = Digits[(int)(number % 62)];
        return With18(id);
    }

    /// <summary>The 18-character form; null when the text is no id.</summary>
    public static string? Normal(string? id) => id switch
    {
        { Length: 15 } when id.All(char.IsAsciiLetterOrDigit) => With18(id),
        { Length: 18 } when id.All(char.IsAsciiLetterOrDigit) => With18(id.AsSpan(0, 15)) is var full && full.Equals(id, StringComparison.OrdinalIgnoreCase) ? full : null,
        _ => null,
    };

    private static string With18(ReadOnlySpan<char> id15)
    {
        Span<char> full = stackalloc char[18];
        id15.CopyTo(full);
        for (var block = 0; block < 3; block++)
        {
            var bits = 0;
            for (var at = 0; at < 5; at++)
                bits |= char.IsAsciiLetterUpper(id15[(block * 5) + at]) ? 1 << at : 0;
            full[15 + block] = Check[bits];
        }

        return new(full);
    }
}
