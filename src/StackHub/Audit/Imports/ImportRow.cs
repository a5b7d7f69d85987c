using System.Collections.Frozen;
using NodaTime;

namespace StackHub.Audit.Imports;

/// <summary>One row under its format's columns. The first cell that cannot be read is the row's problem; one object serves a whole file.</summary>
public sealed class ImportRow(FrozenDictionary<ImportColumn, int> places)
{
    private IReadOnlyList<string?> cells = [];

    public long Line { get; private set; }

    public ImportProblem? Problem { get; private set; }

    public bool Failed => Problem is not null;

    public void Read(RawRow raw)
    {
        (Line, cells, Problem) = (raw.Line, raw.Cells, raw.Problem is { } problem ? new(raw.Line, null, problem) : null);
    }

    /// <summary>The file has the column.</summary>
    public bool Has(ImportColumn column) => places.ContainsKey(column);

    /// <summary>Null when the column or the cell is empty.</summary>
    public string? Text(ImportColumn column)
    {
        var text = places.TryGetValue(column, out var place) && place < cells.Count ? cells[place]?.Trim() : null;
        if (string.IsNullOrEmpty(text))
        {
            if (column.Required)
                Fail(column, "is empty");
            return null;
        }

        return text;
    }

    public decimal? Money(ImportColumn column) => Parsed(column, CellText.Money, "is no amount: write 1234.50");

    public int? Whole(ImportColumn column) => Parsed(column, CellText.Whole, "is no whole number");

    public LocalDate? Day(ImportColumn column) => Parsed(column, CellText.Day, "is no date: write 2026-12-31");

    public bool? YesNo(ImportColumn column) => Parsed(column, CellText.YesNo, "is neither yes nor no");

    /// <summary>Several values in one cell, parted by ';' or '|', or by ',' where there is neither.</summary>
    public IEnumerable<string> List(ImportColumn column) => Text(column) is { } text
        ? text.Split(text.AsSpan().IndexOfAny(';', '|') >= 0 ? [';', '|'] : [','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    public void Fail(ImportColumn column, string reason) => Problem ??= new(Line, column.Name, reason);

    private T? Parsed<T>(ImportColumn column, Func<string, T?> parse, string reason) where T : struct
    {
        if (Text(column) is not { } text)
            return null;
        var value = parse(text);
        if (value is null)
            Fail(column, reason);
        return value;
    }
}
