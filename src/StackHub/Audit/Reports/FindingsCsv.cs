using System.Globalization;
using CsvHelper;

namespace StackHub.Audit.Reports;

/// <summary>The findings for a spreadsheet: a row each, the order of the report.</summary>
internal static class FindingsCsv
{
    private static readonly string[] Columns =
        ["id", "severity", "status", "check", "tools", "title", "saving_per_year", "currency", "owner", "due", "accepted_until", "accepted_because", "first_seen", "evidence"];

    /// <summary>In UTF-8 with a mark, without which spreadsheets read names in the local code page.</summary>
    private static readonly CsvWriterOptions Shape = CsvWriterOptions.Default with { WriteByteOrderMark = true };

    public static void Write(AuditReport report, Stream file)
    {
        using var csv = CsvWriter.Create(file, Shape, leaveOpen: true);
        csv.WriteRecord(Columns);
        foreach (var finding in report.Findings)
            csv.WriteRecord([.. Cells(AuditDocuments.Of(finding)).Select(SpreadsheetCell.Of)]);
    }

    private static IEnumerable<string?> Cells(FindingDocument finding) =>
    [
        finding.Id,
        finding.Severity,
        finding.Status,
        finding.Check,
        string.Join(' ', finding.Tools),
        finding.Title,
        finding.Saving?.ToString(CultureInfo.InvariantCulture),
        finding.Currency,
        finding.Owner,
        finding.Due,
        finding.AcceptedUntil,
        finding.AcceptedBecause,
        finding.FirstSeen.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string.Join("; ", finding.Evidence.Select(evidence => $"{evidence.Name}: {evidence.Value}")),
    ];
}
