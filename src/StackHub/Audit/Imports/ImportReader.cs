using System.Collections.Immutable;

namespace StackHub.Audit.Imports;

/// <summary>Reads one file into a draft, a row at a time, and judges it. Memory does not grow with the file, but with what it says.</summary>
public static class ImportReader
{
    /// <summary>Of a file with more the first are kept, and all are counted.</summary>
    public const int MostProblems = 100_000;

    /// <param name="columns">Our columns' names to the file's, where its header does not say.</param>
    /// <param name="rowsBefore">The rows of the snapshot before; null without one.</param>
    public static async Task<ImportReport> ReadAsync(string name, ImportKind kind, Stream stream, IReadOnlyDictionary<string, string> columns, InventoryDraft draft, ImportLimits limits, long? rowsBefore, CancellationToken cancellationToken)
    {
        var content = await WatchedStream.OpenAsync(stream, cancellationToken);
        var empty = new ImportReport(name, kind, 0, 0, null) { RowsBefore = rowsBefore };
        if (ImportJudge.OfStart(content, limits) is { } garbage)
            return empty with { Rejected = garbage };
        using var csv = content.FirstSign is '[' or '{' ? null : new CsvRows(content);
        var reader = (IRowReader?)csv ?? new JsonRows(content);
        try
        {
            return await ReadAsync(empty, ImportFormats.Of(kind), reader, columns, draft, limits, cancellationToken);
        }
        catch (TruncatedFileException e)
        {
            return empty with { Rejected = e.Message };
        }
    }

    private static async Task<ImportReport> ReadAsync(ImportReport empty, IImportFormat format, IRowReader reader, IReadOnlyDictionary<string, string> columns, InventoryDraft draft, ImportLimits limits, CancellationToken cancellationToken)
    {
        var header = await reader.HeaderAsync(cancellationToken);
        var map = ColumnMap.Of(format, header, columns);
        if (ImportJudge.OfColumns(map) is { } unusable)
            return empty with { Rejected = unusable };
        var row = new ImportRow(map.Places);
        var problems = ImmutableArray.CreateBuilder<ImportProblem>();
        var (rows, bad) = (0L, 0L);
        await foreach (var raw in reader.RowsAsync(cancellationToken))
        {
            rows++;
            row.Read(raw);
            if (!row.Failed)
                format.Take(row, draft);
            if (row.Problem is not { } problem)
                continue;
            bad++;
            if (problems.Count < MostProblems)
                problems.Add(problem);
        }

        return empty with
        {
            Rows = rows,
            BadRows = bad,
            Problems = problems.ToImmutable(),
            Columns = map.Places.ToImmutableSortedDictionary(place => place.Key.Name, place => header[place.Value]),
            Rejected = ImportJudge.OfRows(rows, bad, empty.RowsBefore, limits),
        };
    }
}
