using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using StackHub.Testing.Storage;

namespace StackHub.Testing.Azurite;

/// <summary>Requests by account and kind ("table", "queue.put", "queue.delete", "queue.get", "blob"), each as it would be billed.</summary>
public sealed partial class RequestLog
{
    private readonly ConcurrentDictionary<string, OperationCounts> accounts = new(StringComparer.Ordinal);

    public OperationCounts Of(string account) => accounts.GetOrAdd(account, _ => new());

    /// <param name="line">Of the emulator's log; what is no request is passed over.</param>
    public void Add(string line)
    {
        if (Request().Match(line) is { Success: true } match)
            Of(match.Groups["account"].Value).Add(Kind(match.Groups["method"].Value, match.Groups["path"].Value));
    }

    private static string Kind(string method, string path) => (method, path) switch
    {
        (_, var place) when place.StartsWith("stackhub/", StringComparison.Ordinal) => "blob",
        ("POST", var place) when Messages().IsMatch(place) => "queue.put",
        ("DELETE", var place) when Messages().IsMatch(place) => "queue.delete",
        ("PUT", var place) when Messages().IsMatch(place) => "queue.extend",
        (_, var place) when Messages().IsMatch(place) => "queue.get",
        (_, var place) when place.Contains("comp=metadata", StringComparison.Ordinal) => "queue.count",
        _ => "table",
    };

    [GeneratedRegex(@"""(?<method>[A-Z]+) /(?<account>[a-z0-9]+)/(?<path>\S*) HTTP/1\.1"" \d{3} ")]
    private static partial Regex Request();

    [GeneratedRegex(@"^[a-z-]+/messages\b")]
    private static partial Regex Messages();
}
