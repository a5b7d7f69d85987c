using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using StackHub.Audit;
using StackHub.Audit.Reports;

namespace StackHub.Web.Audit;

/// <summary>The report as a file: the page for people, and the formats for programs.</summary>
/// <param name="Name">What the browser saves it as.</param>
public sealed record AuditFile(byte[] Content, string ContentType, string Name);

public static class AuditFiles
{
    private const string Html = "html";

    public static readonly ImmutableArray<string> Formats = [Html, .. ReportFormat.All.Select(format => format.Name)];

    /// <summary>Null for a format there is not.</summary>
    public static async Task<AuditFile?> MakeAsync(string format, AuditModel model)
    {
        if (format == Html)
            return new(Encoding.UTF8.GetBytes(await AuditReportHtml.RenderAsync(model)), "text/html; charset=utf-8", NameOf(model.Report, Html));
        return ReportFormat.All.FirstOrDefault(known => known.Name == format) is { } found
            ? new(found.Bytes(model.Report), found.ContentType, NameOf(model.Report, format))
            : null;
    }

    private static string NameOf(AuditReport report, string format) =>
        string.Create(CultureInfo.InvariantCulture, $"stack-audit-{report.Run.At.UtcDateTime:yyyy-MM-dd}.{format}");
}
