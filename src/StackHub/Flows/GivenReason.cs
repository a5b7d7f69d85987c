namespace StackHub.Flows;

/// <summary>Why a person does something by hand, in their own words. It is kept for good, so it must not be about anybody: an address is refused.</summary>
public static class GivenReason
{
    public const int Longest = 300;

    /// <summary>What to write, for whoever wrote something else.</summary>
    public const string Cure = "why, in at most 300 characters and without personal data such as an address, since it stays in the ledger";

    /// <summary>Null when nothing usable was written.</summary>
    public static string? Read(string? text) =>
        text?.Trim() is { Length: > 0 and <= Longest } words && !words.Contains('@', StringComparison.Ordinal) && !words.Any(char.IsControl) ? words : null;
}
