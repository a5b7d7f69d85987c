using NodaTime;
using NodaTime.Text;
using StackHub.Audit.Inventory;

namespace StackHub.Audit.Reports;

/// <summary>Puts a report, and each of its parts, into the words of <see cref="AuditDocument"/>.</summary>
public static class AuditDocuments
{
    private const int ActiveDays = 90;
    private const int Digits = 4;

    public static AuditDocument Of(AuditReport report) => new(
        AuditDocument.CurrentVersion,
        Of(report.Run),
        [.. report.Waste.OrderBy(waste => waste.Currency, StringComparer.Ordinal).Select(waste => new WasteDocument(waste.Currency, waste.UnusedSeats, waste.UnusedTools, waste.Total))],
        [.. report.Findings.OrderBy(finding => finding.Check, StringComparer.Ordinal).ThenBy(finding => finding.Subject, StringComparer.Ordinal).Select(Of)],
        Tools(report),
        [.. report.Pairs.OrderBy(pair => pair.First).ThenBy(pair => pair.Second).Select(Of)],
        [.. report.Flows.OrderBy(flow => flow.Tool).ThenBy(flow => flow.Kind, StringComparer.Ordinal).ThenBy(flow => flow.Field, StringComparer.Ordinal).Select(Of)],
        [.. report.Erasure.OrderBy(erasure => erasure.Tool).Select(Of)],
        [.. report.Stack.Sources.OrderBy(source => source.Name, StringComparer.Ordinal).Select(Of)],
        report.PairsLeftOut);

    public static RunDocument Of(AuditRun run) => new(
        run.Id,
        run.At,
        run.Tools,
        run.UsageRows,
        Enum.GetValues<Severity>().OrderDescending().ToDictionary(Word, run.OpenAt),
        Round(run.Health),
        run.Waste,
        Sorted(run.New),
        Sorted(run.Gone),
        Sorted(run.Changed));

    public static FindingDocument Of(Finding finding) => new(
        finding.Id,
        finding.Check,
        Word(finding.Severity),
        Word(finding.Status),
        finding.Subject,
        finding.Title,
        [.. finding.Tools.Select(tool => tool.Text)],
        [.. finding.Evidence.Select(evidence => new EvidenceDocument(evidence.Name, evidence.Value, Round(evidence.Number)))],
        finding.Saving,
        finding.Saving is null ? null : finding.Currency,
        finding.Owner?.Text,
        Day(finding.Due),
        Day(finding.AcceptedUntil),
        finding.AcceptedBecause,
        finding.FirstSeen);

    public static ToolDocument Of(Tool tool, StackInventory stack, ToolHealth? health) => new(
        tool.Id.Text,
        tool.Name,
        tool.Owner?.Text,
        [.. tool.Categories],
        [.. tool.Activated],
        [.. tool.Available],
        [.. tool.Systems],
        tool.Seats,
        stack.Usage.Knows(tool.Id) ? stack.Usage.ActiveSince(tool.Id, stack.Today.PlusDays(-ActiveDays)) : null,
        tool.YearlyCost,
        tool.YearlyCost is null ? null : tool.Currency,
        Day(tool.Contract?.Renewal),
        tool.Contract?.NoticeDays,
        health is null ? null : Of(health));

    public static HealthDocument Of(ToolHealth health) => new(
        Round(health.Score),
        Round(health.Confidence),
        [.. health.Parts.Select(part => new HealthPartDocument(part.Name, part.Weight, Round(part.Known), Round(part.Earned), part.Reasons))]);

    public static PairDocument Of(PairOverlap pair) => new(
        pair.First.Text,
        pair.Second.Text,
        Round(pair.Redundancy),
        Round(pair.Measured),
        Word(pair.Verdict),
        Of(pair.Capabilities),
        Of(pair.Records),
        Of(pair.Fields),
        Of(pair.Users),
        Of(pair.Events),
        pair.SharedCapabilities,
        pair.Contained?.Text,
        pair.Keep?.Text,
        Day(pair.Intended?.Until));

    public static FlowDocument Of(DataFlow flow) => new(flow.Tool.Text, flow.Kind, flow.Field, flow.Purpose, flow.Personal, flow.Held, flow.From, flow.To);

    public static ErasureDocument Of(ErasureReadiness erasure) =>
        new(erasure.Tool.Text, Word(erasure.Level), Day(erasure.Drill?.Day), erasure.Drill?.DaysToGone, erasure.Drill?.Reason, erasure.PersonalValues, erasure.Claim is { } claim ? Word(claim.Kind) : null, erasure.Claim?.GoneWithin is { } within ? (int)Math.Ceiling(within.TotalDays) : null, erasure.Claim?.Stays);

    /// <summary>"ByHand" as "by-hand".</summary>
    internal static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static string? Day(LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : null;

    private static ToolDocument[] Tools(AuditReport report)
    {
        var health = report.Health.ToDictionary(one => one.Tool);
        return [.. report.Stack.Tools.OrderBy(tool => tool.Id).Select(tool => Of(tool, report.Stack, health.GetValueOrDefault(tool.Id)))];
    }

    private static SourceDocument Of(SourceHealth source) => new(source.Name, Day(source.AsOf), source.Rows, source.BadRows, source.Rejected);

    private static OverlapDocument? Of(Overlap? overlap) =>
        overlap is null ? null : new(overlap.First, overlap.Second, overlap.Shared, Round(overlap.Containment), Round(overlap.Jaccard));

    private static string[] Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];

    private static double Round(double number) => Math.Round(number, Digits);

    private static double? Round(double? number) => number is { } value ? Round(value) : null;
}
