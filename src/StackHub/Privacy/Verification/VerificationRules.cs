namespace StackHub.Privacy.Verification;

/// <summary>The numbers that verification goes by.</summary>
public static class VerificationRules
{
    public const int CodeDigits = 8;
    public const int Tries = 3;

    /// <summary>Codes for one request within <see cref="Window"/>: neither a mailbox nor a guesser gets more.</summary>
    public const int SentInWindow = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);
}
