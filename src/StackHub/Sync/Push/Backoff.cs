namespace StackHub.Sync.Push;

/// <summary>How long to wait after so many failures: doubling from one second to five minutes, spread by a tenth so that records do not march in step.</summary>
public static class Backoff
{
    public const int MaxAttempts = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <param name="spread">0 to 255, any stable number of the record.</param>
    public static TimeSpan After(int attempts, byte spread)
    {
        var seconds = Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(attempts, 16)));
        return TimeSpan.FromSeconds(seconds * (1 + spread / 2_550.0));
    }
}
