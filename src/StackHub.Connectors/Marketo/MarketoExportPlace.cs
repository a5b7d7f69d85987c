using System.Globalization;

namespace StackHub.Connectors.Marketo;

/// <summary>How far a full read is: which days' export, how many of its rows, and the job, whose file lives for a week.</summary>
internal sealed record MarketoExportPlace(DateTimeOffset From, DateTimeOffset To, bool IsLast, int Done = 0, string? Job = null)
{
    /// <summary>The longest range Marketo exports.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public static MarketoExportPlace Starting(DateTimeOffset from, DateTimeOffset now)
    {
        var end = MarketoTime.Second(now).AddSeconds(1); // so that this very second is in it
        return from + Longest >= end ? new(from, end, IsLast: true) : new(from, from + Longest, IsLast: false);
    }

    public MarketoExportPlace? After(DateTimeOffset now) => IsLast ? null : Starting(To, now);

    public static MarketoExportPlace? Parse(string? checkpoint) => checkpoint?.Split('|') switch
    {
        null => null,
        [var from, var to, var last, var done, var job] => new(Time(from), Time(to), last == "last", int.Parse(done, CultureInfo.InvariantCulture), job),
        _ => throw new ArgumentException("This is no checkpoint of a full read of Marketo.", nameof(checkpoint)),
    };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{From.ToUnixTimeSeconds()}|{To.ToUnixTimeSeconds()}|{(IsLast ? "last" : "more")}|{Done}|{Job}");

    private static DateTimeOffset Time(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));
}
