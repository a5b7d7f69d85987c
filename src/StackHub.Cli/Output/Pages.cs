namespace StackHub.Cli.Output;

/// <summary>A whole list from a store that answers in pages.</summary>
internal static class Pages
{
    private const int PageSize = 500;

    public static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, int, CancellationToken, Task<(IReadOnlyList<T> Items, string? Next)>> list, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        string? next = null;
        do
        {
            (var page, next) = await list(next, PageSize, cancellationToken);
            all.AddRange(page);
        }
        while (next is not null);
        return all;
    }
}
