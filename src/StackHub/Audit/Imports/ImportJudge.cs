namespace StackHub.Audit.Imports;

/// <summary>Whether a file is what it should be. A garbage file must not replace a good snapshot.</summary>
internal static class ImportJudge
{
    /// <summary>What can be seen before a row is read; null when there is nothing against it.</summary>
    public static string? OfStart(WatchedStream content, ImportLimits limits) => content.FirstSign switch
    {
        '\0' => "It is empty.",
        '<' => "It is a web page, not a list: sign in and download the file again.",
        _ when content.Head.Length < limits.LeastBytes => $"It has {content.Head.Length} bytes: too few to be a list.",
        _ when content.Head.Contains((byte)0) => "It is no text: export it as CSV (UTF-8) or JSON.",
        _ => null,
    };

    public static string? OfColumns(ColumnMap map) => map.Missing.IsEmpty
        ? null
        : string.Join(" ", map.Missing.Select(column => $"It has no column for '{column.Name}': name it {string.Join(" or ", column.Names.Take(3).Select(name => $"'{name}'"))}, or say which one it is."));

    public static string? OfRows(long rows, long bad, long? before, ImportLimits limits) => rows switch
    {
        0 => "It has no rows.",
        _ when bad == rows => "None of its rows can be read.",
        _ when bad > 5 && bad > limits.MostBad * rows => $"{bad:N0} of its {rows:N0} rows cannot be read: it seems to be another list.",
        _ when before is { } known && rows < limits.LeastShare * known => $"It has {rows:N0} rows where the snapshot before has {known:N0}: it seems to be cut off.",
        _ => null,
    };
}
