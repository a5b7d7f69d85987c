using System.Text.Json;

namespace StackHub.Audit.Reports;

/// <summary>A file a report can be had as; the page for people is the web part's.</summary>
/// <param name="Name">Also the file's extension.</param>
public sealed record ReportFormat(string Name, string ContentType, Action<AuditReport, Stream> Write)
{
    public static readonly ReportFormat Json = new("json", "application/json", (report, file) => JsonSerializer.Serialize(file, AuditDocuments.Of(report), AuditDocumentJson.Default.AuditDocument));

    /// <summary>The findings, a row each.</summary>
    public static readonly ReportFormat Csv = new("csv", "text/csv", FindingsCsv.Write);

    /// <summary>For CI and code scanning.</summary>
    public static readonly ReportFormat Sarif = new("sarif", "application/sarif+json", SarifLog.Write);

    public static readonly IReadOnlyList<ReportFormat> All = [Csv, Json, Sarif];

    /// <summary>The file. Of what is fixed it has what this run found gone: older ones are history.</summary>
    public byte[] Bytes(AuditReport report)
    {
        using var file = new MemoryStream();
        Write(report with { Findings = [.. report.Findings.Where(finding => finding.Status != FindingStatus.Fixed || report.Run.Gone.Contains(finding.Id))] }, file);
        return file.ToArray();
    }

    public override string ToString() => Name;
}
