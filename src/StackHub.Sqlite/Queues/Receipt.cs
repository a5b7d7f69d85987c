using System.Globalization;
using StackHub.Storage;

namespace StackHub.Sqlite.Queues;

/// <summary>Where a received message lies (its visible time is part of its key) and the stamp of that receipt.</summary>
internal readonly record struct Receipt(long Visible, long Stamp)
{
    public static Receipt? TryParse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && TryHex(text.AsSpan(0, dot), out var visible) && TryHex(text.AsSpan(dot + 1), out var stamp)
            ? new Receipt(visible, stamp)
            : null;
    }

    public static bool TryId(QueueMessage message, out long id) => TryHex(message.Id, out id);

    public static string Id(long id) => id.ToString("x", CultureInfo.InvariantCulture);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Visible:x}.{Stamp:x}");

    private static bool TryHex(ReadOnlySpan<char> text, out long value) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
