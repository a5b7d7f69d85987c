using System.Runtime.CompilerServices;
using CsvHelper;

namespace StackHub.Privacy.Bulk;

/// <summary>A row of cells as the file has it.</summary>
/// <param name="Problem">Why its cells cannot be relied on; null when they can.</param>
internal sealed record BulkCells(int Line, IReadOnlyList<string> Cells, string? Problem)
{
    public override string ToString() => $"cells of line {Line}";
}

/// <summary>A file of cells parted by comma, semicolon or tab.</summary>
internal sealed class BulkFile : IDisposable
{
    private const int LongestRow = 64 * 1024;
    private readonly CsvReader reader;
    private bool malformed;

    public BulkFile(Stream content) => reader = CsvReader.Create(content, CsvReaderOptions.Default with
    {
        MaxRecordSize = LongestRow,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        OnMalformedRecord = _ => malformed = true,
    }, leaveOpen: true);

    /// <summary>Throws <see cref="CsvFormatException"/> for what is no list.</summary>
    public async Task<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken)
    {
        await reader.ReadHeaderAsync(cancellationToken);
        return [.. reader.Headers];
    }

    public async IAsyncEnumerable<BulkCells> RowsAsync(int columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken))
        {
            var cells = new string[reader.FieldCount];
            for (var place = 0; place < cells.Length; place++)
                cells[place] = reader.GetString(place)?.Trim() ?? "";
            if (cells.All(cell => cell.Length == 0))
                continue;
            yield return new((int)reader.LineNumber, cells, malformed ? "A quote stands in the middle of a cell." : cells.Length == columns ? null : $"It has {cells.Length} cells under {columns} columns.");
            malformed = false;
        }
    }

    public void Dispose() => reader.Dispose();
}
