using System.Text.Json;

namespace StackHub.Conformance.Tests.Salesforce;

/// <summary>What well-known clients put on the wire: "[sf name] METHOD target", then a line of headers, then the body.</summary>
internal static class ClientRecordings
{
    public static IReadOnlyList<SalesforceShape> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        return [.. Enumerable.Range(0, lines.Length - 2).Where(at => lines[at].StartsWith("[sf ", StringComparison.Ordinal)).Select(at => Shape(lines[at], lines[at + 1], lines[at + 2].Trim()))];
    }

    private static SalesforceShape Shape(string title, string headers, string body)
    {
        var request = title[(title.IndexOf(']', StringComparison.Ordinal) + 2)..].Split(' ', 2);
        using var told = JsonDocument.Parse(headers);
        var type = told.RootElement.TryGetProperty("content-type", out var value) ? value.GetString() : null;
        return SalesforceShape.Of(request[0], request[1], type, body);
    }
}
