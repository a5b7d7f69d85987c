namespace StackHub.Privacy.Consent;

/// <summary>
/// The browser's opt-out of sale and sharing (https://www.w3.org/TR/gpc/), binding under 11 CCR 7025. The header has one value, 1; all
/// else, and its absence, is no signal.
/// </summary>
public static class GlobalPrivacyControl
{
    public const string Header = "Sec-GPC";

    /// <summary>What the visitor is shown: that it was processed has to be displayed since 2026 (11 CCR 7025(c)(6)).</summary>
    private const string Confirmation = "Opt-out request honored: your browser sends the Global Privacy Control signal.";

    /// <param name="header">The field's value as it came, several joined by commas; null without one.</param>
    public static bool IsOptOut(string? header) => header?.Trim(' ', '\t') == "1";

    public static PrivacySignalReceipt Receipt(DateTimeOffset at, ConsentSpeaker speaker) => new(
        speaker is { Person: null, Email: null }
            ? $"{Confirmation} Data of this browser is not sold or shared. Sign in, and it holds for your account too."
            : $"{Confirmation} Data of this browser and of your account is not sold or shared. It stays so when the signal is off.",
        SaleOptOutDates.DueBy(SaleOptOutDates.CaliforniaDay(at)));
}

/// <summary>What a visitor with a signal is told.</summary>
/// <param name="DueBy">When every system has to have it.</param>
public sealed record PrivacySignalReceipt(string Confirmation, DateOnly DueBy);
