using System.Text;
using System.Text.RegularExpressions;

namespace StackHub.Storage;

/// <summary>Azure Storage Queues' published limits, enforced before anything is sent, on every store alike.</summary>
public static partial class QueueLimits
{
    public const int MaxBodyBytes = 65_536;
    public const int MaxReceive = 32;
    public static readonly TimeSpan MaxVisibility = TimeSpan.FromDays(7);

    public static void CheckName(string queue)
    {
        if (!NamePattern().IsMatch(queue))
            throw new ArgumentException($"Queue name '{queue}': 3 to 63 lower-case letters, digits and single hyphens, starting and ending with a letter or digit.", nameof(queue));
    }

    public static void CheckBody(string body)
    {
        var bytes = Encoding.UTF8.GetByteCount(body);
        if (bytes > MaxBodyBytes)
            throw new ArgumentException($"A queue message is at most {MaxBodyBytes} bytes; this one has {bytes}. Put it in a blob and send its name.", nameof(body));
    }

    public static void CheckReceive(int max, TimeSpan visibility)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxReceive);
        CheckDelay(visibility);
    }

    public static void CheckDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, MaxVisibility);
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex NamePattern();
}
