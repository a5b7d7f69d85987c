using System.Runtime.CompilerServices;
using CsvHelper;

namespace StackHub.Audit.Imports;

/// <summary>A file of cells parted by comma, semicolon, tab or bar.</summary>
internal sealed class CsvRows : IRowReader, IDisposable
{
    private const int LongestRow = 256 * 1024;
    private readonly WatchedStream content;
    private readonly CsvReader reader;
    private string[] cells = [];
    private readonly Dictionary<long, CsvMalformedReason> malformed = [];

    public CsvRows(WatchedStream content)
    {
        this.content = content;
        reader = CsvReader.Create(content, CsvReaderOptions.Default with
        {
            MaxRecordSize = LongestRow,
            TrackLineNumbers = true,
            PoolStrings = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = bad => malformed[bad.LineNumber] = bad.Reason,
        }, leaveOpen: true);
    }

    public async ValueTask<IReadOnlyList<string>> HeaderAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            throw Unclosed();
        }

        var header = reader.Headers.ToArray();
        cells = new string[header.Length];
        return header;
    }

    public async IAsyncEnumerable<RawRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isShort = false;
        while (await ReadAsync(cancellationToken))
        {
            isShort = reader.FieldCount < cells.Length;
            for (var place = 0; place < cells.Length; place++)
                cells[place] = place < reader.FieldCount ? reader.GetString(place) : "";
            yield return new(reader.LineNumber, cells, Problem());
        }

        if (isShort && content.LastByte != (byte)'\n')
            throw new TruncatedFileException("The file ends in the middle of a row.");
    }

    public void Dispose() => reader.Dispose();

    private async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException)
        {
            throw Unclosed();
        }
    }

    private string? Problem()
    {
        if (!malformed.Remove(reader.LineNumber, out var reason))
            return reader.FieldCount == cells.Length ? null : $"has {reader.FieldCount} cells under {cells.Length} columns";
        return reason == CsvMalformedReason.UnterminatedQuote ? throw Unclosed() : "has a quote in the middle of a cell";
    }

    private static TruncatedFileException Unclosed() => new("The file ends inside a quoted cell, or is no list.");
}
