using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace StackHub.Storage;

/// <summary>Azure Storage Queues' published limits, enforced before anything is sent, on every store alike.</summary>
public static partial class QueueLimits
{
    public const int MaxBodyBytes = 65_536;
    public const int MaxReceive = 32;
    public static readonly TimeSpan MinReceiveVisibility = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MaxVisibility = TimeSpan.FromDays(7);

    /// <summary>A carriage return is legal in XML, but a reader makes a line feed of it.</summary>
    private static readonly SearchValues<char> XmlText =
        SearchValues.Create([.. Enumerable.Range(0, 0xFFFE).Select(character => (char)character).Where(character => character is '\t' or '\n' or >= ' ')]);

    public static bool IsName(string queue) => NamePattern().IsMatch(queue);

    public static void CheckName(string queue)
    {
        if (!IsName(queue))
            throw new ArgumentException($"Queue name '{queue}': 3 to 63 lower-case letters, digits and single hyphens, starting and ending with a letter or digit.", nameof(queue));
    }

    /// <summary>
    /// A message travels as text in XML: it is counted as XML writes it, and what XML cannot carry unchanged is refused.
    /// JSON without raw control characters always fits.
    /// </summary>
    public static void CheckBody(string body)
    {
        if (body.AsSpan().IndexOfAnyExcept(XmlText) is var index and >= 0)
            throw new ArgumentException($"A queue message may not contain the character U+{(int)body[index]:X4}.", nameof(body));
        if (!WellFormed.Is(body))
            throw new ArgumentException("A queue message is well-formed text.", nameof(body));
        var bytes = Encoding.UTF8.GetByteCount(body) + (4 * body.AsSpan().Count('&')) + (3 * (body.AsSpan().Count('<') + body.AsSpan().Count('>')));
        if (bytes > MaxBodyBytes)
            throw new ArgumentException($"A queue message is at most {MaxBodyBytes} bytes; this one has {bytes}. Put it in a blob and send its name.", nameof(body));
    }

    public static void CheckReceive(int max, TimeSpan visibility)
    {
        CheckPeek(max);
        ArgumentOutOfRangeException.ThrowIfLessThan(visibility, MinReceiveVisibility);
        CheckDelay(visibility);
    }

    public static void CheckPeek(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, MaxReceive);
    }

    public static void CheckDelay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delay, MaxVisibility);
    }

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex NamePattern();
}
