using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackHub.Security;
using StackHub.Storage;

namespace StackHub.Privacy.Evidence;

/// <summary>How a chain lies in its table: a partition a request; the head, the entries, and a row for each key that was used.</summary>
internal static class LedgerRows
{
    public const string Head = "head";
    public const string Secret = "secret";
    public const string Receipt = "receipt";
    public const string EntryPrefix = "entry|";
    private const string KeyPrefix = "key|";
    private const string Mac = "Mac";

    public static string Partition(string request) => $"request|{request}";

    public static string SubjectPartition(string subject) => $"subject|{subject}";

    public static string DuePartition(DateOnly keepUntil) => $"due|{keepUntil.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    public static string EntryRow(int sequence) => EntryPrefix + sequence.ToString("00000000", CultureInfo.InvariantCulture);

    /// <summary>Keys are hashed so that any text can be one.</summary>
    public static string KeyRow(string key) => KeyPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Null for a row that is none.</summary>
    public static int? SequenceOf(string row) =>
        row.StartsWith(EntryPrefix, StringComparison.Ordinal) && int.TryParse(row.AsSpan(EntryPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && EntryRow(sequence) == row ? sequence : null;

    public static TableRow Entry(HubKeys keys, string request, int sequence, byte[] bytes)
    {
        var values = new Dictionary<string, object> { [Mac] = EntryMac(keys, request, sequence, EntryBytes.Hash(bytes)) };
        RowParts.Put(values, bytes);
        return new(Partition(request), EntryRow(sequence), values);
    }

    public static TableRow Key(string request, string key, int sequence) =>
        new(Partition(request), KeyRow(key), new Dictionary<string, object> { ["Sequence"] = sequence });

    public static TableRow HeadRow(HubKeys keys, LedgerHead head)
    {
        var values = new Dictionary<string, object>
        {
            ["Subject"] = head.Subject,
            ["Count"] = head.Count,
            ["Hash"] = head.Hash,
            ["OpenedAt"] = head.OpenedAt,
            ["Purging"] = head.Purging,
            [Mac] = HeadMac(keys, head),
        };
        if (head.ClosedAt is { } closed)
            values["ClosedAt"] = closed;
        if (head.KeepUntil is { } until)
            values["KeepUntil"] = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(Partition(head.Request), Head, values);
    }

    public static LedgerHead ReadHead(string request, TableRow row) => new(request, row.Text("Subject")!, row.Value<int>("Count")!.Value, row.Text("Hash")!, row.Value<DateTimeOffset>("OpenedAt")!.Value)
    {
        ClosedAt = row.Value<DateTimeOffset>("ClosedAt"),
        KeepUntil = row.Text("KeepUntil") is { } until ? DateOnly.ParseExact(until, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        Purging = row.Value<bool>("Purging") ?? false,
    };

    /// <summary>Null when the row is not as the hub wrote it.</summary>
    public static LedgerHead? ReadTrustedHead(HubKeys keys, string request, TableRow row)
    {
        try
        {
            var head = ReadHead(request, row);
            return Same(HeadMac(keys, head), row.Text(Mac)) && row.Values.Count == HeadRow(keys, head).Values.Count ? head : null;
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException or ArgumentException or FormatException) // a value is missing, or of another type
        {
            return null;
        }
    }

    /// <summary>Null when the row is not as the hub wrote it.</summary>
    public static EvidenceEntry? ReadTrusted(HubKeys keys, string request, int sequence, TableRow row)
    {
        if (BytesOf(row) is not { } bytes || EntryBytes.Read(bytes) is not { } entry || entry.Request != request || entry.Sequence != sequence)
            return null;
        var expected = Entry(keys, request, sequence, bytes);
        return Same(expected.Text(Mac)!, row.Values.GetValueOrDefault(Mac) as string) && row.Values.Count == expected.Values.Count ? entry : null;
    }

    private static byte[]? BytesOf(TableRow row)
    {
        try
        {
            return row.Values.ContainsKey("D0") ? RowParts.Read(row) : null;
        }
        catch (InvalidCastException) // a part is of another type
        {
            return null;
        }
    }

    private static string EntryMac(HubKeys keys, string request, int sequence, string hash) => keys.Hash("evidence entry", $"{request}|{sequence}|{hash}");

    private static string HeadMac(HubKeys keys, LedgerHead head) => keys.Hash("evidence head", head.Signed);

    private static bool Same(string expected, string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));
}
