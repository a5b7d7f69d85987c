using System.Globalization;
using System.Text.Json.Nodes;
using StackHub.Connectors.Declarative.Calls;
using StackHub.Connectors.Declarative.Format;
using StackHub.Connectors.Declarative.Templates;

namespace StackHub.Connectors.Declarative;

/// <param name="Next">Where the next page begins; null after the last one.</param>
internal sealed record ListPage(IReadOnlyList<JsonNode> Items, string? Next);

/// <summary>Pages of a list, whichever way the vendor pages.</summary>
internal sealed class DeclarativePages(DeclarativeApi api)
{
    /// <param name="place">An offset or a cursor; null for the first page.</param>
    public async Task<ListPage> PageAsync(ListSpec list, Names names, string? place, bool mayBeGone, CancellationToken cancellationToken)
    {
        var (request, paging) = (list.Request, list.Paging);
        if (paging.SizeParameter is { } size)
            request = With(request, size, $"{paging.Size}");
        if (place is not null || paging.Kind == PagingKind.Offset)
            request = With(request, paging.Parameter, place ?? "0");
        var reply = await api.RequireAsync(request, names, Math.Min(paging.Size, 10_000), mayBeGone, cancellationToken);
        var items = reply.Fault is not null ? [] : reply.At(list.Items) switch
        {
            JsonArray => reply.Items(list.Items),
            JsonObject one when list.Items.Length == 0 => [one],
            _ => throw api.Unavailable($"{DeclarativeApi.Operation(request)}: the answer has no list at '{list.Items}'"),
        };
        return new(items, Next(paging, reply, place, items.Count));
    }

    /// <summary>Every item of a short list, such as the matches of an address.</summary>
    public async Task<List<JsonNode>> AllAsync(ListSpec list, Names names, CancellationToken cancellationToken)
    {
        var all = new List<JsonNode>();
        string? place = null;
        do
        {
            var page = await PageAsync(list, names, place, mayBeGone: true, cancellationToken);
            all.AddRange(page.Items);
            place = page.Next == place ? null : page.Next;
        }
        while (place is not null);
        return all;
    }

    private static string? Next(PagingSpec paging, VendorReply reply, string? place, int count) => paging.Kind switch
    {
        PagingKind.Offset => count < paging.Size ? null : (int.Parse(place ?? "0", CultureInfo.InvariantCulture) + count).ToString(CultureInfo.InvariantCulture),
        PagingKind.Cursor => reply.Text(paging.At),
        PagingKind.Link => CursorOf(reply.Text(paging.At), paging.Parameter),
        _ => null,
    };

    /// <summary>The link itself is not followed, so that no answer leads us to another host.</summary>
    private static string? CursorOf(string? link, string parameter)
    {
        foreach (var pair in link is null ? [] : link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&'))
        {
            var parts = pair.Split('=', 2);
            if (parts.Length == 2 && Uri.UnescapeDataString(parts[0]) == parameter)
                return Uri.UnescapeDataString(parts[1]);
        }
        return null;
    }

    private static RequestSpec With(RequestSpec request, string name, string value) =>
        request with { Query = request.Query.Add(new(name, new Template(value, [new TemplatePart.Literal(value)], request.Path.Place))) };
}
