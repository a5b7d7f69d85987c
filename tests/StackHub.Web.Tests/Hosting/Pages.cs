using System.Text.Json;

namespace StackHub.Web.Tests.Hosting;

/// <summary>Reads a list to its end.</summary>
public static class Pages
{
    public static async Task<IReadOnlyList<JsonElement>> AllAsync(WebHub hub, string path)
    {
        var items = new List<JsonElement>();
        string? next = null;
        do
        {
            var page = await hub.JsonAsync(next is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={next}");
            items.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);
        return items;
    }
}
