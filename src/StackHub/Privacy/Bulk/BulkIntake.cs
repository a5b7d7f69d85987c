using CsvHelper;
using StackHub.Configuration;
using StackHub.Privacy.Clocks;

namespace StackHub.Privacy.Bulk;

/// <summary>What became of a file.</summary>
/// <param name="DryRun">Nothing was filed.</param>
/// <param name="Problems">Of the file as a whole; rows before such a problem may have been filed.</param>
/// <param name="Rows">Rows that were read.</param>
/// <param name="Good">Rows that can be filed, or were.</param>
public sealed record BulkReport(bool DryRun, IReadOnlyList<string> Problems, int Rows, int Good)
{
    public IReadOnlyList<BulkFiled> Filed { get; init; } = [];

    public IReadOnlyList<BulkProblem> Bad { get; init; } = [];

    /// <summary>The names of the file's columns.</summary>
    public IReadOnlyList<string> Header { get; init; } = [];

    /// <summary>Which column was read as which field.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();
}

/// <summary>A row that was filed: which requests it is now, the same when the file comes again.</summary>
public sealed record BulkFiled(int Line, IReadOnlyList<string> Requests);

public sealed record BulkProblem(int Line, IReadOnlyList<string> Reasons);

/// <summary>Files a CSV's rows one by one: a bad row stops no other, and a row that comes again is the requests that it was.</summary>
public sealed class BulkIntake(FileRequest file, HubModel model, LawBook laws, TimeProvider time)
{
    /// <param name="mapping">Column by field; see <see cref="BulkColumns"/>.</param>
    public async Task<BulkReport> RunAsync(Stream content, IReadOnlyDictionary<string, string> mapping, string by, bool dryRun, CancellationToken cancellationToken)
    {
        using var cells = new BulkFile(content);
        var report = new Report(dryRun);
        try
        {
            var header = await cells.HeaderAsync(cancellationToken);
            var (columns, problems) = BulkColumns.Of(header, mapping);
            report.Header = header;
            report.Columns = columns.Columns.OrderBy(column => column.Key).ToDictionary(column => column.Key.ToString().ToLowerInvariant(), column => header[column.Value]);
            if (problems.Count > 0)
                return report.Made(problems);
            await foreach (var row in cells.RowsAsync(header.Count, cancellationToken))
                await RowAsync(row, columns, by, report, cancellationToken);
            return report.Made([]);
        }
        catch (CsvFormatException)
        {
            return report.Made(["The file is no list, or ends inside a quoted cell."]);
        }
    }

    private async Task RowAsync(BulkCells cells, BulkColumns columns, string by, Report report, CancellationToken cancellationToken)
    {
        report.Rows++;
        if (cells.Problem is { } problem)
        {
            report.Bad.Add(new(cells.Line, [problem]));
            return;
        }
        var row = BulkRows.Of(cells.Line, field => Value(cells, columns, field), by, model, laws, time.GetUtcNow());
        if (row.Command is not { } command)
            report.Bad.Add(new(row.Line, row.Problems));
        else if (report.DryRun)
            report.Filed.Add(new(row.Line, []));
        else if (await file.HandleAsync(command, row.Note, cancellationToken) is SubmitAnswer.Taken taken)
            report.Filed.Add(new(row.Line, [.. taken.Requests.Select(id => id.ToString())]));
        else
            report.Bad.Add(new(row.Line, ["It was refused as it is written."]));
    }

    private static string? Value(BulkCells cells, BulkColumns columns, BulkField field) =>
        columns.Columns.TryGetValue(field, out var index) && cells.Cells[index] is { Length: > 0 } text ? text : null;

    private sealed class Report(bool dryRun)
    {
        public bool DryRun => dryRun;

        public int Rows { get; set; }

        public IReadOnlyList<string> Header { get; set; } = [];

        public IReadOnlyDictionary<string, string> Columns { get; set; } = new Dictionary<string, string>();

        public List<BulkFiled> Filed { get; } = [];

        public List<BulkProblem> Bad { get; } = [];

        public BulkReport Made(IReadOnlyList<string> problems) => new(dryRun, problems, Rows, Filed.Count) { Filed = Filed, Bad = Bad, Header = Header, Columns = Columns };
    }
}
