using System.Text;

namespace StackHub.Connectors.Klaviyo;

/// <summary>A question to the list of profiles, a page at a time.</summary>
internal sealed record KlaviyoQuery(string? Filter)
{
    public const int PageSize = 100;

    public string? Sort { get; init; }

    public bool WithSubscriptions { get; init; }

    public string? Cursor { get; init; }

    public string Path
    {
        get
        {
            var path = new StringBuilder($"/api/profiles?page%5Bsize%5D={PageSize}");
            Add(path, "filter", Filter);
            Add(path, "sort", Sort);
            Add(path, "additional-fields%5Bprofile%5D", WithSubscriptions ? "subscriptions" : null);
            Add(path, "page%5Bcursor%5D", Cursor);
            return path.ToString();
        }
    }

    public override string ToString() => "query"; // a filter may hold addresses

    /// <summary>The cursor in a link to the next page; the link itself is not followed, so that no answer leads us to another host.</summary>
    public static string? CursorOf(string? next)
    {
        if (next is null)
            return null;
        foreach (var pair in next[(next.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length == 2 && Uri.UnescapeDataString(parts[0]) == "page[cursor]")
                return Uri.UnescapeDataString(parts[1]);
        }

        return null;
    }

    private static void Add(StringBuilder path, string name, string? value)
    {
        if (value is not null)
            path.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }
}
