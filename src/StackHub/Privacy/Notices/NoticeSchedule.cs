namespace StackHub.Privacy.Notices;

/// <summary>When a notice that was not taken is tried again: pure.</summary>
public static class NoticeSchedule
{
    /// <summary>After so long nobody will take it any more; an officer is told.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <param name="tries">Failures so far, this one included.</param>
    public static DateTimeOffset? Next(int tries, DateTimeOffset since, DateTimeOffset now)
    {
        if (now - since >= GiveUpAfter)
            return null;
        var delay = First * Math.Pow(2, Math.Min(tries - 1, 20));
        return now + (delay < Longest ? delay : Longest);
    }
}
