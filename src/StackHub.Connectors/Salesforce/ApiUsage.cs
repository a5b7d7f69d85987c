using System.Globalization;

namespace StackHub.Connectors.Salesforce;

/// <summary>The organisation's calls of the last 24 hours, of all its clients, as each answer tells them.</summary>
public sealed record ApiUsage(int Used, int Allowed)
{
    /// <summary>Reads "api-usage=18/5000" out of Sforce-Limit-Info; other parts of it are left alone.</summary>
    public static ApiUsage? TryParse(string? header)
    {
        var part = (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries).FirstOrDefault(entry => entry.StartsWith("api-usage=", StringComparison.Ordinal));
        var numbers = part?["api-usage=".Length..].Split('/');
        return numbers is [var used, var allowed] && Number(used) is { } u && Number(allowed) is { } a ? new(u, a) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
