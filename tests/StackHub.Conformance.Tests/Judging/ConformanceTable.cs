using System.Globalization;
using System.Text;

namespace StackHub.Conformance.Tests.Judging;

/// <summary>What was judged, a line an operation: vendor, operation, times, violations.</summary>
internal sealed record ConformanceTable(IReadOnlyList<ConformanceRow> Rows)
{
    public override string ToString()
    {
        var width = Rows.Max(row => row.Operation.Length);
        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"{"vendor",-10}  {"operation".PadRight(width)}  judged  violations  judge");
        foreach (var row in Rows.OrderBy(row => row.Vendor, StringComparer.Ordinal).ThenBy(row => row.Operation, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"{row.Vendor,-10}  {row.Operation.PadRight(width)}  {row.Judged,6}  {row.Violations,10}  {row.Judge}");
        return text.AppendLine(CultureInfo.InvariantCulture, $"{Rows.Count} operations, judged {Rows.Sum(row => row.Judged)} times, {Rows.Sum(row => row.Violations)} violations").ToString();
    }
}

internal sealed record ConformanceRow(string Vendor, string Operation, int Judged, int Violations, string Judge);
