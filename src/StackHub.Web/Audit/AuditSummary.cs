using StackHub.Audit.Reports;

namespace StackHub.Web.Audit;

/// <summary>The newest run in short.</summary>
/// <param name="Checks">Open findings by check.</param>
public sealed record AuditSummary(RunDocument Run, IReadOnlyList<WasteDocument> Waste, IReadOnlyDictionary<string, int> Checks)
{
    public static AuditSummary Of(AuditModel model) => new(
        AuditDocuments.Of(model.Report.Run),
        [.. model.Report.Waste.Select(waste => new WasteDocument(waste.Currency, waste.UnusedSeats, waste.UnusedTools, waste.Total))],
        model.Checks.ToDictionary(row => row.Check, row => row.Total));

    public override string ToString() => $"summary of audit {Run.Id}";
}
