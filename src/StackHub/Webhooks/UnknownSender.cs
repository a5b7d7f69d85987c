using System.Text.Json;
using System.Text.RegularExpressions;
using StackHub.Connecting;

namespace StackHub.Webhooks;

/// <summary>What can be said of a webhook that belongs to no system: where it came from and the names of its fields, never a value.</summary>
internal static partial class UnknownSender
{
    private const int LongestBody = 64 * 1024;
    private const int LongestOrigin = 80;

    /// <summary>The domain the sender gives, otherwise the path it called.</summary>
    public static string Origin(string system, WebhookRequest request) =>
        Host(request, "origin") ?? Host(request, "referer") ?? Path(Unsafe().Replace(system.ToLowerInvariant(), "?"));

    private static string Path(string system) => $"hooks/{(system.Length > LongestOrigin ? system[..LongestOrigin] : system)}";

    public static IReadOnlyList<string> Fields(WebhookRequest request)
    {
        if (request.Body.IsEmpty || request.Body.Length > LongestBody)
            return [];
        try
        {
            using var json = JsonDocument.Parse(request.Body);
            var root = json.RootElement.ValueKind == JsonValueKind.Array && json.RootElement.GetArrayLength() > 0 ? json.RootElement[0] : json.RootElement;
            return root.ValueKind == JsonValueKind.Object ? [.. root.EnumerateObject().Select(member => member.Name).Where(name => FieldName().IsMatch(name))] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Host(WebhookRequest request, string header) =>
        request.Headers.TryGetValue(header, out var text) && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Host is { Length: > 0 and <= LongestOrigin } host && !Unsafe().IsMatch(host)
            ? host
            : null;

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_.-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex FieldName();

    [GeneratedRegex("[^a-z0-9.-]", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();
}
